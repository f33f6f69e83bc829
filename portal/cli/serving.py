"""The process that gunicorn runs: its plain one, which also says that it lives while it sends something long."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gunicorn.workers.sync import SyncWorker


class Alive:
    """An answer on its way: after each piece it tells that the process is at work and not hung."""

    def __init__(self, pieces: Iterable[bytes], tell: Callable[[], None]) -> None:
        self._pieces, self._tell = pieces, tell

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            yield piece
            self._tell()

    def close(self) -> None:
        """Close what the pieces come from."""
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()


class Worker(SyncWorker):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn kills a process that says nothing for 30 seconds. A stream of the whole directory takes longer."""

    wsgi: Any

    def load_wsgi(self) -> None:
        """Wrap the application, so that each piece it sends is a sign of life."""
        super().load_wsgi()
        application = self.wsgi

        def alive(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            answer = application(environ, start)
            return answer if isinstance(answer, environ["wsgi.file_wrapper"]) else Alive(answer, self.notify)

        self.wsgi = alive
