"""What waits in the queue, by kind: what it is called, and how it can be answered."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from portal.cases.models import ReviewAnswer, ReviewKind
from portal.i18n import _l

#: How each kind can be answered here, besides what its own page offers.
ANSWERS: Final[Mapping[ReviewKind, tuple[ReviewAnswer, ...]]] = MappingProxyType(
    {
        ReviewKind.GOAL: (ReviewAnswer.THANKS, ReviewAnswer.COMMENT, ReviewAnswer.SUGGESTION, ReviewAnswer.ADDED),
        ReviewKind.STRENGTH: (ReviewAnswer.THANKS, ReviewAnswer.COMMENT, ReviewAnswer.SUGGESTION),
        ReviewKind.REPORT: (ReviewAnswer.THANKS, ReviewAnswer.COMMENT),
        ReviewKind.MESSAGE: (ReviewAnswer.REPLIED, ReviewAnswer.THANKS),
        ReviewKind.PLACE_REQUEST: (ReviewAnswer.COMMENT, ReviewAnswer.ADDED, ReviewAnswer.THANKS),
        ReviewKind.PLAN_CHANGE: (ReviewAnswer.COMMENT, ReviewAnswer.THANKS),
        ReviewKind.REVIEW_REQUEST: (ReviewAnswer.COMMENT, ReviewAnswer.THANKS),
        ReviewKind.PLAN_REVIEW: (ReviewAnswer.COMMENT, ReviewAnswer.THANKS),
    }
)
KINDS: Final[Mapping[ReviewKind, Any]] = MappingProxyType(
    {
        ReviewKind.GOAL: _l("A goal"),
        ReviewKind.STRENGTH: _l("A strength"),
        ReviewKind.REPORT: _l("News about a place"),
        ReviewKind.MESSAGE: _l("A message"),
        ReviewKind.PLACE_REQUEST: _l("A place they ask about"),
        ReviewKind.PLAN_CHANGE: _l("An answer to the plan"),
        ReviewKind.REVIEW_REQUEST: _l("They want to look at the plan again"),
        ReviewKind.PLAN_REVIEW: _l("Their part in looking at the plan again"),
    }
)
