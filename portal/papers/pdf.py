"""A page as a PDF file, where WeasyPrint is installed (extra "pdf"). It sees our stylesheets and nothing else."""

import logging
import re
from functools import cache
from importlib import import_module
from typing import Any

from portal.web.statics import ROOT

_STATIC = re.compile(r"^http://portal\.invalid/static/(?P<folder>[a-z]+)/(?P<stem>[a-z-]+)\.[0-9a-f]{10}\.css$")
#: "On paper, and on wide screens": WeasyPrint does not know widths here and would leave out the whole rule.
_ON_PAPER = re.compile(rb"@media print,[^{]*\{")
#: A name that no computer has (RFC 6761): nothing is ever asked there.
_BASE = "http://portal.invalid/"


class NoPdf(LookupError):
    """WeasyPrint is not there."""


@cache
def _weasyprint() -> Any:
    """The library, or None: not installed, or without the system's Pango (it then cannot be imported)."""
    try:
        found = import_module("weasyprint")
    except (ImportError, OSError):
        return None
    # It tells of every line of a stylesheet that means something to browsers alone.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return found


def is_there() -> bool:
    """Whether PDFs can be made here."""
    return _weasyprint() is not None


def pdf_of(html: str) -> bytes:
    """The page as a PDF with its headings and reading order marked (PDF/UA), so that it can be read aloud.

    Args:
        html: a whole page of ours. Its own stylesheets are taken from our files; no other address is ever asked.

    Raises:
        NoPdf: the library is not installed.
    """
    library = _weasyprint()
    if library is None:
        raise NoPdf
    page = library.HTML(string=html, base_url=_BASE, url_fetcher=_fetcher(library)())
    own = library.CSS(filename=str(ROOT / "css" / "pdf.css"))
    made: bytes = page.write_pdf(stylesheets=[own], pdf_variant="pdf/ua-1")
    return made


@cache
def _fetcher(library: Any) -> Any:
    """A fetcher of our own stylesheets. What a person wrote is only text on the page, yet nothing here may go out."""

    class OurFiles(library.urls.URLFetcher):  # type: ignore[misc]  # the library ships no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            del headers
            found = _STATIC.match(url)
            if found is None:
                raise ValueError(f"not ours: {url}")
            body = _ON_PAPER.sub(b"@media print {", (ROOT / found["folder"] / f"{found['stem']}.css").read_bytes())
            return library.urls.URLFetcherResponse(url, body, {"Content-Type": "text/css"})

    return OurFiles
