"""What one looks for, and what one asks."""

from uuid import UUID

from wtforms import HiddenField

from portal.directory.search import Query
from portal.i18n import _l
from portal.web.forms import LongTextField, PortalForm, TextField


def page_number(text: str | None) -> int:
    """The page an address or a form names; the first for anything odd."""
    return max(1, int(text)) if text and text.isdecimal() and len(text) <= 3 else 1


def term_id(text: str | None) -> UUID | None:
    """The category an address or a form names, or none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


class SearchForm(PortalForm):
    """Words and a town. It is sent, not put in the address: a list of visited pages may be read by others."""

    words = TextField(_l("What do you need?"), most=200)
    place = TextField(_l("Town or ZIP code"), most=100)
    category = HiddenField()
    page = HiddenField()

    def query(self) -> Query | None:
        """What is looked for, or none if nothing was said."""
        words, place, category = self.words.data or "", self.place.data or "", term_id(self.category.data)
        if not (words or place or category):
            return None
        return Query(words=words, place=place, category=category, page=page_number(self.page.data))


class AskForm(PortalForm):
    """A question to staff about a place, or for one."""

    words = LongTextField(_l("What do you want to know?"), most=1000)
