"""What goes wrong is one plain line on standard error and an exit status, never a page of code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.crypto import KeyRing

PORTAL = str(Path(sys.executable).with_name("portal"))


def portal(tmp_path, *words, **more):
    """The command as a shell starts it, in a folder of its own."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_URL"))}
    environ |= {"PORTAL_INSTANCE": str(tmp_path / "instance")} | more
    return subprocess.run([PORTAL, *words], env=environ, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nosuch",), "No such command 'nosuch'. 'portal --help' tells more."),
        (("directory", "import"), "Missing argument 'PATH'. 'portal directory import --help' tells more."),
        (("serve", "--port", "abc"), "'portal serve --help' tells more."),
    ],
)
def test_a_slip_of_the_pen_is_one_line(tmp_path, words, says):
    done = portal(tmp_path, *words)
    assert done.returncode == 2
    assert done.stderr.startswith("portal: ")
    assert done.stderr.endswith(f"{says}\n")
    assert done.stderr.count("\n") == 1
    assert not done.stdout


@pytest.mark.slow
def test_keys_of_another_installation_are_refused_in_one_line(tmp_path):
    other = tmp_path / "other.keys"
    other.write_text(KeyRing.generate())
    assert portal(tmp_path, "migrate").returncode == 0
    for words in (("worker", "--once"), ("audit", "verify")):
        done = portal(tmp_path, *words, PORTAL_ENCRYPTION_KEYS_FILE=str(other))
        assert done.returncode == 1
        assert done.stderr == "portal: this data was sealed with an encryption key that is not in the key ring\n"


@pytest.mark.slow
def test_a_database_we_cannot_use_is_refused_in_one_line(tmp_path):
    done = portal(tmp_path, "migrate", DATABASE_URL="mysql://somewhere/portal")
    assert done.returncode == 1
    assert done.stderr == "portal: DATABASE_URL must start with postgresql:// or sqlite:///\n"
