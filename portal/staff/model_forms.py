"""Choosing another way of working for a case."""

from collections.abc import Sequence
from typing import Any

from portal.cases.models import Case
from portal.i18n import _l
from portal.profiles.profile import Profile
from portal.web.edit_forms import EditForm
from portal.web.forms import ChoiceField, LongTextField, TextField


class ModelForm(EditForm):
    """Another way of working. It is done only once its meaning for this very choice was shown."""

    do = TextField(_l("What to do"), most=10)
    looked = TextField(_l("Way of working"), most=40)
    profile = ChoiceField(_l("Way of working"), required=_l("Choose a way of working."))
    wish = LongTextField(_l("How the client wants to work, in their words"), most=1000)
    reason = LongTextField(_l("Why this way?"), most=1000)
    words = LongTextField(_l("What the client reads"), most=5000)

    def offer(self, profiles: Sequence[Profile]) -> "ModelForm":
        """Offer the ways of working that are switched on."""
        self.profile.choices = [(profile.key, profile.name) for profile in profiles]
        return self

    def says(self, row: Case) -> dict[str, Any]:
        """How the case is worked with now."""
        return {"profile": row.profile_key, "wish": row.wish}

    @property
    def confirms(self) -> bool:
        """Whether the button that changes it was pressed, under the meaning of this very choice."""
        return bool(self.do.data == "change" and self.looked.data == self.profile.data)
