"""The whole suite, as `make test` runs it: on SQLite, then on a throw-away PostgreSQL, journeys in Chromium included.

What this machine lacks is left out with a plain line; where CI=true it is a failure, so that nothing is skipped unseen.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

from portal.papers import pdf
from tests.chromium import find_chromium
from tests.postgres import find_programs

CI = os.environ.get("CI") == "true"
WORKERS = os.environ.get("PORTAL_TEST_WORKERS", "2")


def missing() -> list[str]:
    """What this machine lacks, each with what it means for the run."""
    lacks = []
    if find_chromium() is None:
        lacks.append("Chromium is not installed: the journeys in a real browser are left out")
    if not pdf.is_there():
        lacks.append("Pango is not installed: what WeasyPrint makes is left out")
    if find_programs() is None:
        lacks.append("PostgreSQL is not installed: the suite runs on SQLite only")
    return lacks


def run(title: str, command: Sequence[str]) -> bool:
    """Run one part, its heading first; whether it passed."""
    print(f"\n== {title}", flush=True)
    return subprocess.run(command, check=False).returncode == 0


def _without(left_out: Sequence[str]) -> list[str]:
    return ["-m", " and ".join(left_out)] if left_out else []


def main(extra: Sequence[str]) -> int:
    """Run every part, also after one failed; 0 when all passed.

    Args:
        extra: more arguments for pytest.
    """
    lacks = missing()
    print(*lacks, sep="\n", end="\n" if lacks else "", file=sys.stderr)
    if lacks and CI:
        print("CI=true, where nothing may be left out: stopping", file=sys.stderr)
        return 1
    pytest = [sys.executable, "-m", "pytest", "-n", WORKERS, *extra]
    left_out = ["not browser"] if find_chromium() is None else []
    passed = [run("The suite on SQLite", [*pytest, *_without(left_out)])]
    if find_programs() is not None:
        # What reads only our own files was answered above; it is the same on any database.
        beside = [sys.executable, "-m", "tests.postgres", "run", "--", *pytest, "--ignore=tests/rules"]
        beside += _without([*left_out, "not sqlite"])
        passed.append(run("The suite on PostgreSQL", beside))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
