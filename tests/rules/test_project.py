"""What the project promises about itself: a lock to trust, one home for configuration, nothing generated kept."""

import ast
import re
import subprocess
import tomllib

from tests.checks.source import ROOT, listed

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)
#: Other homes for what pyproject.toml holds.
ELSEWHERE = ("setup.cfg", "setup.py", "tox.ini", "alembic.ini", "babel.cfg", "mypy.ini", "pytest.ini", "ruff.toml",
             ".flake8", ".importlinter", ".coveragerc", ".djlintrc")  # fmt: skip


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!;~ ]", name)[0]).lower()


def unhashed(lock: str) -> list[str]:
    """Pinned packages without a hash below them."""
    entries = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)
    return [entry.split()[0] for entry in entries if PINNED.match(entry) and "--hash=sha256:" not in entry]


def test_each_locked_package_has_its_hash():
    assert unhashed("flask==3.1.3\n    # via portal\n")
    assert PINNED.findall(LOCK)
    assert not unhashed(LOCK), "run 'make lock'"


def test_the_lock_names_no_registry():
    found = [line for line in LOCK.splitlines() if "://" in line or line.startswith("-")]
    assert not found, f"packages come from wherever the machine is set up to look:{listed(found)}"


def test_everything_asked_for_is_locked():
    locked = {plain(name) for name, _version in PINNED.findall(LOCK)}
    project = PROJECT["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    missing = sorted({plain(name) for name in asked} - locked)
    assert not missing, f"run 'make lock':{listed(missing)}"


def imported_by(folder: str) -> set[str]:
    """The packages that code under a folder imports."""
    names: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def test_the_application_needs_no_tool_of_the_developers():
    tools = {plain(name).replace("-", "_") for name in PROJECT["project"]["optional-dependencies"]["dev"]}
    tools |= {"bs4", "pytest_socket", "tests", "bench"}
    found = sorted(imported_by("portal") & tools)
    assert not found, f"make it a dependency, or do without:{listed(found)}"


def test_configuration_has_one_home():
    found = [name for name in ELSEWHERE if (ROOT / name).exists()]
    assert not found, f"pyproject.toml holds it:{listed(found)}"


def test_nothing_generated_is_kept():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    generated = re.compile(r"\.(mo|pyc|sqlite|egg-info)$|(^|/)(__pycache__|instance|\.venv|node_modules)/")
    found = [path for path in tracked if generated.search(path)]
    assert not found, f"it can be made again; list it in .gitignore:{listed(found)}"
