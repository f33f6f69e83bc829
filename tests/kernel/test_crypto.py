"""Sealing: only the ring that sealed opens, every change is found, keys rotate."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from portal.cases.models import Case, Person
from portal.crypto import KeyProblem, KeyRing

RING = KeyRing.parse(KeyRing.generate())


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_again_and_never_looks_the_same(plain):
    sealed = RING.seal(plain)
    assert RING.open(sealed) == plain
    assert RING.seal(plain) != sealed


@given(st.binary(min_size=1, max_size=40), st.data())
def test_any_changed_byte_is_found(plain, data):
    sealed = bytearray(RING.seal(plain))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(KeyProblem):
        RING.open(bytes(sealed))


def test_a_ring_never_shows_its_keys():
    ring = KeyRing.parse(KeyRing.generate())
    assert repr(ring) == "KeyRing()"


def test_another_ring_opens_nothing_and_a_rotated_one_opens_the_old():
    other = KeyRing.parse(KeyRing.generate())
    with pytest.raises(KeyProblem, match="not in the key ring"):
        other.open(RING.seal(b"x"))
    rotated = KeyRing((other.keys[0], *RING.keys), RING.lookup_key)
    assert rotated.open(RING.seal(b"x")) == b"x"
    assert rotated.lookup("contact", "a") == RING.lookup("contact", "a") != RING.lookup("name", "a")


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("", "at least one key"),
        ("k1 !!!", "not valid base64"),
        (f"k1 {base64.b64encode(b'short').decode()}", "not 32 bytes"),
        (f"k1 {base64.b64encode(bytes(32)).decode()}", "named 'lookup'"),
    ],
)
def test_a_bad_ring_says_what_is_wrong(keys, says):
    with pytest.raises(KeyProblem, match=says):
        KeyRing.parse(keys)


def test_the_database_holds_no_text_that_somebody_wrote(make):
    ana = make.client("Zaphira Markertext")
    with make.system() as work:
        work.session.get(Case, ana.case).reason = "secretmarker"
    with make.system() as work:
        raw = work.session.execute(text("select name from person")).all()
        assert raw
        assert "Zaphira" not in str(raw)
        assert "secretmarker" not in str(work.session.execute(text("select reason from case_file")).all())
        assert work.session.scalars(select(Person.name).where(Person.id == ana.id)).one() == "Zaphira Markertext"
