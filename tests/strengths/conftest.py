"""A client with a case manager and a son, and entries to begin with."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from portal.cases.models import Case
from portal.roles import Power
from portal.strengths import commands
from portal.strengths.models import StrengthEntry, Tense
from tests.make import Make, Someone


@dataclass(frozen=True)
class Family:
    """Who is in the story."""

    farah: Someone
    priya: Someone
    emre: Someone


@pytest.fixture
def family(make: Make) -> Family:
    """Farah, her case manager Priya and her son Emre, who may suggest and see what is shared."""
    priya = make.worker("Priya Nair")
    farah = make.client("Farah Demir", worker=priya)
    emre = make.supporter(farah, "Emre Demir", powers=[Power.SUGGEST, Power.SEE_STRENGTHS], relation="son")
    return Family(farah, priya, emre)


@pytest.fixture
def write(make: Make):
    """Put an entry on a sheet, as its client."""

    def _write(who: Someone, words: str, tense: Tense = Tense.WANT, area: str = "fun", **more) -> UUID:
        with make.work(who) as work:
            return commands.add(work, work.get(Case, who.case), words=words, tense=tense, area=area, **more).id

    return _write


@pytest.fixture
def idea(make: Make):
    """Suggest an entry, as staff or a supporter."""

    def _idea(who: Someone, case_id: UUID, words: str, tense: Tense = Tense.NOW, area: str = "fun") -> UUID:
        with make.work(who, case_id) as work:
            return commands.suggest(work, work.get(Case, case_id), words=words, tense=tense, area=area).id

    return _idea


@pytest.fixture
def read(make: Make):
    """One entry as it stands in the database."""

    def _read(id_: UUID) -> StrengthEntry:
        with make.system() as work:
            return work.get(StrengthEntry, id_)

    return _read
