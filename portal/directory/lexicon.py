"""The words of the directory: what can be offered while somebody types, and what they may have meant.

Mending a word: the vocabulary is asked for words whose skeleton (the word without its vowels) is that of the typed word
or one letter away from it, and those whose spelling is one or two slips away are offered, the likeliest first. A word
that the directory knows is never mended.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from portal.directory.models import SearchWord
from portal.directory.text import STOP_WORDS, fold, words

#: A word that fewer services have is as likely a slip of theirs; unless it stands in a name or category.
LEAST_SERVICES: Final = 3
#: Words shorter than this are not mended: nearly all are one letter from another.
SHORTEST: Final = 4
_LONGEST: Final = 30
_CONSONANTS: Final = "bcdfghjklmnpqrstvwxyz"
_VOWELS: Final = str.maketrans("", "", "aeiouy")
_BATCH: Final = 5_000


def skeleton(word: str) -> str:
    """A word without its vowels (the first letter stays) and without doubled letters."""
    rest = word[1:].translate(_VOWELS)
    bones = word[:1] + rest
    return "".join(letter for at, letter in enumerate(bones) if at == 0 or letter != bones[at - 1])[:_LONGEST]


def slips(first: str, second: str, most: int) -> int:
    """How many letters were left out, put in, changed or swapped with the next; more than `most` counts as one more.

    The optimal string alignment distance (Damerau 1964, Levenshtein 1966).
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        following = [i]
        for j, b in enumerate(second, 1):
            cost = min(following[j - 1] + 1, row[j] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) > most:
            return most + 1
        before, row = row, following
    return row[-1]


class Tally:
    """Counts words over many documents, to become the vocabulary."""

    def __init__(self) -> None:
        self.services, self.named = Counter[str](), Counter[str]()
        self.documents = 0

    def add(self, named: Iterable[str], told: Iterable[str]) -> None:
        """Count one document: the words of its names and categories, and those of everything else."""
        strong = {word for text in named for word in words(text) if _worth(word)}
        self.services.update(strong | {word for text in told for word in words(text) if _worth(word)})
        self.named.update(strong)
        self.documents += 1


def _worth(word: str) -> bool:
    return 1 < len(word) <= _LONGEST and not word.isdigit() and word not in STOP_WORDS


def learn(session: Session, fresh: Tally, changed: Tally) -> None:
    """Add the words of documents to the vocabulary.

    Args:
        session: in a writing transaction.
        fresh: the words of new documents, which are counted.
        changed: those of documents that were there already: only words that nobody has had are new.
    """
    known = dict[str, Any]()
    listed = sorted(fresh.services.keys() | changed.services.keys())
    for start in range(0, len(listed), _BATCH):
        known |= {row.word: row for row in session.execute(_KNOWN, {"words": listed[start : start + _BATCH]})}
    more = [
        {"id": row.id, "services": row.services + fresh.services[word], "named": row.named + fresh.named[word]}
        for word, row in known.items()
        if word in fresh.services
    ]
    if more:
        session.execute(update(SearchWord), more)
    new = [word for word in listed if word not in known]
    changed.services.update(fresh.services)
    changed.named.update(fresh.named)
    _add(session, changed, new)


def _add(session: Session, tally: Tally, wanted: Iterable[str]) -> None:
    rows = [
        {
            "id": uuid4(),
            "word": word,
            "start": word[:2],
            "skeleton": skeleton(word),
            "services": tally.services[word],
            "named": tally.named[word],
        }
        for word in wanted
    ]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(SearchWord), rows[start : start + _BATCH])


_KNOWN = select(SearchWord.id, SearchWord.word, SearchWord.services, SearchWord.named).where(
    SearchWord.word.in_(bindparam("words", expanding=True))
)
_STARTING = (
    select(SearchWord.word)
    .where(
        SearchWord.start == bindparam("start"),
        func.substr(SearchWord.word, 1, bindparam("length")) == bindparam("typed"),
    )
    .order_by(SearchWord.named.desc(), SearchWord.services.desc(), SearchWord.word)
    .limit(bindparam("most"))
)
_BONES = select(SearchWord.word, SearchWord.services, SearchWord.skeleton).where(
    SearchWord.skeleton.in_(bindparam("skeletons", expanding=True)),
    func.length(SearchWord.word).between(bindparam("shortest"), bindparam("longest")),
    (SearchWord.services >= LEAST_SERVICES) | (SearchWord.named > 0),
)


def common(session: Session, wanted: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Of these folded words those the directory knows: how many services have each, and how many in a name."""
    listed = sorted(set(wanted))
    if not listed:
        return {}
    return {row.word: (row.services, row.named) for row in session.execute(_KNOWN, {"words": listed})}


def starting(session: Session, typed: str, most: int = 8) -> list[str]:
    """Words that begin with what was typed last, those that stand in most names first. For suggestions.

    Args:
        session: any session.
        typed: what somebody has typed so far; only its last word is looked at.
        most: how many.
    """
    said = words(typed)
    if not said or len(said[-1]) < 2:
        return []
    values = {"start": said[-1][:2], "length": len(said[-1]), "typed": said[-1], "most": most}
    return list(session.scalars(_STARTING, values))


def meant(session: Session, word: str, most: int = 3) -> list[str]:
    """What a word that the directory does not know may have been meant to be, the likeliest first.

    One slip is forgiven in words of up to five letters, two in longer ones; shorter ones than four are left alone.
    """
    typed = fold(word)
    letters = set(typed)
    if not SHORTEST <= len(typed) <= _LONGEST or not typed.isalpha():
        return []
    bones, forgiven = skeleton(typed), 1 if len(typed) < 6 else 2
    found = []
    lengths = {"shortest": len(typed) - forgiven, "longest": len(typed) + forgiven}
    for row in session.execute(_BONES, {"skeletons": _near(bones), **lengths}):
        if len(letters ^ set(row.word)) > 2 * forgiven:
            continue  # so many other letters are more slips than are forgiven
        away = slips(typed, row.word, forgiven)
        if 0 < away <= forgiven and (away == 1 or row.word[0] == typed[0]):
            found.append((_unlikeness(away, row.skeleton == bones, typed, row.word), -row.services, row.word))
    return [word for _likeness, _services, word in sorted(found)[:most]]


def _unlikeness(away: int, same_bones: bool, typed: str, word: str) -> float:
    """Slips in vowels are the likeliest; then those that leave beginning and end as they are."""
    ends = (typed[0] == word[0]) + (typed[-1] == word[-1])
    return away - 1.4 * same_bones - 0.3 * ends


def _near(bones: str) -> list[str]:
    """Skeletons one letter away: left out, put in, changed, or two swapped."""
    found = {bones}
    if len(bones) < 3:
        return sorted(found)
    for at in range(len(bones) + 1):
        head, tail = bones[:at], bones[at:]
        if tail and at:
            found.add(head + tail[1:])
        if len(tail) > 1:
            found.add(head + tail[1] + tail[0] + tail[2:])
        for letter in _CONSONANTS:
            if at:
                found.add(head + letter + tail)
            if tail and at:
                found.add(head + letter + tail[1:])
    found |= {letter + bones[1:] for letter in _CONSONANTS + "aeiou"}
    return sorted(found)


def size(session: Session) -> int:
    """How many words there are."""
    return session.scalar(select(func.count()).select_from(SearchWord)) or 0


__all__: Sequence[str] = ("Tally", "common", "learn", "meant", "size", "skeleton", "slips", "starting")
