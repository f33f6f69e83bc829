"""Lists, shares and addresses as each language writes them."""

import pytest
from markupsafe import Markup

from portal import i18n
from portal.web.jinja import listed
from tests.checks.templates import all_templates


@pytest.mark.parametrize(
    ("language", "said"), [("en", "rice, beans, and oil"), ("es", "rice, beans y oil"), ("ar", "rice وbeans وoil")]
)
def test_things_are_named_one_after_the_other(language, said):
    with i18n.speaking(language):
        assert i18n.listed(["rice", "", "beans", "oil"]) == said
        assert i18n.listed(["rice"]) == "rice"
        assert i18n.listed([]) == ""


def test_what_people_wrote_stays_text_in_a_list():
    with i18n.speaking("en"):
        assert listed(["<b>", Markup("<bdi>x</bdi>")]) == "&lt;b&gt; and <bdi>x</bdi>"


def test_an_address_has_the_comma_of_its_own_script():
    with i18n.speaking("ar"):
        assert i18n.in_a_line(["12 Mill Street", None, "", "Larkwater"]) == "12 Mill Street, Larkwater"
        assert i18n.in_a_line(["شارع النهر", "عمّان"]) == "شارع النهر، عمّان"


@pytest.mark.parametrize(("language", "said"), [("en", "37%"), ("es", "37\u00a0%"), ("ar", "37%")])
def test_a_share_is_written_one_way(language, said):
    with i18n.speaking(language):
        assert i18n.percent(37) == i18n.percent(37.04) == said
        assert i18n.percent(105.2) == said.replace("37", i18n.number(105.2))


def test_no_template_joins_words_with_a_comma_of_its_own():
    found = [name for name, text in all_templates() if 'join(", ")' in text or ' %%"' in text or 'else ", "' in text]
    assert not found, "use listed, in_a_line or percent"
