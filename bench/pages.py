"""The pages that have a budget, where they are, and what they may cost (queries, hellos, compressed bytes)."""

from dataclasses import dataclass

from bench.data import Scene
from tests.make import Someone


@dataclass(frozen=True)
class Budget:
    """One row of the table: a page, who asks for it, and what it may cost.

    `words` is what is sent when the page is a form. `whole` says that the page shows all there is, so that it may cost
    more when there is more.
    """

    name: str
    who: Someone | None
    path: str
    queries: int
    hellos: int
    bytes: int
    words: str = ""
    whole: bool = False


def budgets(scene: Scene) -> list[Budget]:
    """What each page may cost, on the data it is stated on."""
    small, large, worker = scene.small, scene.large, scene.worker
    return [
        Budget("Client home (4 goals, 6 referrals)", small, f"/cases/{small.case}/", 8, 35, 8_192),
        Budget("Plan: 10 goals with 40 steps", large, f"/cases/{large.case}/plan", 8, 40, 12_288, whole=True),
        Budget("Thread: latest 50 of 500", large, f"/cases/{large.case}/messages", 6, 25, 8_192),
        Budget("Strengths sheet: 60 entries", large, f"/cases/{large.case}/strengths/all", 6, 30, 8_192, whole=True),
        Budget("My places: 6 referrals", small, f"/cases/{small.case}/places", 10, 40, 8_192, whole=True),
        Budget("Search form, with what was kept", small, f"/cases/{small.case}/find-help", 6, 30, 8_192),
        Budget("Caseload: 60 clients", worker, "/caseload", 8, 45, 16_384),
        Budget("Places to follow up: 50 of 60 silent", worker, "/places-to-follow-up", 8, 45, 16_384),
        Budget("Review queue: 50 items", worker, "/to-answer", 8, 45, 16_384),
        Budget("Sign-in page, signed out", None, "/sign-in", 1, 6, 8_192),
        Budget("Posting a message", small, f"/cases/{small.case}/messages", 12, 25, 0, words="body=Hello"),
    ]
