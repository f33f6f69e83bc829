"""What clients read is easy to read: short sentences, grade 6 or lower, none of the words that judge (English source).

    python -m tests.checks.reading    tells what is hard to read

The grade is Flesch and Kincaid's: 0.39 x words per sentence + 11.8 x syllables per word - 15.59. A single sentence says
little, so each template is graded as a whole, and sentences only by their length. What Python modules say stands alone,
as labels and short answers, so only its sentences count. No formula holds for Spanish or Arabic: there the length of a
sentence does: longer in Spanish, which needs more words for the same, shorter in Arabic, which joins small words.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract_from_file
from jinja2.ext import babel_extract

from portal.web.kind_words import hints_on
from tests.checks import translations
from tests.checks.source import PORTAL, TEMPLATES

GRADE = 6.0
SENTENCE_WORDS = 20
#: The same for each language we translate into (our own figures; see above).
WORDS_IN = {"es": 25, "ar": 18}
#: Fewer words than this have no grade: one long word would decide it.
ENOUGH_WORDS = 30
#: What staff read among themselves may be harder; templates in these folders, and files whose name begins so.
STAFF = ("staff/", "supervision/", "admin/", "layouts/staff")
STAFF_FILES = ("staff_", "_staff_", "review_")
#: Packages whose words only staff, administrators or operators read, and modules named for staff.
STAFF_CODE = re.compile(r"(?:admin|staff|supervision|cli|demo|directory)/|.*(?:^|[/_])(?:staff|review)\w*\.py")
#: The gentle hint shows staff the very words it warns of.
QUOTES = frozenset({"web/kind_words.py"})
_KEYWORDS = {"_": None, "_l": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2)}
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_END = re.compile(r"[.!?:]+(?:\s+|$)|\n{2,}")
#: Where a sentence ends in any of our languages.
_END_ANYWHERE = re.compile(r"[.!?:؟…]+(?:\s+|$)|\n{2,}")
_PLACE = re.compile(r"%\(\w+\)[a-z]")


class Text(NamedTuple):
    """One English text and where it stands."""

    line: int
    text: str


def texts_of(template: str) -> list[Text]:
    """What a template says, as it is collected for translation."""
    options = {"trimmed": "true", "silent": "false"}
    found = babel_extract(BytesIO(template.encode()), ("_", "gettext", "ngettext:1,2", "ngettext"), [], options)
    texts = []
    for line, _function, message, _comments in found:
        parts = message if isinstance(message, tuple) else (message,)
        texts += [Text(line, _PLACE.sub("it", part)) for part in parts[:1] if part]
    return texts


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence."""
    return [words for part in _END.split(text) if (words := _WORD.findall(part))]


def syllables(word: str) -> int:
    """About how many syllables an English word has."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    plain = re.sub(r"(?:[^laeiouy]es|[^aeiouytd]ed|[^laeiouy]e)$", lambda end: end.group()[0], plain)
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def grade(texts: list[str]) -> float | None:
    """The school grade that reads these without effort; None when there are too few words to tell."""
    said = [words for text in texts for words in sentences(text)]
    count = sum(map(len, said))
    if count < ENOUGH_WORDS:
        return None
    spoken = sum(syllables(word) for words in said for word in words)
    return 0.39 * count / len(said) + 11.8 * spoken / count - 15.59


def texts_in(module: Path) -> list[Text]:
    """What a Python module says."""
    found = extract_from_file("python", module, keywords=_KEYWORDS)
    said = ((line, message if isinstance(message, str) else message[0]) for line, message, _comments, _context in found)
    return [Text(line, _PLACE.sub("it", text)) for line, text in said]


def hard_sentences(name: str, texts: list[Text]) -> Iterator[str]:
    """Sentences that are too long, and words that judge."""
    for line, text in texts:
        yield from (
            f"{name}:{line}: {len(words)} words in a sentence: {text!r}"
            for words in sentences(text)
            if len(words) > SENTENCE_WORDS
        )
        yield from (f"{name}:{line}: {hint.word!r}; say: {hint.instead}" for hint in hints_on(text))


def faults_of(name: str, template: str) -> Iterator[str]:
    """What is hard to read in one template, or hurts."""
    texts = texts_of(template)
    yield from hard_sentences(name, texts)
    whole = grade([text for _line, text in texts])
    if whole is not None and whole > GRADE:
        yield f"{name}: reads at grade {whole:.1f}, not {GRADE:g}; shorter words and sentences"


def for_clients(name: str) -> bool:
    """Whether clients or supporters read this template."""
    return not name.startswith(STAFF) and not name.rpartition("/")[2].startswith(STAFF_FILES)


def long_in(language: str, texts: Iterable[str]) -> Iterator[str]:
    """Sentences of a translation that are longer than is easy in that language."""
    for text in texts:
        for part in _END_ANYWHERE.split(_PLACE.sub("x", text)):
            count = len(part.split())
            if count > WORDS_IN[language]:
                yield f"{language}: {count} words in a sentence: {text!r}"


def _translated(language: str, wanted: set[str]) -> Iterator[str]:
    for entry in translations.catalogue(language):
        ids = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
        if ids[0] and _PLACE.sub("it", ids[0]) in wanted:
            yield from (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


def faults() -> Iterator[str]:
    """Everything that is hard to read in what clients read."""
    said: set[str] = set()
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = str(path.relative_to(TEMPLATES))
        if for_clients(name):
            template = path.read_text("utf-8")
            said |= {text for _line, text in texts_of(template)}
            yield from faults_of(name, template)
    for path in sorted(PORTAL.rglob("*.py")):
        name = path.relative_to(PORTAL).as_posix()
        if not STAFF_CODE.match(name) and name not in QUOTES:
            texts = texts_in(path)
            said |= {text for _line, text in texts}
            yield from hard_sentences(name, texts)
    for language in WORDS_IN:
        yield from long_in(language, _translated(language, said))


if __name__ == "__main__":
    told = list(faults())
    print(*told, sep="\n", end="\n" if told else "", file=sys.stderr)
    sys.exit(1 if told else 0)
