"""Every door of the portal, knocked at by everybody. What each answers is written down in matrix.txt.

    o  in: the page, or an answer to what was sent      .  not found: as if it were not there
    x  forbidden: it is there, but not for them          s  sign in first

A door that is not in the table, or a line for a door that is gone, is a failure. `PORTAL_WRITE_MATRIX=1` writes the
table anew; read every changed line before you keep it.
"""

import os
import re
from pathlib import Path
from uuid import uuid4

import pytest

from tests.access import knock, personas, things
from tests.browser import Browser

TABLE = Path(__file__).with_name("matrix.txt")
PAGE = Path(__file__).parents[2] / "docs" / "access.md"
WIDTH = 44

pytestmark = pytest.mark.slow


def expected() -> dict[str, str]:
    lines = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {line[:WIDTH].strip(): line[WIDTH:].strip() for line in lines}


@pytest.fixture
def house(portal_app, another_app, make):
    """The world, and a browser for each who knocks."""
    world = personas.build(make)
    found = things.build(make, world)
    app = knock.forgetful(another_app())
    cookies = {}
    for name, who in world.people.items():
        held = Browser(portal_app).as_(who).client.get_cookie("portal") if who else None
        cookies[name] = held.value if held else ""

    def browser_of(name):
        """A browser with this person's cookie: a new one each time, as some doors lead out."""
        client = app.test_client()
        if cookies[name]:
            client.set_cookie("portal", cookies[name])
        return client

    return app, found, browser_of


def test_every_door_answers_everybody_as_the_table_says(house):
    app, found, browser_of = house
    seen = {}
    for endpoint, method, rule in knock.doors(app):
        url = knock.address(rule, found)
        seen[f"{endpoint} {method}"] = "".join(knock.knock(browser_of(name), method, url) for name in personas.NAMES)
    if os.environ.get("PORTAL_WRITE_MATRIX"):
        PAGE.write_text(document(app, seen))
        head = [f"# {' ' * (WIDTH + i - 2)}{name}" for i, name in enumerate(personas.NAMES)]
        TABLE.write_text("\n".join([*head, *(f"{door:{WIDTH}}{row}" for door, row in seen.items())]) + "\n")
    known = expected()
    assert set(seen) == set(known), f"not in the table, or gone: {sorted(set(seen) ^ set(known))}"
    wrong = [f"{door}: {row}, not {known[door]}" for door, row in seen.items() if row != known[door]]
    assert not wrong, "\n".join(wrong)
    assert PAGE.read_text() == document(app, seen), "docs/access.md is not what the table says"


def document(app, seen):
    """The same for people who do not read code: who reaches what, and why a page is open to all."""
    signs = {"o": "yes", ".": "not there", "x": "no", "s": "sign in"}
    lines = [
        "# Who reaches what",
        "",
        "Made by a test that knocks at every door of the portal as everybody, see `tests/access`. The client,",
        "the supporters, the case manager and the supervisor are of one case; the others belong elsewhere.",
        "*Not there* is the answer that a page which does not exist would give.",
        "",
        f"| Page | {' | '.join(personas.NAMES)} |",
        f"|---|{'---|' * len(personas.NAMES)}",
    ]
    lines += [f"| `{door}` | {' | '.join(signs[letter] for letter in row)} |" for door, row in seen.items()]
    lines += ["", "## Open to all, and why", ""]
    gates = {endpoint: view.gate for endpoint, view in sorted(app.view_functions.items())}
    lines += [f"- `{endpoint}`: {gate.why_public}" for endpoint, gate in gates.items() if gate.action is None]
    return "\n".join(lines) + "\n"


def test_what_is_not_there_looks_the_same_as_what_is_not_ones_own(house):
    """For those outside a case, a row of it and a row of nobody's are one and the same answer, word for word."""
    app, found, browser_of = house
    for endpoint, method, rule in knock.doors(app):
        if (
            method != "GET"
            or "_id>" not in rule.rule
            or endpoint.startswith(("accounts.", "admin.", "jobs.", "api.", "resources.edit"))
        ):
            continue
        nowhere = knock.address(rule, found, missing=lambda _name: uuid4())
        for name in ("other client", "case manager of another case", "supervisor elsewhere", "administrator"):
            real = browser_of(name).get(knock.address(rule, found))
            none = browser_of(name).get(nowhere)
            assert real.status_code == none.status_code == 404, (endpoint, name, real.status_code, none.status_code)
            assert _without_address(real.text) == _without_address(none.text), (endpoint, name)


def _without_address(html: str) -> str:
    html = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", html)
    return re.sub(r'name="(csrf_token|once)" value="[^"]+"', "KEY", html)


def test_a_form_without_its_token_or_its_key_changes_nothing(house):
    app, found, browser_of = house
    client = browser_of("client")
    for endpoint, method, rule in knock.doors(app):
        gate = app.view_functions[endpoint].gate
        if method != "POST" or endpoint == "accounts.leave" or endpoint.startswith("api."):  # it reads no cookie
            continue
        url = knock.address(rule, found)
        assert client.post(url, data={"once": uuid4().hex}).status_code == 400, f"{endpoint} took a form with no token"
        if gate.action is not None:
            answer = client.post(url, data={"csrf_token": knock._token(client)})
            assert answer.status_code == 400, f"{endpoint} took a form with no key: {answer.status_code}"
