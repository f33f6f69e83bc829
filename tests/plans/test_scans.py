"""A scan is what its first bytes say, brings nothing hidden along, and cannot act."""

import struct
import zlib

import pytest

from portal.plans.models import ScanKind
from portal.plans.scans import MOST_BYTES, NoScan, ScanActs, ScanTooBig, read_scan


def segment(mark, body):
    return bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width=800, height=600, extra=b""):
    frame = segment(0xC0, b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00")
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0") + extra + frame + segment(0xDA, b"\x01") + b"picture\xff\xd9"


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width=800, height=600, extra=b""):
    head = chunk(b"IHDR", struct.pack(">II", width, height) + b"\x08\x02\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "kind"),
    [(jpeg(), ScanKind.JPEG), (png(), ScanKind.PNG), (b"%PDF-1.7\n1 0 obj\n%%EOF\n", ScanKind.PDF)],
)
def test_a_photo_or_a_pdf_is_kept_as_it_is(data, kind):
    scan = read_scan(data)
    assert (scan.kind, scan.content) == (kind, data)
    assert len(scan.hash) == 64


def test_where_a_photo_was_taken_is_left_out():
    place = segment(0xE1, b"Exif\0\0GPS 47.1 8.5") + segment(0xFE, b"my kitchen")
    assert read_scan(jpeg(extra=place)).content == jpeg()
    assert read_scan(png(extra=chunk(b"eXIf", b"GPS") + chunk(b"tEXt", b"Comment\0kitchen"))).content == png()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", NoScan),
        (b"GIF89a", NoScan),
        (b"<svg onload=alert(1)>", NoScan),
        (b"PK\x03\x04 a document", NoScan),
        (b"%PDF-1.4 without an end", NoScan),
        (b"\xff\xd8\xff", NoScan),
        (b"\xff\xd8\xff\xe0\xff\xff", NoScan),
        (b"\x89PNG\r\n\x1a\n", NoScan),
        (jpeg(60_000, 60_000), ScanTooBig),
        (png(20_000, 20_000), ScanTooBig),
        (png(0, 20), ScanTooBig),
        (b"%PDF-" + b"x" * MOST_BYTES, ScanTooBig),
        (b"%PDF-1.4 /OpenAction 3 0 R\n%%EOF", ScanActs),
        (b"%PDF-1.4 /J#61vaScript (x)\n%%EOF", ScanActs),
        (b"%PDF-1.4 /EmbeddedFile\n%%EOF", ScanActs),
        (b"%PDF-1.4 /Encrypt 4 0 R\n%%EOF", ScanActs),
    ],
)
def test_anything_else_is_turned_down(data, refusal):
    with pytest.raises(refusal):
        read_scan(data)
