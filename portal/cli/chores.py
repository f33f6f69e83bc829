"""What a worker does besides: once at the start and then once an hour, the same in the demo as in earnest."""

from collections.abc import Sequence
from importlib import import_module

from portal.worker import Chore


def chores() -> Sequence[Chore]:
    """Forget what nobody needs any longer, and remind clients of places gone quiet."""
    import_module("portal.cli.models")  # a worker has no pages that would have brought in every table
    from portal.accounts import commands as accounts
    from portal.jobs import commands as jobs
    from portal.referrals.commands import nudge_silent
    from portal.web import drafts, once

    return accounts.forget_old, once.forget_old, drafts.forget_old, jobs.forget_old, nudge_silent
