"""Templates keep to a few rules, so that a page reads as content and a component can be trusted anywhere."""

import pytest

from tests.checks import templates as rules
from tests.checks.source import listed, sources

TEMPLATE_LINES = 120
# Each rule, a piece of template that breaks it, and what to do instead.
EVERYWHERE = {
    rules.unused_imports: ('{% from "components/tag.html" import tag %}', "take the import out"),
    rules.missing_imports: ("{{ tag('late') }}", "import it: {% from … import … %}"),
    rules.missing_targets: ('{% extends "layouts/nowhere.html" %}', "name a template that exists"),
    rules.inline_code: ('<p style="color: red">', "put it into a style sheet or a script file"),
    rules.unescaped: ("{{ note|safe }}", "let Jinja escape it; markup comes from a component"),
    rules.profile_keys: ("{{ 'x' if case.profile.key == 'act' }}", "give the profile a field that says what it offers"),
}
IN_COMPONENTS = {
    rules.texts_kept_too_long: ("{% set close = _('Close') %}", "set it inside the macro"),
    rules.unsigned: (
        "{% macro example(text) %}{{ text }}{% endmacro %}",
        "begin with {# example(text) – what it is #}",
    ),
    rules.knowing_components: ("{% macro example(x) %}{{ can('x') }}{% endmacro %}", "the page asks and hands it in"),
}


@pytest.mark.parametrize("rule", [*EVERYWHERE, *IN_COMPONENTS], ids=lambda rule: rule.__name__)
def test_no_template_breaks(rule):
    example, instead = {**EVERYWHERE, **IN_COMPONENTS}[rule]
    assert list(rule("example.html", example)), "the rule does not find its own example"
    where = rules.all_templates() if rule in EVERYWHERE else rules.components()
    found = [fault for name, text in where for fault in rule(name, text)]
    assert not found, f"{instead}:{listed(found)}"


@pytest.mark.parametrize(
    "example",
    [
        "<button onclick='go()'>",
        "<script>go()</script>",
        "<style>p { margin: 0 }</style>",
        '<a href="javascript:go()">',
        '<img src="//elsewhere.example/x.png">',
    ],
)
def test_every_kind_of_inline_code_is_found(example):
    assert list(rules.inline_code("example.html", example))


def test_jinja_reads_every_template():
    assert list(rules.broken([("example.html", "{% if %}")]))
    found = list(rules.broken(rules.all_templates()))
    assert not found, listed(found)


def test_templates_are_short():
    found = [name for name, text in rules.all_templates() if text.count("\n") > TEMPLATE_LINES]
    assert not found, f"over {TEMPLATE_LINES} lines; move a part into a _part or a component:{listed(found)}"


def test_no_template_is_left_over():
    assert list(rules.orphans([("plans/old.html", "")], ["page('plans/new.html')"]))
    found = list(rules.orphans(rules.all_templates(), [source.text for source in sources("portal", "tests")]))
    assert not found, f"show it or remove it:{listed(found)}"
