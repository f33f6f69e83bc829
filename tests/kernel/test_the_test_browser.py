"""The browser that tests look through: a page that breaks a rule is not let pass."""

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from tests.browser import Page

GOOD = """<!doctype html><html lang="en" dir="ltr"><head><title>Home</title></head><body><h1>Home</h1>
<form method="post"><input type="hidden" name="csrf_token" value="x"><label for="a">A</label><input id="a" name="a">
</form></body></html>"""


def answer(html: str) -> TestResponse:
    app = Flask("page")
    app.add_url_rule("/", "page", lambda: html)
    return Client(app, TestResponse).get("/")


def test_a_sound_page_passes():
    assert Page(None, answer(GOOD), 3, 3).heading == "Home"  # type: ignore[arg-type]  # nothing is pressed here


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("</form>", "</form></div>", "not valid HTML"),
        (' lang="en"', "", "no language"),
        (' dir="ltr"', "", "no direction"),
        ("<h1>Home</h1>", "<p>Home</p>", "0 h1"),
        ("<h1>Home</h1>", '<h1>Home</h1><p id="a"></p>', "repeats ids"),
        ('<label for="a">', '<label for="b">', "no label"),
        ("<h1>", '<h1 style="color:red">', "inline"),
        ("<h1>", '<h1 onclick="go()">', "handler"),
        ("<h1>", "<script>go()</script><h1>", "inline"),
        ('name="csrf_token"', 'name="other"', "no CSRF token"),
    ],
)
def test_a_page_that_breaks_a_rule_does_not(good, bad, says):
    with pytest.raises(AssertionError, match=says):
        Page(None, answer(GOOD.replace(good, bad, 1)), 0, 3)  # type: ignore[arg-type]  # as above


def test_too_many_queries_do_not():
    with pytest.raises(AssertionError, match="4 queries"):
        Page(None, answer(GOOD), 4, 3)  # type: ignore[arg-type]  # as above
