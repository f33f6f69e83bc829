"""The words of the cast: warm, respectful, in the languages promised, and short enough for the pages they stand on."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from portal.accounts import cards
from portal.cases.models import ContactKind
from portal.demo import keys, listing
from portal.demo.cast import CLIENTS

#: The left column of DOMAIN 3, "Words": none of it is said to anybody.
AVOIDED = re.compile(
    r"non-?complian|refus(?!al)|resistan|no-show|deficit|weakness|dysfunction|relaps|\bclean\b|\bdirty\b|complian|adheren"
    r"|high-risk|frequent flyer|unrealistic|caretaker|enabler|discharg|terminat|\bmust\b|\bshould(?! I)|failed|problem",
    re.IGNORECASE,
)
ARABIC = re.compile(r"[\u0600-\u06FF]")


def words_of(value: object) -> Iterator[str]:
    """Every text in a piece of the cast."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from words_of(part)
    elif is_dataclass(value):
        for one in fields(value):
            yield from words_of(getattr(value, one.name))


def test_no_word_that_we_avoid():
    found = {text for client in CLIENTS for text in words_of(client) if AVOIDED.search(text)}
    assert not found


def test_the_rule_finds_what_we_avoid():
    assert AVOIDED.search("You must be compliant")
    assert not AVOIDED.search("You can say no thanks")


def test_arabic_speaking_clients_write_arabic():
    speaking = [client for client in CLIENTS if client.language == "ar"]
    assert len(speaking) >= 2
    for client in speaking:
        assert sum(bool(ARABIC.search(text)) for text in words_of(client.scenes)) >= 3


def test_some_names_are_long():
    assert max(len(client.name) for client in CLIENTS) > 40


def test_some_cannot_be_reached():
    assert [client.key for client in CLIENTS if not client.contacts][:2]
    safe = {client.key: [contact.kind for contact in client.contacts if contact.safe] for client in CLIENTS}
    assert any(ContactKind.EMAIL in kinds and ContactKind.PHONE in kinds for kinds in safe.values())


def test_numbers_are_client_numbers_and_differ():
    numbers = [keys.client_number(client.key) for client in CLIENTS]
    assert len(set(numbers)) == len(numbers)
    assert all(cards.is_number(number) for number in numbers)
    codes = [keys.card_code(client.key) for client in CLIENTS]
    assert all(len(code) == cards.CODE_LENGTH and set(code) <= set(cards.LETTERS) for code in codes)


def test_the_list_for_programs_has_one_shape():
    for listed in listing.accounts():
        told = listed.as_json("http://127.0.0.1:8000")
        assert set(told) == {"name", "role", "language", "sign_in", "note"}
        assert told["role"] in {"client", "supporter", "case_manager", "supervisor", "administrator"}
        assert told["note"]
        way = told["sign_in"]["way"]
        rest = {"client_number", "card_code"} if way == "card" else {"email", "password"}
        assert set(told["sign_in"]) == {"way", "url", *rest}
        assert told["sign_in"]["url"].startswith("http://127.0.0.1:8000/sign-in")


def test_every_role_is_listed():
    roles = {listed.role for listed in listing.accounts()}
    assert roles == {"client", "supporter", "case_manager", "supervisor", "administrator"}
