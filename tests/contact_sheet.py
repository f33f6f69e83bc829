"""Pictures made of pictures: one sheet with all of them, and the one in the README."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

FIRST_LOOK = Path(__file__).parents[1] / "docs" / "img" / "first-look.png"


def write_sheet(folder: Path, pictures: Sequence[tuple[str, str]]) -> Path:
    """One page with every picture, small; each leads to itself.

    Args:
        folder: where they are, and where the sheet goes.
        pictures: of each, the page it shows and its file.
    """
    parts = []
    for name in dict.fromkeys(name for name, _file in pictures):
        files = [escape(file) for page, file in pictures if page == name]
        figures = [f'<a href="{file}"><img src="{file}" alt="{file}"></a>' for file in files]
        parts.append(f"<section><h2>{escape(name)}</h2><div>{''.join(figures)}</div></section>")
    look = (
        "body{font:16px system-ui;margin:1rem;background:#777;color:#fff}h2{margin:1rem 0 .3rem}"
        "div{display:flex;gap:8px;align-items:flex-start}img{height:420px;width:auto;object-fit:cover;"
        "object-position:top;max-width:430px;display:block}"
    )
    sheet = folder / "index.html"
    sheet.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Pages</title><style>{look}</style>'
        f"<h1>{len(pictures)} pictures</h1>{''.join(parts)}</html>",
        encoding="utf-8",
    )
    return sheet


def picture_of(browser: Browser, file: Path, target: Path, width: int) -> None:
    """Photograph a file of ours."""
    page = browser.new_page(viewport={"width": width, "height": 600})
    page.goto(file.as_uri())
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target, full_page=True)
    page.close()


def write_first_look(folder: Path) -> Path:
    """A client's home on a phone beside a caseload on a desk, both from the pictures just taken."""
    phone, desk = (f"{name}.png" for name in ("elena-home.show-en-phone", "dana-staff.caseload-en-desktop"))
    look = (
        "body{margin:0;padding:28px;display:flex;gap:28px;align-items:flex-start;background:#e9dfce}"
        "div{overflow:hidden;border-radius:18px;box-shadow:0 12px 40px #5c401440}img{display:block;width:100%}"
        ".phone{flex:none;width:272px;height:560px;border:8px solid #26211c;border-radius:32px}"
        ".desk{flex:1;height:576px;border:1px solid #d8c9b0}"
    )
    file = folder / "first-look.html"
    file.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>First look</title><style>{look}</style>'
        f'<div class="phone"><img src="{phone}" alt=""></div><div class="desk"><img src="{desk}" alt=""></div></html>',
        encoding="utf-8",
    )
    return file
