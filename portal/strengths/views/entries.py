"""One entry: its words then and now, and what the client does with it."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.audit.marks import note_seen
from portal.cases.areas import areas_in_use
from portal.i18n import _
from portal.roles import AccountKind
from portal.strengths import commands, forms, queries
from portal.strengths.models import MOST_LETTERS, StrengthEntry
from portal.strengths.views.blueprint import attempt, back_to_sheet, bp, to_entry, to_sheet
from portal.web.gate import allow
from portal.web.render import form_page, notify, page
from portal.work import Refused, Work


@bp.get("/strengths/<uuid:entry_id>")
@allow(Action.STRENGTH_VIEW, entry=StrengthEntry)
def entry(work: Work, entry: StrengthEntry) -> ResponseReturnValue:
    """One entry: its words then and now, who answered, and what can be done with it."""
    found = queries.entry_of(work, entry)
    if found.is_new and found.answered_at is not None and work.actor.kind is AccountKind.CLIENT:
        note_seen(work.session, entry.case_id, entry.id, work.actor.id, found.answered_at)
    return page(
        "strengths/entry.html",
        subject=entry,
        entry=found,
        history=queries.history(work, entry),
        facts=_facts(work, entry),
        back=back_to_sheet(entry.case_id, entry.tense),
    )


@bp.route("/strengths/<uuid:entry_id>/edit", methods=["GET", "POST"])
@allow(Action.STRENGTH_WRITE, entry=StrengthEntry)
def edit(work: Work, entry: StrengthEntry) -> ResponseReturnValue:
    """The client changes an entry."""
    form = forms.StrengthForm(data=_typed(entry)).offer(areas_in_use(work.session), entry.area)
    if form.validate_on_submit():
        try:
            commands.change(work, entry, **form.values())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved. Your words from before are kept too."))
            return to_entry(entry)
    back = (_("Back"), url_for("strengths.entry", entry_id=entry.id))
    return form_page("strengths/edit.html", form, entry=entry, most=MOST_LETTERS, back=back)


@bp.post("/strengths/<uuid:entry_id>/accept")
@allow(Action.STRENGTH_WRITE, entry=StrengthEntry)
def accept(work: Work, entry: StrengthEntry) -> ResponseReturnValue:
    """The client takes a suggestion, or brings an entry back."""
    attempt(lambda: commands.accept(work, entry), _("It is on your sheet now."))
    return to_sheet(entry)


@bp.post("/strengths/<uuid:entry_id>/set-aside")
@allow(Action.STRENGTH_WRITE, entry=StrengthEntry)
def set_aside(work: Work, entry: StrengthEntry) -> ResponseReturnValue:
    """The client takes an entry off the sheet, or says no thanks to a suggestion."""
    attempt(lambda: commands.set_aside(work, entry), _("We put it aside. You can bring it back at any time."))
    return to_sheet(entry)


@bp.post("/strengths/<uuid:entry_id>/share")
@allow(Action.STRENGTH_WRITE, entry=StrengthEntry)
def share(work: Work, entry: StrengthEntry) -> ResponseReturnValue:
    """The client shares one entry with supporters, or stops."""
    on = request.form.get("on") == "yes"
    says = _("Supporters you chose can see this now.") if on else _("Supporters cannot see this any more.")
    attempt(lambda: commands.share(work, entry, on), says)
    return to_entry(entry)


@bp.post("/strengths/<uuid:entry_id>/wording")
@allow(Action.STRENGTH_WRITE, entry=StrengthEntry)
def wording(work: Work, entry: StrengthEntry) -> ResponseReturnValue:
    """The client takes the words staff suggested, or keeps their own."""
    take = request.form.get("take") == "yes"
    says = _("You use the new words now.") if take else _("You keep your own words.")
    attempt(lambda: commands.answer_wording(work, entry, take=take), says)
    return to_entry(entry)


def _facts(work: Work, entry: StrengthEntry) -> list[tuple[str, Any]]:
    """What is known about an entry besides its words. Who else can see it is the client's to know."""
    label = areas_in_use(work.session).label_of(entry.area)
    facts = [
        (_("When"), entry.tense.label),
        (_("Part of life"), label if entry.area else _("Not sorted yet")),
    ]
    if entry.kind:
        facts.append((_("What it is"), entry.kind.label))
    if entry.resource_kind:
        facts.append((_("Where it belongs"), entry.resource_kind.label))
    if entry.is_visible and work.actor.kind is AccountKind.CLIENT:
        seen_by = _("You, staff and the supporters you chose") if entry.shared else _("You and the staff who help you")
        facts.append((_("Who can see it"), seen_by))
    return facts


def _typed(entry: StrengthEntry) -> dict[str, Any]:
    return {
        "words": entry.words,
        "tense": entry.tense.value,
        "area": entry.area or None,
        "kind": entry.kind.value if entry.kind else None,
        "resource_kind": entry.resource_kind.value if entry.resource_kind else None,
    }
