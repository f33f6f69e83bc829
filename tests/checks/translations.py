"""Translations are whole: nothing in the source is missing from them, and nothing in them would break a page.

    python -m tests.checks.translations            tells what is wrong
    python -m tests.checks.translations --update   collects the texts again and brings every language up to them

No line numbers are kept, so that a difference shows words only.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.checks.source import ROOT

TRANSLATIONS = ROOT / "translations"
TEMPLATE = TRANSLATIONS / "messages.pot"
#: Lazy text, besides the calls that Babel knows.
KEYWORDS = ("_l", "lazy_pgettext:1c,2")
PLACES = re.compile(r"%\((\w+)\)[a-z]|%%")
TAGS = re.compile(r"</?\w+[^>]*>")
REFRESH = "run 'make translations'"


def pybabel(*arguments: str) -> None:
    """Run one of Babel's own commands; its exit status is no news, its words on an error are."""
    command = [str(Path(sys.executable).parent / "pybabel"), "--quiet", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())


def extract(target: Path) -> None:
    """Write every text of the source to `target`, in a fixed order."""
    words = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    # "Translators:" comments go along; the order is that of the texts, so that moving code changes nothing.
    options = ["--no-location", "--omit-header", "--sort-output", "--add-comments=Translators:"]
    pybabel("extract", "-F", "pyproject.toml", *words, *options, "-o", str(target), ".")


def languages() -> list[str]:
    """The languages there is a translation for, besides English, which is the source."""
    return sorted(path.parents[1].name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def catalogue(language: str) -> Catalog:
    """All entries of one language."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def wanted() -> Catalog:
    """All entries of messages.pot."""
    with TEMPLATE.open("rb") as source:
        return read_po(source)


def update() -> None:
    """Collect the texts again, and add and remove entries in each language; what is new there is left empty."""
    # Aside first: an extraction that fails or still runs may not leave an empty list: it would empty every language.
    fresh = TEMPLATE.with_suffix(".new")
    extract(fresh)
    fresh.replace(TEMPLATE)
    for language in languages():
        path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
        # A guess from a text that looks alike would be offered to people: no fuzzy matching.
        options = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "--no-wrap"]
        pybabel("update", "-i", str(TEMPLATE), "-o", str(path), "-l", language, *options)


def stale() -> Iterator[str]:
    """Texts in the source that messages.pot lacks, and the other way round."""
    if not TEMPLATE.exists():
        yield f"translations/messages.pot is missing: {REFRESH}"
        return
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "messages.pot"
        extract(fresh)
        if fresh.read_bytes() == TEMPLATE.read_bytes():
            return
        with fresh.open("rb") as source:
            now, then = _keys(read_po(source)), _keys(wanted())
    yield from (f"messages.pot lacks {key[1]!r}: {REFRESH}" for key in sorted(now - then))
    yield from (f"messages.pot holds {key[1]!r}, which no page says: {REFRESH}" for key in sorted(then - now))
    if now == then:
        yield f"messages.pot is not as it is extracted: {REFRESH}"


def _keys(entries: Catalog) -> set[tuple[str, str]]:
    return {(entry.context or "", _first(entry.id)) for entry in entries if entry.id}


def _first(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def faults_of(entry: Message, plurals: int) -> Iterator[str]:
    """What is wrong with one translated entry."""
    originals = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
    forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
    if entry.fuzzy:
        yield "is marked fuzzy: somebody should look at it, then take the mark away"
    if len(forms) != (plurals if len(originals) > 1 else 1) or not all(forms):
        yield "is not translated" if len(originals) == 1 else f"needs {plurals} plural forms, each with words"
        return
    # One and two may be said in a word of their own ("a step"), so a plural form may leave the number out.
    optional = {"num"} if len(originals) > 1 else set()
    must = set().union(*map(_places, originals))
    for form in forms:
        has = _places(form)
        if has - must or must - has - optional:
            yield f"has the places {sorted(has)}, not {sorted(must)}"
        if "%" in re.sub(PLACES, "", form) and must:
            yield "has a % that is no place; write %%"
        if sorted(TAGS.findall(form)) != sorted(TAGS.findall(originals[0])):
            yield "has other HTML tags than the English"
    if len(originals) == 1 and originals[0][-1:].isspace() != forms[0][-1:].isspace():
        yield "differs in a space at its end"


def _places(text: str) -> set[str]:
    return set(PLACES.findall(text)) - {""}


def faults_in(entries: Catalog, expected: Catalog) -> Iterator[str]:
    """What is wrong with one language, held against messages.pot."""
    has = _keys(entries)
    yield from (f"lacks {key[1]!r}" for key in sorted(_keys(expected) - has))
    yield from (f"still has {key[1]!r}" for key in sorted(has - _keys(expected)))
    for entry in entries:
        if entry.id:
            yield from (f"{_first(entry.id)!r} {fault}" for fault in faults_of(entry, entries.num_plurals))


def faults() -> Iterator[str]:
    """Everything that is wrong with the translations."""
    yield from stale()
    if TEMPLATE.exists():
        expected = wanted()
        for language in languages():
            yield from (f"{language}: {fault}" for fault in faults_in(catalogue(language), expected))


def main(arguments: Sequence[str]) -> int:
    """Tell every fault, or bring the files up to date; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m tests.checks.translations")
    parser.add_argument("--update", action="store_true", help="collect the texts again, update every language")
    if parser.parse_args(arguments).update:
        update()
    found = list(faults())
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
