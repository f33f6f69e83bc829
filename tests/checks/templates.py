"""What holds for every template: imports that are real and used, components that say what they take, no inline code."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError, nodes

from tests.checks.source import TEMPLATES

_LOADER = FileSystemLoader(TEMPLATES)
_ENVIRONMENT = Environment(loader=_LOADER, extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)


def parse(text: str, name: str = "example.html") -> nodes.Template:
    """The syntax tree of a template."""
    return _ENVIRONMENT.parse(text, name)


def all_templates() -> list[tuple[str, str]]:
    """Every template: its name as `page()` takes it, and its text."""
    found = (path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in {".html", ".txt"})
    return [(str(path.relative_to(TEMPLATES)), path.read_text("utf-8")) for path in found]


def components() -> list[tuple[str, str]]:
    """Every component."""
    return [(name, text) for name, text in all_templates() if name.startswith("components/")]


def broken(templates: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Templates that Jinja cannot read."""
    for name, text in templates:
        try:
            parse(text, name)
        except TemplateSyntaxError as problem:
            yield f"{name}:{problem.lineno}: {problem.message}"


@cache
def exports(template: str) -> frozenset[str]:
    """The macros and names that one template offers to import."""
    tree = parse((TEMPLATES / template).read_text("utf-8"), template)
    macros = {node.name for node in tree.find_all(nodes.Macro)}
    targets = (node.target for node in tree.body if isinstance(node, nodes.Assign))
    return frozenset(macros | {target.name for target in targets if isinstance(target, nodes.Name)})


def _imported(tree: nodes.Template) -> Iterator[tuple[nodes.FromImport, str, str]]:
    for node in tree.find_all(nodes.FromImport):
        for entry in node.names:
            original, here = (entry, entry) if isinstance(entry, str) else entry
            yield node, original, here


def unused_imports(name: str, text: str) -> Iterator[str]:
    """Macros that are imported and never called."""
    tree = parse(text, name)
    read = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    for node, _original, here in _imported(tree):
        if here not in read:
            yield f"{name}:{node.lineno}: {here} is imported and not used"


def missing_imports(name: str, text: str) -> Iterator[str]:
    """Imports of files or macros that do not exist, and components that are called without being imported."""
    tree = parse(text, name)
    for node, original, _here in _imported(tree):
        target = node.template.value if isinstance(node.template, nodes.Const) else None
        if target is None or not (TEMPLATES / str(target)).is_file():
            yield f"{name}:{node.lineno}: there is no template {target}"
        elif original not in exports(str(target)):
            yield f"{name}:{node.lineno}: {target} has no {original}"
    known = {here for _node, _original, here in _imported(tree)} | {m.name for m in tree.find_all(nodes.Macro)}
    known |= {node.name for node in tree.find_all(nodes.Name) if node.ctx in {"store", "param"}}
    ours = {Path(component).stem for component, _text in components()}
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ours - known:
            yield f"{name}:{call.lineno}: {call.node.name} is called and not imported"


def missing_targets(name: str, text: str) -> Iterator[str]:
    """`extends` and `include` of a template that does not exist."""
    for node in parse(text, name).find_all((nodes.Extends, nodes.Include)):
        target = getattr(node, "template", None)
        if isinstance(target, nodes.Const) and not (TEMPLATES / target.value).is_file():
            yield f"{name}:{node.lineno}: there is no template {target.value}"


def texts_kept_too_long(name: str, text: str) -> Iterator[str]:
    """`{% set x = _("…") %}` at the top of a component: Jinja keeps it in the language of whoever came first."""
    for node in parse(text, name).body:
        called = node.find_all(nodes.Call) if isinstance(node, (nodes.Assign, nodes.AssignBlock)) else ()
        if any(isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext"} for call in called):
            yield f"{name}:{node.lineno}: this text would stay in the first reader's language"


def unsigned(name: str, text: str) -> Iterator[str]:
    """A component whose first line does not tell its one public macro just as it is called."""
    macros = re.findall(r"{%-? macro (\w+)(\(.*?\)) -?%}", text)
    public = [(macro, takes) for macro, takes in macros if not macro.startswith("_")]
    if [macro for macro, _takes in public] != [Path(name).stem]:
        yield f"{name}: holds the macros {[macro for macro, _takes in public]}, not one with the file's name"
    first = text.partition("\n")[0]
    for macro, takes in public:
        if not first.startswith("{# ") or f"{macro}{takes}" not in first:
            yield f"{name}:1: the first line is no comment with {macro}{takes}"


def knowing_components(name: str, text: str) -> Iterator[str]:
    """Components that decide or look things up themselves."""
    for call in parse(text, name).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"can", "word", "work", "query"}:
            yield f"{name}:{call.lineno}: {call.node.name}() is for the page, which hands the answer in"


_INLINE = {
    "a style attribute": re.compile(r"""<[^>]*\sstyle\s*=""", re.IGNORECASE),
    "an event attribute": re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["']""", re.IGNORECASE),
    "an inline script": re.compile(r"""<script(?![^>]*\ssrc=)""", re.IGNORECASE),
    "an inline style sheet": re.compile(r"""<style\b""", re.IGNORECASE),
    "a javascript: address": re.compile(r"""["']\s*javascript:""", re.IGNORECASE),
    "another host": re.compile(
        r"""<(?:script|img|link|iframe|video|audio|source)\b[^>]*["'](?:https?:)?//""", re.IGNORECASE
    ),
}


def inline_code(name: str, text: str) -> Iterator[str]:
    """What the content security policy would refuse: styles and scripts in the page, and things from other hosts."""
    if not name.endswith(".html") or name.startswith("email/"):
        return
    bare = re.sub(r"{#.*?#}", lambda comment: "\n" * comment.group().count("\n"), text, flags=re.DOTALL)
    for what, pattern in _INLINE.items():
        for found in pattern.finditer(bare):
            yield f"{name}:{bare.count(chr(10), 0, found.start()) + 1}: {what}"


def unescaped(name: str, text: str) -> Iterator[str]:
    """`|safe`, and autoescape switched off."""
    for node in parse(text, name).find_all((nodes.Filter, nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
        if not isinstance(node, nodes.Filter) or node.name == "safe":
            yield f"{name}:{node.lineno}: text becomes markup unescaped"


def profile_keys(name: str, text: str) -> Iterator[str]:
    """Templates that ask which profile a case has, instead of what it offers."""
    for node in parse(text, name).find_all(nodes.Getattr):
        if node.attr == "profile_key" or (node.attr == "key" and "profile" in _last_name(node.node)):
            yield f"{name}:{node.lineno}: asks which profile this is"


def _last_name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return str(node.attr)
    return node.name if isinstance(node, nodes.Name) else ""


def orphans(templates: Iterable[tuple[str, str]], python: Iterable[str]) -> Iterator[str]:
    """Templates that nothing names: no page in Python, no other template. An error page is found by its status."""
    templates = list(templates)
    told = "\n".join([*python, *(text for _name, text in templates)])
    for name, _text in templates:
        if f'"{name}"' not in told and f"'{name}'" not in told and not re.fullmatch(r"errors/\d+\.html", name):
            yield f"{name}: nothing shows it"
