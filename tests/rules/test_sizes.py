"""Files and functions stay small enough to be read at once, and are named for what they hold."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.checks.source import ROOT, Source, faults, files, listed, snippet, sources

FILE_LINES = 400
VIEW_FILE_LINES = 250
VIEW_LINES = 15
COMMAND_LINES = 30
ROUTES = {"get", "post", "put", "patch", "delete", "route"}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "tools"}
# Spelt so that this line is not one itself.
OPEN_WORK = re.compile(r"#.*\b(TO[D]O|FI[X]ME|XX[X])\b(?!\(#\d+\))")
EXCEPTION = re.compile(r"#\s*(type: ignore\[[^\]]*\]|noqa: [A-Z0-9, ]*[0-9]|pragma: no cover)\s*$")
EMPTY_WORDS = re.compile(r"(Helper|Manager|Utils?|Service|Handler)$")


def is_views(path: str) -> bool:
    return path.endswith("views.py") or "/views/" in path


def is_commands(path: str) -> bool:
    return path.endswith("commands.py") or "/commands/" in path


def functions(source: Source) -> Iterator[ast.FunctionDef]:
    return (node for node in source.tree.body if isinstance(node, ast.FunctionDef))


def length(function: ast.FunctionDef) -> int:
    """The lines of a function, from `def` to its last; decorators and docstring tell, and are not counted."""
    words = ast.get_docstring(function, clean=False)
    return (function.end_lineno or function.lineno) - function.lineno + 1 - (words.count("\n") + 1 if words else 0)


def is_view(function: ast.FunctionDef) -> bool:
    decorators = (mark.func if isinstance(mark, ast.Call) else mark for mark in function.decorator_list)
    return any(isinstance(mark, ast.Attribute) and mark.attr in ROUTES for mark in decorators)


def long_views(source: Source) -> Iterator[int]:
    return (found.lineno for found in functions(source) if is_view(found) and length(found) > VIEW_LINES)


def long_commands(source: Source) -> Iterator[int]:
    return (found.lineno for found in functions(source) if length(found) > COMMAND_LINES)


def test_view_functions_are_short():
    long = "@bp.get('/')\ndef show(work):\n" + "    x = 1\n" * VIEW_LINES
    assert faults([snippet(long)], long_views)
    found = faults([source for source in sources("portal") if is_views(source.path)], long_views)
    assert not found, f"over {VIEW_LINES} lines; a view asks a query or calls a command, and answers:{listed(found)}"


def test_commands_are_short():
    long = "def start(work):\n" + "    x = 1\n" * COMMAND_LINES
    assert faults([snippet(long)], long_commands)
    found = faults([source for source in sources("portal") if is_commands(source.path)], long_commands)
    assert not found, f"over {COMMAND_LINES} lines; rules belong in the model:{listed(found)}"


def too_long(path: str, lines: int) -> bool:
    return lines > (VIEW_FILE_LINES if is_views(path) else FILE_LINES)


def test_files_are_short():
    assert too_long("portal/plans/views.py", VIEW_FILE_LINES + 1)
    assert too_long("portal/plans/models.py", FILE_LINES + 1)
    # A migration is as long as what it changes.
    written = [path for ending in (".py", ".css", ".js") for path in files(ending, "portal", "tests", "bench")]
    found = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in written
        if too_long(str(path.relative_to(ROOT)), lines := path.read_text("utf-8").count("\n"))
    ]
    assert not found, f"a file is one thing; which two is this?{listed(found)}"


def is_nameless(path: str) -> bool:
    return not NAMELESS.isdisjoint(path.removesuffix(".py").split("/"))


def test_modules_are_named_for_what_they_hold():
    assert is_nameless("portal/web/utils.py")
    found = [source.path for source in sources("portal", "tests", "bench") if is_nameless(source.path)]
    assert not found, f"say what is in it:{listed(found)}"


def empty_names(source: Source) -> Iterator[int]:
    return (node.lineno for node in source.walk() if isinstance(node, ast.ClassDef) and EMPTY_WORDS.search(node.name))


def test_classes_are_named_for_what_they_are():
    assert faults([snippet("class PlanManager: ...")], empty_names)
    # A service is what the directory lists: HSDS calls it so.
    found = [fault for fault in faults(sources("portal"), empty_names) if not fault.startswith("portal/directory/")]
    assert not found, f"a name that fits anything tells nothing:{listed(found)}"


def unnumbered_todos(source: Source) -> Iterator[int]:
    for number, line in enumerate(source.lines, start=1):
        if OPEN_WORK.search(line):
            yield number


def test_a_todo_names_its_issue():
    assert faults([snippet("x = 1  # TO" + "DO later")], unnumbered_todos)
    assert not faults([snippet("x = 1  # TO" + "DO(#12) later")], unnumbered_todos)
    found = faults(sources(), unnumbered_todos)
    assert not found, f"write it as TODO(#issue), or do it:{listed(found)}"


def reasonless_exceptions(source: Source) -> Iterator[int]:
    before = ""
    for number, line in enumerate(source.lines, start=1):
        bare = EXCEPTION.search(line)
        if bare and bare.group(1) not in before:  # the reason may stand on the first of a few lines alike
            yield number
        before = line


@pytest.mark.parametrize("mark", ["type: ignore[misc]", "noqa: S101", "pragma: no cover"])
def test_an_exception_without_a_reason_is_found(mark):
    assert faults([snippet(f"x = 1  # {mark}")], reasonless_exceptions)
    assert not faults([snippet(f"x = 1  # {mark}  # the library is untyped")], reasonless_exceptions)


def test_an_exception_to_the_rules_has_a_reason():
    found = faults(sources("portal", "migrations", "bench"), reasonless_exceptions)
    assert not found, f"say why, behind it:{listed(found)}"


def uncollected(source: Source) -> bool:
    tests = any(found.name.startswith("test_") for found in functions(source))
    return tests != source.name.startswith("test_") and (tests or source.name.endswith("_test.py"))


def test_every_test_is_in_a_file_that_pytest_reads():
    assert uncollected(snippet("def test_x(): ...", "tests/plans/steps_test.py"))
    found = [source.path for source in sources("tests") if uncollected(source)]
    assert not found, f"call it test_….py:{listed(found)}"
