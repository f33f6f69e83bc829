"""What kinds of long work there are, and the words for them. Who carries each out is said in `portal.cli.jobs`."""

from enum import StrEnum
from typing import Any, Final

from portal.i18n import _l


class JobKind(StrEnum):
    """What is done. A new kind needs a word in each of the tables below."""

    DIRECTORY_IMPORT = "directory.import"


class JobPhase(StrEnum):
    """Which part of the work is under way."""

    STARTING = "starting"
    READING = "reading"
    INDEXING = "indexing"
    WRITING = "writing"


TITLES: Final[dict[JobKind, Any]] = {JobKind.DIRECTORY_IMPORT: _l("Bringing in a directory")}
PHASES: Final[dict[JobPhase, Any]] = {
    JobPhase.STARTING: _l("Getting ready"),
    JobPhase.READING: _l("Reading the files"),
    JobPhase.INDEXING: _l("Making it easy to find"),
    JobPhase.WRITING: _l("Writing the file"),
}
#: How far it is, by `JobState`: words and the tone of their tag.
STATES: Final[dict[str, tuple[Any, str]]] = {
    "waiting": (_l("Waiting"), "info"),
    "working": (_l("Working"), "info"),
    "done": (_l("Done"), "good"),
    "failed": (_l("Did not work"), "error"),
}
#: The template that shows the result of each kind, given `job`.
RESULTS: Final[dict[JobKind, str]] = {JobKind.DIRECTORY_IMPORT: "admin/_import_result.html"}
#: Where one comes from and goes back to: endpoint and words.
WAYS_BACK: Final[dict[JobKind, tuple[str, Any]]] = {JobKind.DIRECTORY_IMPORT: ("admin.directory", _l("Directory"))}
