"""A pseudo-language: our texts stand in ⟦brackets⟧, every page is read, and a bare word is a text nobody can translate.

What people and directories wrote stays as it is; the tests' own data is known, and so are names of days and months.
"""

import re

import pytest
from babel import Locale
from babel.support import NullTranslations
from bs4 import BeautifulSoup

from portal import i18n
from tests.access import knock, personas, things
from tests.browser import Browser

pytestmark = pytest.mark.slow
#: What the tests' people and places are called and wrote.
DATA = """Ana Bo Cleo Luis Nina Wes Xena Grace Gus Max River County Help Here There Swim again every week can swim Hello
Find the pool Pool card To get to the pool Max Provider Day Blue team Ada Admin A place To help test brother
English Español UTC with a friend"""
#: Names of things that are the same in every language: formats, units, sign-in numbers.
SAME = {"CSV", "HSDS", "QR", "PDF", "Ohana"}
#: Not pages, or (a release) a sentence kept as it was signed.
NOT_READ = {"livez", "readyz", "accounts.leave", "consents.show", "plans.scan"}
#: A sentence under a plan, kept as it was signed.
SIGNED = "I have read my part of version 2 of this plan and will do it."
WHO = ("client", "supporter, every power", "case manager", "supervisor", "administrator", "nobody")


class Pseudo(NullTranslations):
    """Brackets round every text. What fills its places is let out of them again, so that it is looked at too."""

    def _marked(self, text):
        return "⟦" + re.sub(r"(%\(\w+\)s)", r"⟧\1⟦", text) + "⟧"

    def gettext(self, message):
        """One text."""
        return self._marked(message)

    def ngettext(self, msgid1, msgid2, num):
        """A text with a number."""
        return self._marked(msgid1 if num == 1 else msgid2)

    def pgettext(self, context, message):
        """A short word with its context."""
        del context
        return self._marked(message)


def calendar_words():
    locale = Locale("en")
    names = [*locale.days["format"]["wide"].values(), *locale.days["format"]["abbreviated"].values()]
    names += [*locale.months["format"]["wide"].values(), *locale.months["format"]["abbreviated"].values()]
    return {*names, "AM", "PM", "at", "and"}


KNOWN = {word.lower() for word in (*DATA.split(), *SAME, *calendar_words())}


def bare_words(html):
    """Words on a page that stand outside the brackets and are nobody's data."""
    soup = BeautifulSoup(html.replace(SIGNED, ""), "html.parser")
    for tag in soup(["script", "style", "svg", "code"]):
        tag.decompose()
    texts = [soup.get_text(" ")]
    for name in ("aria-label", "placeholder", "alt", "title"):
        texts += [str(tag[name]) for tag in soup.select(f"[{name}]")]
    left = re.sub(r"⟦[^⟦⟧]*⟧|\b[0-9a-f]*[0-9][0-9a-f]*\b", " ", " ".join(texts))
    words = {word for word in re.findall(r"[^\W\d_]{3,}", left) if re.search(r"[a-zA-Z]", word)}
    return sorted(word for word in words if word.lower() not in KNOWN)


def test_the_reader_finds_a_bare_word():
    assert bare_words("<p>⟦Save⟧ bare <b>⟦of ⟧Ana⟦ here⟧</b></p>") == ["bare"]


def test_no_page_has_a_bare_text(another_app, make, portal_app, monkeypatch):
    world = personas.build(make)
    found = things.build(make, world)
    monkeypatch.setattr(i18n, "catalogue", lambda _language: Pseudo())
    app = another_app()
    bare = {}
    for name in WHO:
        who = world.people[name]
        browser = Browser(portal_app).as_(who) if who else Browser(portal_app)
        held = browser.client.get_cookie("portal")
        for endpoint, method, rule in knock.doors(app):
            if method != "GET" or endpoint in NOT_READ:
                continue
            client = app.test_client()
            if held:
                client.set_cookie("portal", held.value)
            response = client.get(knock.address(rule, found))
            if "html" not in (response.content_type or ""):
                continue
            if response.status_code == 200 and (words := bare_words(response.text)):
                bare[f"{endpoint} as {name}"] = words
    assert not bare, "\n".join(f"{page}: {', '.join(words)}" for page, words in bare.items())
