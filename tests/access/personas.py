"""Who knocks at every door: the people of the access matrix, and one of each thing an address can name."""

from dataclasses import dataclass
from uuid import UUID

from portal.roles import Power
from tests.make import Make, Someone

#: In the order of the matrix's columns.
NAMES = (
    "nobody",
    "client",
    "other client",
    "closed client",
    "supporter, every power",
    "supporter, no power",
    "case manager",
    "case manager of another case",
    "supervisor",
    "supervisor elsewhere",
    "administrator",
)


@dataclass(frozen=True)
class World:
    """Two programmes, three cases, and everybody who might ask."""

    people: dict[str, Someone | None]
    case_id: UUID
    ana: Someone
    wes: Someone
    luis: Someone


def build(make: Make) -> World:
    """The people; what stands in Ana's case is made by the tests' `things`."""
    here, there = make.programme("Here"), make.programme("There")
    wes, xena = make.worker("Wes", programme=here), make.worker("Xena", programme=there)
    ana = make.client("Ana", programme=here, worker=wes)
    other = make.client("Bo", programme=there, worker=xena)
    closed = make.client("Cleo", programme=here, closed_on=make.now().date())
    luis = make.supporter(ana, "Luis", powers=list(Power))
    nina = make.supporter(ana, "Nina", powers=[])
    people: dict[str, Someone | None] = dict(
        zip(
            NAMES,
            (
                None,
                ana,
                other,
                closed,
                luis,
                nina,
                wes,
                xena,
                make.supervisor("Grace", programme=here),
                make.supervisor("Gus", programme=there),
                make.administrator(),
            ),
            strict=True,
        )
    )
    return World(people, ana.case, ana, wes, luis)
