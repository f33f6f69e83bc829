"""A sign that breaks out of HTML, in every text that somebody writes; then every page that shows any of it."""

import json

import pytest
from jinja2 import DictLoader
from sqlalchemy import select

from portal import i18n
from portal.db import Base, EncryptedText
from portal.plans.models import PlanVersion, VersionState
from tests.access import knock, personas, things
from tests.browser import Browser

SIGN = "zz9\"'><zz9>"
RAW = ('zz9"', "zz9'", "zz9>", "<zz9")
WHOLE = "zz9&#34;&#39;&gt;&lt;zz9&gt;"
#: What is no text of anybody's: the sentence that shows whether the keys fit; and a plan's text, its facts and answers
#: about choice, which are JSON and get the sign inside it.
OTHERWISE = {
    ("installation", "sealed"), ("plan_version", "snapshot"), ("plan_version", "frame"), ("plan_signature", "answers"),
}  # fmt: skip
READERS = ("client", "supporter, every power", "case manager", "supervisor", "administrator")


def write_everywhere(make):
    with make.system() as work:
        for version in work.session.execute(select(PlanVersion.id, PlanVersion.snapshot)).all():
            said = json.loads(version.snapshot)
            for goal in said["goals"]:
                goal |= {"words": SIGN, "why_it_matters": SIGN, "plain_summary": SIGN}
            for item in said["items"]:
                item |= {"words": SIGN, "more": SIGN}
            for line in said["services"]:
                line.update(dict.fromkeys(("name", "provider", "frequency", "reason", "reason_source"), SIGN))
            said["frame"] |= (facts := dict.fromkeys(("met_where", "monitor_name", "monitor_phone"), SIGN))
            answered = {"answer": VersionState.NOT_AGREED, "answered_at": work.now}  # its words have a day and a kind
            changed = (
                Base.metadata.tables["plan_version"]
                .update()
                .values(snapshot=json.dumps(said), frame=json.dumps(facts), **answered)
            )
            work.session.connection().execute(changed)
        for table in Base.metadata.sorted_tables:
            names = [column.name for column in table.columns if isinstance(column.type, EncryptedText)]
            names += ["name"] if table.name in {"programme", "team"} else []
            values = dict.fromkeys((name for name in names if (table.name, name) not in OTHERWISE), SIGN)
            if values:
                work.session.connection().execute(table.update().values(values))


@pytest.mark.slow
def test_no_page_shows_what_somebody_wrote_as_html(app, make):
    world = personas.build(make)
    found = things.build(make, world)
    write_everywhere(make)
    for name in READERS:
        who = world.people[name]
        assert who is not None
        client, shown = Browser(app).as_(who).client, 0
        for endpoint, method, rule in knock.doors(app):
            if method != "GET" or endpoint == "accounts.leave":
                continue
            answer = client.get(knock.address(rule, found))
            if "html" not in (answer.content_type or ""):
                continue  # a file to keep: nothing in it is read as markup
            body = answer.text
            assert not [raw for raw in RAW if raw in body], f"{name} at {endpoint}"
            shown += body.count(WHOLE)
        assert shown, f"{name} was shown nothing at all"


PARTS = """
{% macro plain(x, y="") -%}<b title="{{ x }}">{{ x }}{{ y }}</b>{%- endmacro %}
{% macro around(x) -%}<u>{{ x }}{% if caller is defined %}{{ caller(x) }}{% endif %}</u>{%- endmacro %}
"""
PAGE = """
{% from "escaping/parts.html" import plain, around %}{% import "escaping/parts.html" as parts %}
{{ x }} {{ plain(x) }} {{ plain(x, y=x) }} {{ parts.plain(x, x) }} {{ x ~ "<p>" }} {{ "<p>" ~ x }} {{ shown() }}
{% call(given) around(x) %}[{{ given }}{{ x }}]{% endcall %}
{% set kept %}{{ x }}{% endset %}{{ kept }}{{ kept|trim ~ x }} {{ x|trim }} {{ x|default("") }} {{ x if x else x }}
{{ _("Hello") ~ x }} {{ _("Hello") + x }} {{ _("Hello %(name)s", name=x) }} {{ _("Hello")|replace("Hello", x) }}
{{ pgettext("to", "Hello %(name)s", name=x) }} {{ ngettext("%(num)s %(name)s", "%(num)s %(name)s", 2, name=x) }}
{% trans name=x %}Hello {{ name }}{% endtrans %} {{ [x, kept]|join(", ") }} {{ [_("Hello"), x]|join(x) }}
{% for each in [x] %}{{ each }}{% endfor %} {% filter trim %}{{ x }}{% endfilter %} {{ {"in": x}["in"] }}
"""


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_our_own_way_of_compiling_templates_escapes_whatever_is_shown(portal_app, language):
    pages = DictLoader({"escaping/parts.html": PARTS, "escaping/page.html": PAGE})
    with portal_app.test_request_context(), i18n.speaking(language):
        environment = portal_app.jinja_env.overlay(loader=pages, auto_reload=True)
        environment.portal_language = language
        body = environment.get_template("escaping/page.html").render(x=SIGN, shown=lambda: SIGN)
    assert not [raw for raw in RAW if raw in body], body
    assert "&amp;" not in body, "once is enough"
    assert body.count(WHOLE) > 30
