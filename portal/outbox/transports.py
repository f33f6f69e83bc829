"""How a message leaves: a mail server, a web address that sends texts, or, in the demo, nothing at all.

Each transport waits ten seconds at most and says whether trying again can help. None of them holds a page up: the
worker calls them, outside any transaction.
"""

import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import IO, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from portal import clock
from portal.cases.models import ContactKind
from portal.outbox.notices import Text
from portal.settings import LOOPBACK, Settings

WAITS = 10.0
_PERMANENT_SMTP = 500
_PERMANENT_HTTP = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})


class NotSent(Exception):
    """It did not leave. `reason` is a kind, never an address or a text; `is_final` says that no other try will help."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.is_final = reason, is_final


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way to one place. `key` is the same for every try: a receiver may drop a second one."""

    key: str
    address: str
    text: Text
    language: str


class Transport(Protocol):
    """A way out."""

    def send(self, letter: Letter) -> None:
        """Send it.

        Raises:
            NotSent: it did not leave.
        """
        ...


class Recorded:
    """The demo's way: nothing leaves; the delivery that is written down shows what would have."""

    def send(self, letter: Letter) -> None:
        """Do nothing."""


class Mail:
    """A mail server: smtp://name:password@host:587 (with STARTTLS where the server offers it) or smtps://host:465."""

    def __init__(self, url: str, sender: str, host: str) -> None:
        self._url, self._sender, self._host = urlsplit(url), sender, host.partition(":")[0]

    def send(self, letter: Letter) -> None:
        """Send it as plain text: no picture, no link to another place, nothing that tells who reads it when."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, letter.address, letter.text.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{letter.key}@{self._host}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = letter.language
        message.set_content(letter.text.body)
        try:
            with self._connected(self._url) as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as problem:
            codes = [code for code, _said in problem.recipients.values()]
            raise NotSent("refused", is_final=min(codes, default=0) >= _PERMANENT_SMTP) from None
        except smtplib.SMTPResponseException as problem:
            raise NotSent(f"smtp {problem.smtp_code}", is_final=problem.smtp_code >= _PERMANENT_SMTP) from None
        except (smtplib.SMTPException, OSError) as problem:
            raise NotSent(type(problem).__name__) from None

    def _connected(self, url: SplitResult) -> smtplib.SMTP:
        secure, host = ssl.create_default_context(), url.hostname or "localhost"
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=WAITS, context=secure)
        else:
            server = smtplib.SMTP(host, url.port or 25, timeout=WAITS)
        try:
            server.ehlo()
            if url.scheme != "smtps" and server.has_extn("starttls"):
                server.starttls(context=secure)
                server.ehlo()
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
        except Exception:
            server.close()
            raise
        return server


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token goes to the address that the operator gave and to no other."""

    def redirect_request(self, *_args: object) -> None:
        """Do not follow."""


class Sms:
    """A web address that sends texts: a POST of JSON (`to`, `text`, `id`) with a bearer token; any 2xx is a yes."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise ValueError("texts go by https only")
        self._url, self._token = url, token
        self._opener = urllib.request.build_opener(_NoRedirect)

    def send(self, letter: Letter) -> None:
        """Send the body; a text has no subject."""
        body = json.dumps({"to": letter.address, "text": letter.text.body, "id": letter.key}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": letter.key}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        # The scheme was checked when this was made; the address is the operator's.
        request = urllib.request.Request(self._url, body, headers, method="POST")  # noqa: S310  checked above
        try:
            answer: IO[bytes]
            with self._opener.open(request, timeout=WAITS) as answer:
                answer.read(1)
        except urllib.error.HTTPError as problem:
            problem.close()
            raise NotSent(f"http {problem.code}", is_final=problem.code in _PERMANENT_HTTP) from None
        except OSError as problem:
            raise NotSent(type(problem).__name__) from None


def transports_of(settings: Settings) -> Mapping[ContactKind, Transport]:
    """The ways out of this installation. In the demo everything is written down and nothing leaves."""
    if settings.demo:
        return {kind: Recorded() for kind in ContactKind}
    found: dict[ContactKind, Transport] = {}
    if settings.mail_url:
        found[ContactKind.EMAIL] = Mail(settings.mail_url, settings.mail_from, settings.host)
    if settings.sms_url:
        found[ContactKind.PHONE] = Sms(settings.sms_url, settings.sms_token)
    return found
