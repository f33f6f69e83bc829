"""Every check that needs no database server and no browser, one line each: python -m tests.checks [NAME …]

Each also runs by itself; what is said about a failure is the tool's own words.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.checks.source import CODE, ROOT

TOOLS = Path(sys.executable).parent
CHECKS: dict[str, tuple[str, ...]] = {
    "format": (f"{TOOLS}/ruff", "format", "--check", "--quiet", "--diff", *CODE),
    "lint": (f"{TOOLS}/ruff", "check", "--quiet", *CODE),
    "types": (f"{TOOLS}/mypy",),
    "layers": (f"{TOOLS}/lint-imports", "--no-logo"),
    "templates": (f"{TOOLS}/djlint", "--lint", "--quiet", "portal/templates"),
    "reading": (sys.executable, "-m", "tests.checks.reading"),
    "translations": (sys.executable, "-m", "tests.checks.translations"),
    "migrations": (sys.executable, "-m", "tests.checks.migrations"),
}


def passes(name: str) -> bool:
    """Run one check and tell in one line how it went, with the tool's words below when it failed."""
    start = time.monotonic()
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    well = done.returncode == 0
    print(f"{'ok    ' if well else 'FAILED'}  {name:13} {time.monotonic() - start:5.1f} s", flush=True)
    if not well:
        print(done.stdout.strip(), flush=True)
    return well


def main(arguments: Sequence[str]) -> int:
    """Run the checks named, or all of them, also after one failed; 0 when all passed."""
    parser = argparse.ArgumentParser(prog="python -m tests.checks")
    parser.add_argument("name", nargs="*", help=f"which: {', '.join(CHECKS)} (all when none is named)")
    names = parser.parse_args(arguments).name or list(CHECKS)
    unknown = sorted(set(names) - set(CHECKS))
    if unknown:
        parser.error(f"there is no check called {', '.join(unknown)}")
    results = [passes(name) for name in names]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
