"""Story 4.2, what Grace does: the team's ideas without a name (9), and the index that she alone reads (10 and 12)."""

from tests.end_to_end.family import Family


def the_team_has_ideas(family: Family) -> None:
    """9. The sheet bears no name; Priya offers what the team thought of, and Farah keeps one."""
    grace, priya, farah = family.grace, family.priya, family.farah
    family.on(6, 26, "10:00")
    family.lead.signs_in(grace)
    grace.heading("Supervision")
    grace.follow("Group supervision")
    grace.follow("Farah Demir")
    grace.sees("The sheet bears no name.")
    grace.part("The sheet").follow("Knit again")
    grace.sees("Knit again", "Ran a bakery for 19 years.")
    grace.sees_nothing_of("Farah", "Demir")
    grace.open(f"/cases/{family.case}/group")
    grace.choose("Knit again", of="Which goal?")
    grace.press("Talk about this goal today")
    turn = grace.path
    grace.write("Ideas, one on each line", "Rhythm tapping\nKneading dough")
    grace.press("Write down")
    family.priya_signs_in()
    priya.open(turn)
    priya.choose("Rhythm tapping", "Kneading dough", of="Offer these to the client")
    priya.press("Offer to the client")
    family.on(6, 26, "18:00")
    family.farah_signs_in()
    farah.root.get_by_role("link", name="Ideas of the team for you").click()
    farah.heading("Ideas for you")
    farah.press("I like this Kneading dough")
    farah.press("Not for me Rhythm tapping")
    farah.picture("ideas")


def grace_reads_the_index(family: Family) -> None:
    """10 and 12. By Farah's own ratings 37.6, then 43.8, then 56.2; Farah herself meets no such number."""
    grace, farah = family.grace, family.farah
    family.lead.signs_in(grace)
    grace.open(f"/cases/{family.case}/goals")
    grace.follow("Ladder index")
    grace.sees("37.6", "43.8", "56.2")
    farah.menu("Goals")
    assert not farah.has_link("Ladder index")
