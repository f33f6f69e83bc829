"""Numbers catch slips, codes are easy to read, and typing is forgiven."""

from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import cards
from portal.web.qr import qr_picture


def test_a_number_has_eight_digits_and_is_valid():
    numbers = {cards.new_number() for _ in range(200)}
    assert len(numbers) > 190
    assert all(cards.is_number(number) and number[0] != "0" for number in numbers)


@given(st.integers(1_000_000, 9_999_999), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_never_somebody_else(seven, place, off):
    number = str(seven) + cards.check_digit(str(seven))
    slipped = number[:place] + str((int(number[place]) + off) % 10) + number[place + 1 :]
    assert not cards.is_number(slipped)


def test_the_check_digit_is_the_standards():
    assert cards.check_digit("0794") == "5"  # the example of ISO/IEC 7064 for MOD 11,10


def test_a_code_has_no_letter_that_looks_like_another():
    written = "".join(cards.new_code() for _ in range(300))
    assert not set(written) & set("0O1IL")
    assert set(written) <= set(cards.LETTERS)
    assert len(cards.LETTERS) ** cards.CODE_LENGTH > 2**59


def test_typing_is_forgiven():
    assert cards.clean(" 4821-9034 ") == "48219034"
    assert cards.clean("abcd efgh-jkmn") == "ABCDEFGHJKMN"
    assert cards.clean("٤٨٢١ ٩٠٣٤") == "48219034"
    assert cards.grouped("ABCDEFGHJKMN") == "ABCD EFGH JKMN"


def test_the_picture_is_part_of_the_page_and_holds_the_address_only():
    assert qr_picture("http://localhost/sign-in").startswith("data:image/svg+xml")
