"""What one types on the pages about places."""

from portal.resources.forms.finding import AskForm, CompareForm, SearchForm, page_number, term_id, term_ids
from portal.resources.forms.upkeep import WRONG_WORDS, AnswerWordForm, LookUpForm, PlaceForm, TellForm, TwinForm

__all__ = [
    "WRONG_WORDS",
    "AnswerWordForm",
    "AskForm",
    "CompareForm",
    "LookUpForm",
    "PlaceForm",
    "SearchForm",
    "TellForm",
    "TwinForm",
    "page_number",
    "term_id",
    "term_ids",
]
