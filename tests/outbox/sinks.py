"""A mail server and a text gateway on this machine that keep what they are sent and fail as they are told."""

import json
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, TypeVar


class _Mailbox(socketserver.StreamRequestHandler):
    server: "MailSink"

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            self._answer(line.decode().strip())
            if line.upper().startswith(b"QUIT"):
                return

    def _answer(self, line: str) -> None:
        word = line.upper().split(" ")[0].split(":")[0]
        if word == "RCPT" and self.server.refuses:
            self._say(self.server.refuses)
        elif word == "DATA":
            self._say("354 go on")
            letter = b""
            while not letter.endswith(b"\r\n.\r\n"):
                letter += self.rfile.readline()
            self.server.letters.append(letter.decode())
            self._say("250 kept")
        else:
            self._say("221 bye" if word == "QUIT" else "250 fine")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailSink(socketserver.ThreadingTCPServer):
    """Keeps letters; `refuses` is what it says to a recipient it does not take."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Mailbox)
        self.letters: list[str] = []
        self.refuses = ""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Gateway(BaseHTTPRequestHandler):
    server: "TextSink"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        if self.server.status < 300:
            self.server.texts.append({**json.loads(body), "headers": dict(self.headers)})
        self.send_response(self.server.status)
        if 300 <= self.server.status < 400:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


class TextSink(HTTPServer):
    """Keeps texts; `status` is what it answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Gateway)
        self.texts: list[dict[str, Any]] = []
        self.status, self.asked = 202, 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/texts"


Sink = TypeVar("Sink", bound=socketserver.BaseServer)


@contextmanager
def listening(sink: Sink) -> Iterator[Sink]:
    """Let it listen inside the block."""
    thread = Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.shutdown()
        sink.server_close()
        thread.join()
