"""Static files under names that change when their contents change, so that browsers may keep them for ever."""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path, PurePath

from flask import Flask, Response, abort, request

from portal.web.gate import public

ROOT = Path(__file__).parent.parent / "static"
FOREVER = "public, max-age=31536000, immutable"
_TEXT = frozenset({".css", ".js", ".svg", ".txt", ".webmanifest"})


def lean(sheet: str) -> str:
    """A stylesheet without what only its writers need: comments, and space that says nothing.

    A space stays where it means something: in a selector, in a value, in text between quotes.
    """
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"\s+", " ", sheet)
    return re.sub(r" ?([{};]) ?", r"\1", sheet).replace(";}", "}").replace(": ", ":").replace(", ", ",").strip()


class Statics:
    """The files below one folder, read once at start, with their hashed names."""

    def __init__(self, root: Path) -> None:
        #: Called before saying that a file is not there: it may just have been made.
        self.look_again: Callable[[], object] = lambda: None
        self._hashed: dict[str, str] = {}
        self._files: dict[str, tuple[bytes, bytes | None, str]] = {}
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            self.add(path.relative_to(root), path.read_bytes())

    def add(self, name: PurePath, body: bytes) -> None:
        """Serve one more file, which need not be on any disk."""
        body = lean(body.decode()).encode() if name.suffix == ".css" else body
        hashed = name.with_name(f"{name.stem}.{sha256(body).hexdigest()[:10]}{name.suffix}").as_posix()
        packed = gzip.compress(body, 9, mtime=0) if name.suffix in _TEXT else None
        self._hashed[name.as_posix()] = hashed
        self._files[hashed] = (body, packed, guess_type(name.name)[0] or "application/octet-stream")

    def url(self, name: str) -> str:
        """The address of a file.

        Raises:
            KeyError: there is no such file, so that a template with a wrong name fails at once.
        """
        return f"/static/{self._hashed[name]}"

    def data(self, name: str) -> str:
        """A small file written out as an address, where another request would be one too many."""
        body, _packed, kind = self._files[self._hashed[name]]
        return f"data:{kind};base64,{b64encode(body).decode()}"

    def response(self, hashed: str) -> Response:
        """The file with this hashed name, or 404."""
        if hashed not in self._files:
            self.look_again()
        if hashed not in self._files:
            abort(404)
        body, packed, kind = self._files[hashed]
        # Files are the same for everybody and hold no secret: compressing them tells an onlooker nothing.
        if packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            response = Response(packed, content_type=kind, headers={"Content-Encoding": "gzip"})
        else:
            response = Response(body, content_type=kind)
        response.headers["Cache-Control"] = FOREVER
        response.headers["Vary"] = "Accept-Encoding"
        return response


def init_app(app: Flask) -> Statics:
    """Serve the static files."""
    statics = Statics(ROOT)

    @app.get("/static/<path:name>", endpoint="static")
    @public("stylesheets, scripts and pictures hold nothing of anybody", works=False)
    def serve(name: str) -> Response:
        return statics.response(name)

    return statics
