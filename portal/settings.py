"""What an operator decides, read once from the environment. A wrong or missing value is a sentence at start.

Every variable starts with PORTAL_ except DATABASE_URL. A secret may be given as a file: NAME_FILE holds its path.
"""

import os
import re
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portal import i18n
from portal.colours import LEAST, WHITE, contrast, is_colour
from portal.crypto import KeyProblem, KeyRing

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Below this many characters a secret can be guessed.
SHORTEST_SECRET = 32
#: What the address of a database may start with, and what is said of another.
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")
OTHER_DATABASE = "DATABASE_URL must start with postgresql:// or sqlite:///"


class SettingsProblem(RuntimeError):
    """Settings that the portal refuses to start with. The text names every fault at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs from one installation to the next."""

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    encryption_keys: str = field(repr=False)
    instance: Path
    origin: str = "http://127.0.0.1:8000"
    organisation: str = "My plan"
    #: A colour such as "#0f5c5c"; empty for the portal's own.
    accent: str = ""
    office_phone: str = ""
    office_hours: str = ""
    crisis_lines: tuple[tuple[str, str], ...] = (("988", "988"), ("911", "911"))
    country: str = "US"
    currency: str = "USD"
    zone: str = "America/Chicago"
    languages: tuple[str, ...] = ("en", "es", "ar")
    profiles: tuple[str, ...] = ()
    exit_url: str = "https://www.wikipedia.org/"
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""
    sms_url: str = ""
    sms_token: str = field(default="", repr=False)
    demo: bool = False
    development: bool = False
    trusted_proxies: int = 0
    pool_size: int = 5
    idle_client: timedelta = timedelta(minutes=60)
    idle_shared: timedelta = timedelta(minutes=15)
    idle_staff: timedelta = timedelta(minutes=30)
    longest_session: timedelta = timedelta(hours=12)
    max_request_bytes: int = 2 * 1024 * 1024
    #: For the one who may hand over a whole directory.
    max_upload_bytes: int = 256 * 1024 * 1024
    #: The same for a form with a file: the scan of a signed paper.
    max_file_bytes: int = 8 * 1024 * 1024
    #: Whether other systems may read the directory under /hsds, and how many pages an address gets in a minute.
    directory_api: bool = True
    directory_api_per_minute: int = 120
    password_cost: int = 3

    @property
    def https(self) -> bool:
        """Whether people reach the portal over TLS: decides cookie names and HSTS."""
        return self.origin.startswith("https://")

    @property
    def host(self) -> str:
        """The one host name (with port) that links use and requests may carry."""
        return urlsplit(self.origin).netloc

    def key_ring(self) -> KeyRing:
        """The encryption keys, parsed."""
        return KeyRing.parse(self.encryption_keys)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings.

        Raises:
            SettingsProblem: one or more values are missing or wrong; the text names each.
        """
        reader = _Reader(environ)
        settings = cls(**reader.values())
        reader.check(settings)
        if reader.faults:
            raise SettingsProblem("; ".join(reader.faults))
        return settings


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ, self.faults = environ, list[str]()
        self.instance = Path(environ.get("PORTAL_INSTANCE", "instance")).absolute()

    def text(self, name: str, default: str = "") -> str:
        path = self._environ.get(f"{name}_FILE")
        if path:
            try:
                return Path(path).read_text(encoding="utf-8").strip()
            except OSError as problem:
                self.faults.append(f"{name}_FILE cannot be read ({problem.strerror})")
                return default
        return self._environ.get(name, default).strip()

    def flag(self, name: str, default: str = "") -> bool:
        return self.text(name, default).lower() in {"1", "true", "yes", "on"}

    def whole(self, name: str, default: int, *, least: int = 0) -> int:
        text = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
            self.faults.append(f"{name} must be a whole number of at least {least}")
            return default
        return int(text)

    def minutes(self, name: str, default: int) -> timedelta:
        return timedelta(minutes=self.whole(name, default, least=1))

    def listed(self, name: str, default: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(name, default).split(",") if part.strip())

    def _crisis(self) -> tuple[tuple[str, str], ...]:
        pairs = (line.partition("=") for line in self.listed("PORTAL_CRISIS_LINES", "988=988,911=911"))
        return tuple((name.strip(), number.strip() or name.strip()) for name, _, number in pairs)

    def values(self) -> dict[str, Any]:
        return {
            "database_url": self.text("DATABASE_URL") or f"sqlite:///{self.instance / 'portal.sqlite'}",
            "secret_key": self._secret("PORTAL_SECRET_KEY", "secret.key"),
            "encryption_keys": self._secret("PORTAL_ENCRYPTION_KEYS", "encryption.keys"),
            "instance": self.instance,
            "origin": self.text("PORTAL_ORIGIN", "http://127.0.0.1:8000").rstrip("/"),
            "organisation": self.text("PORTAL_ORGANISATION", "My plan"),
            "accent": self.text("PORTAL_ACCENT").lower(),
            "office_phone": self.text("PORTAL_OFFICE_PHONE"),
            "office_hours": self.text("PORTAL_OFFICE_HOURS"),
            "crisis_lines": self._crisis(),
            "country": self.text("PORTAL_COUNTRY", "US").upper(),
            "currency": self.text("PORTAL_CURRENCY", "USD").upper(),
            "zone": self.text("PORTAL_ZONE", "America/Chicago"),
            "languages": self.listed("PORTAL_LANGUAGES", "en,es,ar"),
            "profiles": self.listed("PORTAL_PROFILES", ""),
            "exit_url": self.text("PORTAL_EXIT_URL", "https://www.wikipedia.org/"),
            "mail_url": self.text("PORTAL_MAIL_URL"),
            "mail_from": self.text("PORTAL_MAIL_FROM"),
            "sms_url": self.text("PORTAL_SMS_URL"),
            "sms_token": self.text("PORTAL_SMS_TOKEN"),
            "demo": self.flag("PORTAL_DEMO"),
            "development": self.flag("PORTAL_DEVELOPMENT"),
            "trusted_proxies": self.whole("PORTAL_TRUSTED_PROXIES", 0),
            "pool_size": self.whole("PORTAL_POOL_SIZE", 5, least=1),
            "idle_client": self.minutes("PORTAL_IDLE_CLIENT_MINUTES", 60),
            "idle_shared": self.minutes("PORTAL_IDLE_SHARED_MINUTES", 15),
            "idle_staff": self.minutes("PORTAL_IDLE_STAFF_MINUTES", 30),
            "longest_session": self.minutes("PORTAL_LONGEST_SESSION_MINUTES", 720),
            "max_request_bytes": self.whole("PORTAL_MAX_REQUEST_BYTES", 2 * 1024 * 1024, least=65_536),
            "max_upload_bytes": self.whole("PORTAL_MAX_UPLOAD_BYTES", 256 * 1024 * 1024, least=65_536),
            "max_file_bytes": self.whole("PORTAL_MAX_FILE_BYTES", 8 * 1024 * 1024, least=65_536),
            "directory_api": self.flag("PORTAL_DIRECTORY_API", "on"),
            "directory_api_per_minute": self.whole("PORTAL_DIRECTORY_API_PER_MINUTE", 120),
            "password_cost": self.whole("PORTAL_PASSWORD_COST", 3, least=1),
        }

    def _secret(self, name: str, file_name: str) -> str:
        given = self.text(name)
        path = self.instance / file_name
        if given or not path.exists():
            return given
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            self.faults.append(f"{file_name} can be read by others on this machine: set its mode to 0600")
        return path.read_text(encoding="utf-8").strip()

    def check(self, settings: Settings) -> None:
        self._check_keys(settings)
        self._check_origin(settings)
        self._check_place(settings)
        if settings.mail_url and not settings.mail_from:
            self.faults.append("PORTAL_MAIL_FROM is missing: mail needs a sender")
        self._check_accent(settings.accent)
        self._check_database(settings)

    def _check_keys(self, settings: Settings) -> None:
        secret = settings.secret_key
        if not secret:
            self.faults.append("PORTAL_SECRET_KEY is missing ('portal migrate' makes one on first run)")
        elif len(secret) < SHORTEST_SECRET or len(set(secret)) < 8:
            self.faults.append(f"PORTAL_SECRET_KEY is too easy to guess: {SHORTEST_SECRET} random characters at least")
        if not settings.encryption_keys:
            self.faults.append("PORTAL_ENCRYPTION_KEYS is missing ('portal migrate' makes a key file on first run)")
        else:
            try:
                settings.key_ring()
            except KeyProblem as problem:
                self.faults.append(f"PORTAL_ENCRYPTION_KEYS: {problem}")

    def _check_origin(self, settings: Settings) -> None:
        origin = urlsplit(settings.origin)
        if origin.scheme not in {"http", "https"} or not origin.hostname or origin.path:
            self.faults.append("PORTAL_ORIGIN must look like https://portal.example.org, with no path")
        elif origin.scheme == "http" and origin.hostname not in LOOPBACK:
            self.faults.append("PORTAL_ORIGIN must be https:// unless it is this machine alone")
        if settings.development and origin.hostname not in LOOPBACK:
            self.faults.append("PORTAL_DEVELOPMENT is for this machine alone: unset it, or use a loopback origin")

    def _check_place(self, settings: Settings) -> None:
        if not re.fullmatch(r"[A-Z]{2}", settings.country):
            self.faults.append("PORTAL_COUNTRY must be a code of two letters, such as US")
        if not re.fullmatch(r"[A-Z]{3}", settings.currency):
            self.faults.append("PORTAL_CURRENCY must be a code of three letters, such as USD")
        try:
            ZoneInfo(settings.zone)
        except (ZoneInfoNotFoundError, ValueError):
            self.faults.append(f"PORTAL_ZONE {settings.zone!r} is no time zone")
        if not settings.languages or any(not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]+)?", c) for c in settings.languages):
            self.faults.append("PORTAL_LANGUAGES must be codes with commas between, such as en,es,ar")
        elif unspoken := [code for code in settings.languages if not i18n.is_translated(code)]:
            self.faults.append(f"PORTAL_LANGUAGES: there is no translation into {', '.join(unspoken)}")

    def _check_accent(self, accent: str) -> None:
        if not accent:
            return
        if not is_colour(accent):
            self.faults.append("PORTAL_ACCENT must be a colour such as #0f5c5c")
        elif (ratio := contrast(accent, WHITE)) < LEAST:
            self.faults.append(
                f"PORTAL_ACCENT {accent} is too light: white words on it have a contrast of {ratio:.1f}, "
                f"and people need {LEAST}. Choose a darker one"
            )

    def _check_database(self, settings: Settings) -> None:
        if not settings.database_url.startswith(DATABASES):
            self.faults.append(OTHER_DATABASE)
        if settings.database_url.startswith("sqlite:///"):
            path = Path(settings.database_url.removeprefix("sqlite:///"))
            if path.exists() and path.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
                self.faults.append("the database file can be read by others on this machine: set its mode to 0600")


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def make_first_keys(instance: Path, environ: Mapping[str, str]) -> list[Path]:
    """Make the secret and the encryption keys of a new installation, each a file only its owner can read.

    Args:
        instance: the folder to put them in.
        environ: the settings as given; what they name already is not made.

    Returns:
        the files made; a file that is there already is left alone.
    """
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for name, setting, make in (
        ("secret.key", "PORTAL_SECRET_KEY", _new_secret),
        ("encryption.keys", "PORTAL_ENCRYPTION_KEYS", KeyRing.generate),
    ):
        path = instance / name
        if not path.exists() and not environ.get(setting) and not environ.get(f"{setting}_FILE"):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as target:
                target.write(make())
            made.append(path)
    return made
