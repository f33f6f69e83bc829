"""One stream at a time: reading everything keeps a whole process busy, and the portal's own people need the others."""

import fcntl
from pathlib import Path
from typing import IO

_FILE = "directory-stream.lock"


def take_turn(folder: Path) -> IO[bytes] | None:
    """The right to stream, until what is given back is closed; None while another has it.

    The lock is one on a file, so it holds for all processes of a machine and ends with the process that has it.

    Args:
        folder: where all processes of the portal can write; the folder of the instance.

    Raises:
        OSError: nothing can be written there.
    """
    file = (folder / _FILE).open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
