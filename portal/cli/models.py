"""Every mapped class, imported once: what the migrations are compared with."""

from importlib import import_module

from portal.db import Base

_WITH_TABLES = (
    "portal.installation",
    "portal.office",
    "portal.cases.models",
    "portal.cases.areas",
    "portal.cases.offered",
    "portal.cases.releases",
    "portal.audit.models",
    "portal.outbox.models",
    "portal.directory.models",
    "portal.web.drafts",
    "portal.web.once",
    "portal.jobs.models",
    "portal.accounts.models",
    "portal.plans.models",
    "portal.strengths.models",
    "portal.referrals.models",
    "portal.resources.models",
    "portal.messages.models",
    "portal.supporters.models",
    "portal.group.models",
    "portal.exports.models",
)
for _module in _WITH_TABLES:
    import_module(_module)

#: All tables of this release.
METADATA = Base.metadata
