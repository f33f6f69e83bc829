"""Words as search compares them: accents, case and plural forms folded away, for English, Spanish and Arabic.

The same analysis runs over what is stored and what is asked, so SQLite and PostgreSQL see the same tokens and find the
same services. Each word is stored as its English and its Spanish stem, so nobody needs to know a record's language.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from threading import local
from typing import Final

import Stemmer

#: Words longer than this are cut: nobody types them, and an index of pasted base64 helps nobody.
LONGEST_WORD: Final = 40
#: More words than this in one question are ignored, so that a pasted page stays a cheap question.
MOST_WORDS: Final = 16

_APOSTROPHES = re.compile("(?<=\\w)['\u2019\u02bc`\u00b4](?=\\w)")
_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<[^<>]{1,400}>")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
#: Letters that are written one way or another: alef with its marks, final ya, ta marbuta, the lengthening stroke.
_ARABIC_LETTERS: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
_ARABIC_ENDING = re.compile(r"(?<=\w{3})(?:ات|ه|ين|ون)$")  # noqa: RUF001  as above

#: Words that say nothing about what somebody looks for. Folded, without accents.
_STOP_WORDS = """
    a about after all also am an and any are arent as at be been being but by can cannot cant cheap could did didnt
    do does doesnt dont each ever feel find finding for free from get gets getting give gives go going got had has have
    havent having he help helping helps her here hers him his how i if ill im in into is isnt it its ive just keep
    keeps know let like looking make me more much my near need needed needs no not of on one or our out over place
    places please really she should since so some somebody someone something somewhere still such take than thanks
    that thats the their them then there these they this those through to today too trying until up us very want
    wants was wasnt way we were weve what whats when where which while who why will with without wont would you your
    a al algo alguien barata barato gratis algun alguna alguno ahi ahora ante aqui asi ayuda ayudar ayude ayudenme
    busca buscando buscar busco cada cerca como con consigo conseguir cual cuando de del desde donde e el ella ellos
    en encontrar encuentro era eres es esa ese eso esta estamos estan estar este esto estos estoy fue ha haber hacer
    hay he hoy la las le les lo los lugar mas me mi mis mucho muy nada necesita necesitamos necesito ni no nos
    nuestra nuestro o para pero por porque puede pueden puedo que quien quiere quiero se sea ser si sin sobre solo
    son soy su sus tal tambien te tener tengo tenemos tiene tienen todo tu un una unas uno unos va voy y ya yo انا
    في من الي علي عن مع هل ما هو هي اريد احتاج او ان هذا هذه اين كيف لي مساعده ليس عندي لا لدي
"""
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())


class _Stemmers(local):
    """A stemmer keeps state, so each thread has its own pair."""

    def __init__(self) -> None:
        self.english, self.spanish = Stemmer.Stemmer("english", 0), Stemmer.Stemmer("spanish", 0)


_stemmers = _Stemmers()


def fold(text: str) -> str:
    """Lower case without accents, presentation forms or Arabic vowel marks: "ATENCIÓN" and "atencion" are one."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_ARABIC_LETTERS)).casefold()
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return bare.translate(_ARABIC_LETTERS)


def words(text: str) -> list[str]:
    """The folded words of a text, in order. "Driver's" is one word, "food-pantry" two; markup is left out."""
    found = _WORD.findall(_APOSTROPHES.sub("", fold(_MARKUP.sub(" ", text))))
    return [word[:LONGEST_WORD] for word in found]


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """What a folded word is stored and asked as: its English and Spanish stem, once if they are equal."""
    if _ARABIC.search(word):
        return (_ARABIC_ENDING.sub("", _ARABIC_ARTICLE.sub("", word)),)
    english, spanish = _stemmers.english.stemWord(word), _stemmers.spanish.stemWord(word)
    return (english,) if english == spanish else (english, spanish)


def tokens(texts: Iterable[str | None]) -> str:
    """Texts as the index holds them: the stems of all their words, blanks between."""
    return " ".join(stem for text in texts if text for word in words(text) for stem in stems(word))


def plain_tokens(texts: Iterable[str | None]) -> str:
    """Names of places as the index holds them: folded words without stems; a postal code also without its blank."""
    found: list[str] = []
    for text in texts:
        if not text:
            continue
        parts = words(text)
        found += parts
        if len(parts) == 2 and any(c.isdigit() for c in parts[0]) and any(c.isdigit() for c in parts[1]):
            found.append("".join(parts))
    return " ".join(dict.fromkeys(found))


def telling(text: str) -> list[str]:
    """The words of a question that say something, in order, each once; all of them if none does."""
    said = list(dict.fromkeys(words(text)))
    return [word for word in said if len(word) > 1 and word not in STOP_WORDS] or said


def asked(text: str) -> tuple[list[tuple[str, ...]], bool]:
    """What a person asks for, as groups of stems of which each must match.

    Returns:
        The groups, and whether the question reads like a sentence (it had words that say nothing, or many words). If
        it has nothing but such words, they are what is asked.
    """
    said = list(dict.fromkeys(words(text)))
    telling = [word for word in said if len(word) > 1 and word not in STOP_WORDS] or said
    groups = list(dict.fromkeys(stems(word) for word in telling[:MOST_WORDS]))
    return groups, len(telling) < len(said) or len(telling) >= 4


def slug(text: str) -> str:
    """A name reduced to what makes it the same name: folded words, one blank between."""
    return " ".join(words(text))
