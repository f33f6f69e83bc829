"""Everyday words for what directories call otherwise: "light bill" also looks for "utilities" and "energy".

The words stand in one text file a language (`words/en.txt`), which anybody can edit: on the left what people say, on
the right what to look for besides, each side with commas between. Right sides may be in any language, so a question in
Spanish finds places described in English. An installation adds files of its own in `words/` of its instance folder.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from portal.directory.text import MOST_WORDS, STOP_WORDS, stems, telling, words

#: One word as the index holds it: its stems, one of which must match.
Stems = tuple[str, ...]
#: Words of which each must match.
Phrase = tuple[Stems, ...]

SHIPPED: Final = Path(__file__).parent / "words"
#: More to look for than this for one phrase makes a slow question and no better answer.
MOST_ALTERNATIVES: Final = 14
_folders: list[Path] = [SHIPPED]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question is about: the words said for it, and the phrases any of which will do.

    The first phrase is what was said; the others are what the word files say it may be called.
    """

    said: tuple[str, ...]
    phrases: tuple[Phrase, ...]

    @property
    def own(self) -> Phrase:
        """What was said, word by word."""
        return self.phrases[0]

    def stems(self) -> frozenset[str]:
        """All stems that any of the phrases holds."""
        return frozenset(stem for phrase in self.phrases for group in phrase for stem in group)


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of a word file: its words, and what to look for besides."""

    key: Phrase
    phrases: tuple[Phrase, ...]


def use(folder: Path) -> None:
    """Read word files from this folder beside the shipped ones, and no longer from one named before."""
    _folders[:] = [SHIPPED, folder]
    _entries.cache_clear()
    concepts.cache_clear()


def lines_of(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """The entries of a word file: what people say, and what to look for. Lines that say neither are left out."""
    for line in text.splitlines():
        left, sign, right = line.partition("#")[0].partition("=")
        said, meant = ([part.strip() for part in side.split(",") if part.strip()] for side in (left, right))
        if sign and said and meant:
            yield said, meant


def phrase_of(text: str) -> Phrase:
    """A phrase as the index holds it, without the words that say nothing."""
    said = words(text)
    return tuple(stems(word) for word in ([w for w in said if len(w) > 1 and w not in STOP_WORDS] or said))


@cache
def _entries() -> dict[str, list[Entry]]:
    """Entries by each stem of their first word, the longest first."""
    found: dict[Phrase, list[Phrase]] = {}
    for folder in _folders:
        for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
            for said, meant in lines_of(path.read_text(encoding="utf-8")):
                for phrase in said:
                    found.setdefault(phrase_of(phrase), []).extend(phrase_of(part) for part in meant)
    by_first: dict[str, list[Entry]] = {}
    for key, phrases in found.items():
        entry = Entry(key, tuple(dict.fromkeys(phrases))[:MOST_ALTERNATIVES])
        for stem in key[0] if key else ():
            by_first.setdefault(stem, []).append(entry)
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry.key))
    return by_first


@lru_cache(maxsize=2_000)
def concepts(text: str) -> tuple[Concept, ...]:
    """What a question is about, in order: each word that tells something, or a phrase that a word file knows."""
    said = telling(text)[:MOST_WORDS]
    known, found, at = _entries(), list[Concept](), 0
    while at < len(said):
        rest = [stems(word) for word in said[at:]]
        entry = next((one for one in _starting(known, rest[0]) if _begins(rest, one.key)), None)
        count = len(entry.key) if entry else 1
        own = tuple(rest[:count])
        phrases = (own, *(p for p in entry.phrases if p != own)) if entry else (own,)
        found.append(Concept(tuple(said[at : at + count]), phrases))
        at += count
    return tuple({concept.phrases: concept for concept in found}.values())


def _starting(known: dict[str, list[Entry]], first: Stems) -> list[Entry]:
    entries = [entry for stem in first for entry in known.get(stem, ())]
    return sorted(entries, key=lambda entry: -len(entry.key))


def _begins(rest: Sequence[Stems], key: Phrase) -> bool:
    return len(rest) >= len(key) and all(set(a) & set(b) for a, b in zip(rest, key, strict=False))


def everyday(folders: Iterable[Path] = (SHIPPED,)) -> list[str]:
    """What people say, as the word files hold it: to be offered while somebody types."""
    found = dict[str, None]()
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            for said, _meant in lines_of(path.read_text(encoding="utf-8")):
                found |= dict.fromkeys(said)
    return list(found)
