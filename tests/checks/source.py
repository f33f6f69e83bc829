"""Our own source as the convention checks see it: files, syntax trees and the one-line faults they report."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PORTAL = ROOT / "portal"
TEMPLATES = PORTAL / "templates"
#: Where code of ours stands, and so where the rules hold.
CODE = ("portal", "migrations", "tests", "bench", "wsgi.py")


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the top, its text and its syntax tree."""

    path: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    @property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return _parsed(self.text)

    @property
    def name(self) -> str:
        """The file name without folder."""
        return self.path.rpartition("/")[2]

    def walk(self) -> Iterator[ast.AST]:
        """Every node of the tree."""
        return ast.walk(self.tree)

    def has_comment(self, line: int) -> bool:
        """Whether this line ends in a comment, or the one above is one."""
        return "  # " in self.lines[line - 1] or (line > 1 and self.lines[line - 2].lstrip().startswith("#"))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def files(ending: str, *folders: str) -> list[Path]:
    """Every file of ours with this ending under these folders (all of CODE when none is named), in order."""
    found: list[Path] = []
    for folder in folders or CODE:
        top = ROOT / folder
        found += [top] if top.is_file() and top.suffix == ending else sorted(top.rglob(f"*{ending}"))
    return found


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under these folders (all of CODE when none is named)."""
    return tuple(Source(str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in files(".py", *folders))


def snippet(text: str, path: str = "portal/plans/commands.py") -> Source:
    """A piece of code as if it stood in a file of ours: how each rule shows that it can fail."""
    return Source(path, text)


def within(path: str, places: Iterable[str]) -> bool:
    """Whether a path is one of these files, or lies in one of these folders (which end in a slash)."""
    return any(path == place or (place.endswith("/") and path.startswith(place)) for place in places)


def dotted(node: ast.AST) -> str:
    """What an expression is called in the source: "datetime.now" or "work.session.commit"; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def faults(where: Iterable[Source], find: Callable[[Source], Iterator[int]], allowed: Iterable[str] = ()) -> list[str]:
    """Each place where `find` sees something, as "path:line", outside the allowed files and folders."""
    allowed = tuple(allowed)
    return [f"{source.path}:{line}" for source in where if not within(source.path, allowed) for line in find(source)]


def listed(found: Iterable[str]) -> str:
    """Faults below one another, for the message of an assertion."""
    return "\n  ".join(["", *found])
