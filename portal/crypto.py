"""Sealing what people write, and finding a value again without storing it in the open. Knows no database.

AES-256-GCM from the `cryptography` package. A sealed value is: one version byte, four bytes that name the key,
a 12-byte nonce, then the ciphertext with its tag. The first key of a ring seals; every key of it opens.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_NAME, _NONCE, _KEY = 4, 12, 32
LOOKUP = "lookup"


class KeyProblem(RuntimeError):
    """A key is missing, malformed or not the one that sealed the data. The text says which, in one plain line."""


def _name_of(key: bytes) -> bytes:
    return hashlib.sha256(b"portal key name" + key).digest()[:_NAME]


@dataclass(frozen=True)
class KeyRing:
    """The keys of one installation: the first seals, all open, and one more makes keyed hashes for look-ups."""

    keys: tuple[bytes, ...] = field(repr=False)
    lookup_key: bytes = field(repr=False)
    _ciphers: dict[bytes, AESGCM] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.keys or any(len(key) != _KEY for key in (*self.keys, self.lookup_key)):
            raise KeyProblem("every encryption key must be 32 bytes long")
        object.__setattr__(self, "_ciphers", {_name_of(key): AESGCM(key) for key in self.keys})

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a ring from lines of "name base64-key"; the key named "lookup" is the one for keyed hashes.

        Raises:
            KeyProblem: a line is malformed, or a needed key is missing.
        """
        keys: list[bytes] = []
        lookup: bytes | None = None
        for line in (line.strip() for line in text.replace(",", "\n").splitlines()):
            if not line or line.startswith("#"):
                continue
            name, _, encoded = line.replace(":", " ", 1).partition(" ")
            try:
                key = base64.b64decode(encoded.strip(), validate=True)
            except ValueError:
                raise KeyProblem(f"the encryption key named {name!r} is not valid base64") from None
            if len(key) != _KEY:
                raise KeyProblem(f"the encryption key named {name!r} is not 32 bytes long")
            if name == LOOKUP:
                lookup = key
            else:
                keys.append(key)
        if not keys or lookup is None:
            raise KeyProblem("the encryption keys need at least one key to seal with and one named 'lookup'")
        return cls(tuple(keys), lookup)

    @staticmethod
    def generate() -> str:
        """A new ring as text: one key to seal with, one for look-ups."""
        fresh = (base64.b64encode(os.urandom(_KEY)).decode() for _ in range(2))
        return f"k1 {next(fresh)}\n{LOOKUP} {next(fresh)}\n"

    def seal(self, plain: bytes) -> bytes:
        """Seal `plain` with the first key. Two calls with the same text give different bytes."""
        name = _name_of(self.keys[0])
        nonce = os.urandom(_NONCE)
        return _VERSION + name + nonce + self._ciphers[name].encrypt(nonce, plain, _VERSION + name)

    def open(self, sealed: bytes) -> bytes:
        """Give back what was sealed.

        Raises:
            KeyProblem: no key of this ring sealed it, or it was changed since.
        """
        head = 1 + _NAME
        cipher = self._ciphers.get(sealed[1:head])
        if sealed[:1] != _VERSION or cipher is None:
            raise KeyProblem("this data was sealed with an encryption key that is not in the key ring")
        try:
            return cipher.decrypt(sealed[head : head + _NONCE], sealed[head + _NONCE :], sealed[:head])
        except InvalidTag:
            raise KeyProblem("sealed data was changed, or the encryption key is not the one that sealed it") from None

    def lookup(self, purpose: str, value: str) -> bytes:
        """A keyed hash by which an exact `value` can be found again. `purpose` keeps kinds of values apart."""
        return hmac.new(self.lookup_key, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()
