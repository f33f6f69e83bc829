"""Who carries out which kind of long work, and the process that does: started by the worker, one for each job."""

import sys
from collections.abc import Mapping
from subprocess import Popen
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from portal.jobs.crew import Crew
    from portal.jobs.kinds import JobKind
    from portal.jobs.running import Runner
    from portal.settings import Settings


def runners() -> "Mapping[JobKind, Runner]":
    """What each kind of job does."""
    from portal.admin.bringing_in import bring_in
    from portal.jobs.kinds import JobKind

    return {JobKind.DIRECTORY_IMPORT: bring_in}


def crew_of(settings: "Settings") -> "Crew":
    """The part of a worker that starts the processes below."""
    from portal.jobs.crew import Crew

    return Crew(settings, launch)


def launch(job_id: UUID) -> "Popen[bytes]":
    """Start a process that carries out one job, with the settings of this one."""
    program = "from portal.cli.jobs import main; main()"
    return Popen([sys.executable, "-c", program, str(job_id)])  # noqa: S603  our own program, and an id


def main() -> None:
    """Carry out the job whose id is the only argument."""
    import portal.cli.models  # noqa: F401  a row of one table may name a row of any other
    from portal.cli.context import settings_that_fit
    from portal.cli.pacing import LARGE_CACHE_MB
    from portal.db import make_engine, make_sessions
    from portal.jobs.running import carry_out

    settings = settings_that_fit()
    engine = make_engine(settings.database_url, settings.key_ring(), pool_size=2, cache_mb=LARGE_CACHE_MB)
    try:
        carry_out(settings, make_sessions(engine), UUID(sys.argv[1]), runners())
    finally:
        engine.dispose()
