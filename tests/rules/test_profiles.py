"""No code outside `portal/profiles/` asks which model of practice a case follows; it asks what that model offers."""

import ast
from collections.abc import Iterator

import pytest

from portal.profiles import registry
from tests.checks.source import Source, dotted, faults, listed, snippet, sources

KEYS = frozenset(profile.key for profile in registry.ALL)
#: A key that is also the name of a feature may be a key of a table: {"strengths": …} maps panels.
ONLY_PROFILES = KEYS - registry.PANELS
HOME = ("portal/profiles/",)


def words_in(node: ast.AST) -> set[object]:
    return {inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant) and isinstance(inner.value, str)}


def asks_for_panel(node: ast.Compare) -> bool:
    """`"strengths" in case.profile.panels` asks what is offered: just what it should."""
    return isinstance(node.ops[0], (ast.In, ast.NotIn)) and dotted(node.comparators[0]).endswith("panels")


def is_key(node: ast.AST) -> bool:
    name = dotted(node)
    return name.endswith(("profile_key", "profile.key"))


def branches_on_a_profile(source: Source) -> Iterator[int]:
    for node in source.walk():
        match node:
            case ast.Compare() if not asks_for_panel(node):
                found = bool(words_in(node) & KEYS)
            case ast.MatchValue():
                found = bool(words_in(node) & KEYS)
            case ast.Dict(keys=keys):
                found = any(isinstance(key, ast.Constant) and key.value in ONLY_PROFILES for key in keys)
            case ast.Subscript(slice=index):
                found = is_key(index)
            case ast.Call(func=ast.Attribute(attr="get" | "pop" | "setdefault"), args=[first, *_]):
                found = is_key(first)
            case ast.Attribute(attr=attribute):
                # registry.brokerage, profiles.act.PROFILE and the like
                found = attribute == "PROFILE"
            case _:
                continue
        if found:
            yield node.lineno


@pytest.mark.parametrize(
    "example",
    [
        "if case.profile.key == 'clinical': ...",
        "if case.profile_key in ('act', 'cti'): ...",
        "match case.profile_key:\n    case 'brokerage': ...",
        "LABEL = {'rehabilitation': 'x'}",
        "label = LABELS[case.profile_key]",
        "label = LABELS.get(case.profile.key)",
        "same = profile is intensive.PROFILE",
    ],
)
def test_the_rule_finds(example):
    assert faults([snippet(example)], branches_on_a_profile)


@pytest.mark.parametrize(
    "example", ["'strengths' in case.profile.panels", "P = {'strengths': 1}", "by_key(case.profile_key)"]
)
def test_the_rule_lets_pass(example):
    assert not faults([snippet(example)], branches_on_a_profile)


def test_nobody_asks_which_profile():
    found = faults(sources("portal"), branches_on_a_profile, HOME)
    assert not found, f"give Profile a field that says what differs, and read that:{listed(found)}"
