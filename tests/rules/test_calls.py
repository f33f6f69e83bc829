"""Calls that belong in one place only. Each rule finds its own bad example first, so that it is known to work."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.checks.source import Source, dotted, faults, listed, snippet, sources

Find = Callable[[Source], Iterator[int]]


def calls(*names: str) -> Find:
    """Calls of a method or function whose last name is one of these."""

    def find(source: Source) -> Iterator[int]:
        for node in source.walk():
            if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in names:
                yield node.lineno

    return find


def ends(*names: str) -> Find:
    """Anything called `….one.of.these`, called or not."""

    def find(source: Source) -> Iterator[int]:
        for node in source.walk():
            if isinstance(node, ast.Attribute) and f".{dotted(node)}".endswith(tuple(f".{name}" for name in names)):
                yield node.lineno

    return find


def names(*words: str) -> Find:
    """Any mention of one of these names."""

    def find(source: Source) -> Iterator[int]:
        for node in source.walk():
            if isinstance(node, ast.Name) and node.id in words:
                yield node.lineno

    return find


def imports(*packages: str) -> Find:
    """Imports of one of these packages, or from inside it."""

    def find(source: Source) -> Iterator[int]:
        for node in source.walk():
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.partition(".")[0] in packages for name in names):
                yield node.lineno  # type: ignore[attr-defined]  # an import has a line

    return find


def raw_sql(source: Source) -> Iterator[int]:
    """`text(…)` as a statement. The condition of an index is schema, not a read, and may be written so."""
    schema = {
        id(inner)
        for node in source.walk()
        if isinstance(node, ast.keyword) and str(node.arg).endswith(("_where", "server_default"))
        for inner in ast.walk(node.value)
    }
    for node in source.walk():
        if isinstance(node, ast.Call) and id(node) not in schema and dotted(node.func) in {"text", "sa.text"}:
            yield node.lineno


RAW_SQL_HOMES = ("portal/db.py", "portal/access/scope.py", "portal/directory/index_sql.py", "migrations/")
# Where each may stand, and what to do instead.
RULES: dict[str, tuple[Find, str, tuple[str, ...], str]] = {
    "one commit": (
        calls("commit", "begin", "begin_nested"),
        "work.session.commit()",
        # sessions.py keeps when a browser was last seen, after the answer is made: no case, no unit of work any more.
        ("portal/work.py", "portal/db.py", "portal/accounts/sessions.py", "migrations/"),
        "unit_of_work commits once, at the end of a request or command; take this call out",
    ),
    "no way around the scope by connection": (
        calls("connection", "exec_driver_sql"),
        "work.session.connection().execute(query)",
        RAW_SQL_HOMES,
        "a bare connection reads every case; ask through work.session, which narrows to the reader's cases",
    ),
    "no way around the scope by table": (
        ends("__table__"),
        "select(Plan.__table__)",
        # standings.py asks before there is a scope: its answer makes the scope. criteria.py is what a scope is made of.
        # The directory holds no cases.
        (*RAW_SQL_HOMES, "portal/access/standings.py", "portal/access/criteria.py", "portal/directory/models/"),
        "a bare table is not narrowed to the reader's cases; name the model or its columns",
    ),
    "no way around the scope by option": (
        names("BEFORE_SCOPE"),
        "work.session.execute(query, execution_options={BEFORE_SCOPE: True})",
        # sessions.py finds out who is asking; nobody has a scope before that.
        ("portal/access/", "portal/work.py", "portal/accounts/sessions.py"),
        "what runs before the scope sees every case; ask through work.session once the scope is there",
    ),
    "no raw SQL": (
        raw_sql,
        "work.session.execute(text('select 1'))",
        RAW_SQL_HOMES,
        "the scope cannot read text; write it with select(), or put it in a file named here",
    ),
    "one clock": (
        ends("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "func.now"),
        "made_at = datetime.now(UTC)",
        ("portal/clock.py",),
        "take work.now, or portal.clock.now(): tests and the demo tell it what time it is",
    ),
    "flask_login only in accounts": (
        imports("flask_login"),
        "from flask_login import current_user",
        ("portal/accounts/",),
        "who is signed in arrives as work.actor; only accounts knows how",
    ),
    "settings from one place": (
        ends("os.environ", "os.getenv"),
        "url = os.environ['DATABASE_URL']",
        # Alembic's own command starts with migrations/env.py, before there are settings.
        ("portal/settings.py", "portal/cli/", "wsgi.py", "migrations/env.py"),
        "add it to Settings, which names every fault at start",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_stands_only_where_it_belongs(name):
    find, example, allowed, instead = RULES[name]
    assert faults([snippet(example)], find), "the rule does not find its own example"
    found = faults(sources("portal", "migrations", "wsgi.py"), find, allowed)
    assert not found, f"{instead}:{listed(found)}"


EDGE = ("flask", "flask_wtf", "jinja2", "werkzeug", "wtforms")
#: The edge, besides the views and forms of each feature.
EDGE_HOMES = (
    "portal/web/",
    "portal/app.py",
    "portal/cli/",
    "portal/accounts/sessions.py",  # wraps flask_login, which lives in a request
    "portal/home/bp.py",  # the blueprint that home's two views files share
)


def is_edge(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".py")
    return stem.endswith(("views", "forms")) or folder.endswith(("/views", "/forms"))


def test_only_the_edge_knows_http():
    find = imports(*EDGE)
    assert faults([snippet("from flask import request")], find)
    where = [source for source in sources("portal") if not is_edge(source.path)]
    found = faults(where, find, EDGE_HOMES)
    assert not found, f"hand plain values in, from views.py or forms.py:{listed(found)}"


def bare_flushes(source: Source) -> Iterator[int]:
    return (line for line in calls("flush")(source) if not source.has_comment(line))


def test_a_flush_says_why():
    assert faults([snippet("work.session.flush()")], bare_flushes)
    assert not faults([snippet("work.session.flush()  # the link below needs the id")], bare_flushes)
    found = faults(sources("portal"), bare_flushes)
    assert not found, f"the commit flushes; say in a comment why this one is needed, or take it out:{listed(found)}"


def reasonless_scopes(source: Source) -> Iterator[int]:
    for node in source.walk():
        if isinstance(node, ast.Call) and dotted(node.func).endswith("every_case"):
            reasons = [*node.args, *(word.value for word in node.keywords if word.arg == "because")]
            if not reasons or (isinstance(reasons[0], ast.Constant) and not reasons[0].value):
                yield node.lineno


def test_seeing_every_case_has_a_reason():
    assert faults([snippet("Scope.every_case()")], reasonless_scopes)
    found = faults(sources("portal"), reasonless_scopes)
    assert not found, f"say because=…, it goes into the audit trail:{listed(found)}"


SECRETS = {"password", "passphrase", "code", "token", "secret", "phone", "email", "birth_date"}
LOGGING = {"debug", "info", "warning", "error", "exception", "critical"}


def sealed_columns() -> set[str]:
    """The names of all columns that are encrypted at rest."""
    return {
        node.target.id
        for source in sources("portal")
        for node in source.walk()
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None
        if "EncryptedText" in ast.dump(node.value)
    }


def private_logs(private: set[str]) -> Find:
    def find(source: Source) -> Iterator[int]:
        for node in source.walk():
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in LOGGING and "log" in dotted(node.func.value).lower():
                said = {
                    inner.attr for part in node.args for inner in ast.walk(part) if isinstance(inner, ast.Attribute)
                }
                said |= {inner.id for part in node.args for inner in ast.walk(part) if isinstance(inner, ast.Name)}
                if said & private:
                    yield node.lineno

    return find


def test_a_log_holds_nothing_private():
    find = private_logs(SECRETS | sealed_columns())
    assert faults([snippet("log.info('signed in with %s', form.code)")], find)
    found = faults(sources("portal"), find)
    assert not found, f"a log is read by more people than a file; log ids and kinds only:{listed(found)}"


#: Where text becomes markup without being escaped, and why nothing a person wrote can get there.
UNESCAPED: dict[str, str] = {
    "portal/web/jinja.py": "our own texts and their translations; what fills their places is escaped by Markup's own %",
    "portal/web/forms.py": "the attributes of a control: names are ours, each value is escaped",
    "portal/web/date_parts.py": "an input whose attributes were escaped one by one",
    "portal/web/jinja_code.py": "what a macro of ours has rendered: its parts were escaped one by one",
}


def test_unescaped_markup_is_listed_with_its_reason():
    find = calls("Markup")
    assert faults([snippet("Markup('<b>') + name")], find)
    found = faults(sources("portal"), find, UNESCAPED)
    assert not found, f"escape it, or list the file here with the reason why it is safe:{listed(found)}"
