"""Migrations form one line, stand alone, and end where the models are.

python -m tests.checks.migrations    tells what is wrong
"""

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.checks.source import ROOT, Source, sources

VERSIONS = "migrations/versions"


def revisions() -> list[Source]:
    """Every migration, in the order of its number."""
    return sorted(sources(VERSIONS), key=lambda source: source.name)


def _said(source: Source, name: str) -> object:
    for node in source.tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            value = getattr(node, "value", None)
            return value.value if isinstance(value, ast.Constant) else ast.dump(value) if value else None
    return None


def out_of_line(found: Iterable[Source]) -> Iterator[str]:
    """Migrations whose number, file name and forerunner are not 0001, 0002, 0003 … in one line."""
    before: object = None
    for number, source in enumerate(found, start=1):
        wanted = f"{number:04}"
        if not source.name.startswith(f"{wanted}_"):
            yield f"{source.path}: its name should begin with {wanted}_"
        if _said(source, "revision") != wanted:
            yield f"{source.path}: revision should be {wanted!r}"
        if _said(source, "down_revision") != before:
            yield f"{source.path}: down_revision should be {before!r}"
        before = wanted


def not_alone(found: Iterable[Source]) -> Iterator[str]:
    """Migrations that import the application: it will have changed by the time they run."""
    for source in found:
        for node in source.walk():
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.partition(".")[0] == "portal" for name in names):
                yield f"{source.path}: imports portal; write down what the table looks like today instead"


def behind_the_models() -> Iterator[str]:
    """What a database at head lacks against the models, or has too much (on a SQLite of its own)."""
    with tempfile.TemporaryDirectory() as folder:
        place = {"PORTAL_INSTANCE": folder, "DATABASE_URL": f"sqlite:///{folder}/head.sqlite"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        tools = Path(sys.executable).parent
        for command in (("portal", "migrate"), ("alembic", "check")):
            done = subprocess.run(
                [str(tools / command[0]), command[1]],
                cwd=ROOT,
                env={**kept, **place},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                yield f"{command[0]} {command[1]}: {(done.stderr or done.stdout).strip()}"
                return


def faults() -> Iterator[str]:
    """Everything that is wrong with the migrations."""
    found = revisions()
    if not found:
        yield f"{VERSIONS}: there is no migration"
        return
    yield from out_of_line(found)
    yield from not_alone(found)
    yield from behind_the_models()


if __name__ == "__main__":
    told = list(faults())
    print(*told, sep="\n", end="\n" if told else "", file=sys.stderr)
    sys.exit(1 if told else 0)
