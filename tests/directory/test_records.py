import io

import pytest

from portal.directory.records import MOST_LINES, Records


def read(data: str | bytes):
    return Records(io.BytesIO(data if isinstance(data, bytes) else data.encode()))


def rows(data):
    return [(record.line, record.values) for record in read(data)]


def test_marks_blank_lines_and_headings():
    data = b"\xef\xbb\xbf\r\n ID ,Postal Code\r\n\r\n1, 94063 \r\n\r\n\r\n2,\r\n"
    assert rows(data) == [(4, {"id": "1", "postal_code": "94063"}), (7, {"id": "2", "postal_code": ""})]


def test_a_line_of_another_encoding_is_read_all_the_same():
    found = read("id,name\n1,Café\n".encode() + "2,Niños\n".encode("cp1252") + "3,Año\n".encode())
    assert [record.values["name"] for record in found] == ["Café", "Niños", "Año"]
    assert [remark[:2] for remark in found.remarks] == ["1 "]


def test_utf_16():
    assert rows("id,name\n1,Año\n".encode("utf-16")) == [(2, {"id": "1", "name": "Año"})]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_delimiters(mark):
    assert rows(f"id{mark}name{mark}city\n1{mark}a, b{mark}c\n") == [(2, {"id": "1", "name": "a, b", "city": "c"})]


def test_quotation_marks_inside_and_lines_inside():
    data = 'id,name\n1,12" pipe\n2,"said ""no""\nand left"\n3,c\n'
    assert rows(data) == [
        (2, {"id": "1", "name": '12" pipe'}),
        (3, {"id": "2", "name": 'said "no"\nand left'}),
        (5, {"id": "3", "name": "c"}),
    ]


def test_a_mark_never_closed_costs_one_line():
    data = 'id,name,city\n1,"oh no,x\n' + "".join(f"{n},name,city\n" for n in range(2, MOST_LINES + 50))
    found = list(read(data))
    assert len(found) == MOST_LINES + 49
    assert found[0].mended
    assert found[0].values == {"id": "1", "name": "oh no", "city": "x"}
    assert found[1].values["id"] == "2"
    assert not found[1].mended


def test_a_mark_never_closed_near_the_end():
    found = list(read('id,name\n1,a\n2,"b\n3,c\n'))
    assert [record.values["name"] for record in found] == ["a", "b", "c"]


def test_rows_too_long_and_too_short():
    short, long, blank = read("id,name,city\n1,a\n2,a,b,c\n3,a,b,\n")
    assert short.mended
    assert short.values == {"id": "1", "name": "a"}
    assert long.broken
    assert blank.mended
    assert not blank.broken


def test_control_characters_are_dropped():
    assert rows(b"id,name\n1,a\x00b\x07\n") == [(2, {"id": "1", "name": "ab"})]


def test_a_line_beyond_measure_does_not_fill_the_memory():
    found = list(read(b"id,name\n1," + b"x" * 5_000_000 + b"\n2,b\n"))
    assert len(found[0].values["name"]) < 2_000
    assert found[1].values == {"id": "2", "name": "b"}


def test_an_empty_file():
    assert read("").header == []
    assert list(read("\n\n")) == []
