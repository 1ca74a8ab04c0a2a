"""Names: fold away how they are written, find what they sound like, compare two of them.

Pure functions over text; the rules are in ``data/name_spellings.yaml`` and ``data/name_titles.yaml``.
``fold`` keeps the letters and drops the typography, ``skeleton`` keeps the consonants only (a key to
look names up by, never a proof), ``compare`` decides and says why.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_APOSTROPHES = re.compile("['’‘ʼʿʾ`´ʻ\u02bb]")
_JOINED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][^\W\d_])")
_ARTICLE_MARK = re.compile(r"\b(al|el)['’‘`´](?=[A-Z])", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
_VOWELS = re.compile("[aiu]")
_DOUBLES = re.compile(r"(.)\1+")
_INITIAL = re.compile(r"(?<=\b[A-Za-z])\.(?=\s?[A-Za-z]\b\.?)")
_FUSED_SERVANT = re.compile(r"abd(?:[aeou]l?|u?[lr]r?|[aeu][rsnzdt])(?=[^\Waeiouy][a-z]{2})")


@dataclass(frozen=True, slots=True)
class Score:
    """How well two names fit, 0..1, and the reason. 0.9 and more: one name in two spellings."""

    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One part of a person's name: "Usama", "bin Ladin", "Abu Musab", "Abd al-Rahman", "al-Libi".

    ``form`` is plain, kunya, servant, son, family or initial; ``article`` says that "al-" stood before it.
    """

    tokens: tuple[str, ...]
    form: str = "plain"
    article: bool = False

    @property
    def key(self) -> str:
        return ".".join(token_skeleton(token) for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Titles:
    """Words before a name. ``gender`` maps a title to "m" or "f"; ``given`` go with a given name;
    ``also_given`` are themselves given names of other people."""

    words: frozenset[str]
    gender: dict[str, str]
    given: frozenset[str]
    polite: frozenset[str]
    also_given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Rules:
    sounds: tuple[tuple[str, str], ...]
    vowels: tuple[tuple[str, str], ...]
    articles: frozenset[str]
    alone: frozenset[str]
    links: frozenset[str]
    construct: frozenset[str]
    forms: dict[str, str]
    family: dict[str, str]


def _load(name: str) -> Any:
    text = (files("colligate.values") / "data" / name).read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    raw = _load("name_spellings.yaml")
    forms = {word: form for form in ("family", "son", "servant", "kunya") for word in raw[form]}
    family: dict[str, str] = {}
    for head, spellings in raw["families"].items():
        for spelling in (head, *spellings.split()):
            family[_plain(spelling)] = head
    return _Rules(
        sounds=tuple((rule["from"], rule["to"]) for rule in raw["sounds"]),
        vowels=tuple((rule["from"], rule["to"]) for rule in raw["vowels"]),
        articles=frozenset(raw["articles"]),
        alone=frozenset(raw["articles_alone"]),
        links=frozenset(raw["links"]),
        construct=frozenset(raw["construct"]),
        forms=forms,
        family=family,
    )


@lru_cache(maxsize=1)
def titles() -> Titles:
    """The titles of ``data/name_titles.yaml``, folded."""
    raw = _load("name_titles.yaml")
    gender = {_plain(word): "m" for word in raw["male"]} | {_plain(word): "f" for word in raw["female"]}
    given = frozenset(_plain(word) for word in raw["with_given_name"])
    polite = frozenset(_plain(word) for word in raw["polite"])
    words = frozenset(_plain(word) for word in raw["other"]) | gender.keys() | given | polite
    also_given = frozenset(_plain(word) for word in raw["also_given"])
    return Titles(words, gender, given, polite, also_given)


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    """Lower case, without diacritics and apostrophes."""
    if not word.isascii():
        word = word.replace("ß", "ss").replace("ı", "i").replace("ø", "o").replace("ł", "l")
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return _APOSTROPHES.sub("", word).lower()


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """The name as lower-case words, one space between: case, diacritics, apostrophes, hyphens gone.

    The article is "al" whatever its form, the link of Lashkar-e-X is "e", and words that a PDF has
    joined ("Lashkar-eTaiba", "alQa'ida") are apart. A leading "the" is dropped.
    """
    rules = _rules()
    text = name if name.isupper() else _JOINED.sub(" ", name)
    plain = _plain(_ARTICLE_MARK.sub(r"\1-", text))
    hyphened = {m.group(1) for m in re.finditer(r"(?:^|[\s\-])([a-z]{1,3})[-‐‑–]", plain)}
    words = [word for word in _NOT_LETTERS.split(plain.replace(".", "") if "." in plain else plain) if word]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    last = len(words) - 1
    out: list[str] = []
    for at, word in enumerate(words):
        if at < last and word in rules.articles and (word in hyphened or word in rules.alone):
            if at and word in rules.links and word == "a":
                continue
            out.append("al")
        elif 0 < at < last and word in rules.links:
            out.append("e")
        else:
            out.extend(_unfused(word, rules))
    return " ".join(out)


def _unfused(word: str, rules: _Rules) -> list[str]:
    """ "hizbul" -> hizb al, "abdurrahman" -> abd al rahman; other words as they are."""
    if len(word) > 4 and word[-2] in "uae" and word[-1] in "lrsdnzt" and word[:-2] in rules.construct:
        return [word[:-2], "al"]
    if word.startswith("abd") and len(word) > 8 and word not in rules.family:
        match = _FUSED_SERVANT.match(word)
        if match:
            rest = word[match.end() :]
            return ["abd", "al", _DOUBLES.sub(r"\1", rest[:2]) + rest[2:]]
    if len(word) > 6 and word.endswith(("uddin", "eddin", "uddeen", "eddine", "addin")):
        stem = re.sub(r"[uea]d?d(?:in|een|ine)$", "", word)
        if stem in rules.construct or len(stem) > 3:
            return [stem, "al", "din"]
    return [word]


@lru_cache(maxsize=100_000)
def token_sound(token: str) -> str:
    """What a folded word sounds like: one letter a sound, vowels a, i, u only, no doubled letters."""
    rules = _rules()
    sound = rules.family.get(token, token)
    for old, new in rules.sounds:
        if old in sound:
            sound = sound.replace(old, new)
    for old, new in rules.vowels:
        if old in sound:
            sound = sound.replace(old, new)
    sound = _DOUBLES.sub(r"\1", sound)
    return sound[:-1] if len(sound) > 2 and sound.endswith("h") else sound


@lru_cache(maxsize=100_000)
def token_skeleton(token: str) -> str:
    """The consonants of a folded word, with "a" for a vowel at its beginning. w and y count as vowels."""
    sound = token_sound(token)
    head, rest = sound[:1], sound[1:]
    return ("a" if head in "aiu" else head) + _VOWELS.sub("", rest).replace("w", "")


def words(name: str) -> list[str]:
    """The words of the folded name that carry meaning: articles and links are left out."""
    found = fold(name).split()
    kept = [word for word in found if word not in {"al", "e"}]
    return kept or found


def skeleton(name: str) -> str:
    """A key that all usual spellings of a name share: "mhmd" for Muhammad, Mohammed and Mohamed."""
    return " ".join(token_skeleton(word) for word in words(name))


@lru_cache(maxsize=100_000)
def words_alike(one: str, other: str) -> bool:
    """Whether two folded words are spellings of one word."""
    if one == other:
        return True
    family = _rules().family
    head, head_other = family.get(one), family.get(other)
    if head is not None and head_other is not None:
        return head == head_other
    sound, sound_other = token_sound(one), token_sound(other)
    if sound == sound_other:
        return min(len(one), len(other)) > 2
    if token_skeleton(one) != token_skeleton(other):
        return False
    # "Amber" and "Ember": the vowel that begins a word is heard; those that vary are families.
    if sound[0] != sound_other[0]:
        return False
    # "Mario" and "Maria", "Daniel" and "Daniela" are two people; "Zubayda(h)" is one.
    if sound[-1] != sound_other[-1] and "a" in (sound[-1], sound_other[-1]):
        return False
    size = min(len(sound), len(sound_other))
    if size == 4:  # "Deraa" and "Daraa" write one vowel; "Tommy" and "Time" have two
        return sound.replace("i", "a") == sound_other.replace("i", "a")
    return size > 4 and _distance(sound, sound_other) <= (1 if size < 7 else 2)


def _distance(one: str, other: str) -> int:
    """Levenshtein distance; words are short and rarely get here."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, letter_other in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != letter_other))
    return row[-1]


def misprint(one: str, other: str) -> bool:
    """Whether two folded words of six letters or more differ by two neighbouring letters swapped."""
    if len(one) != len(other) or len(one) < 6 or one[0] != other[0]:
        return False
    at = [n for n in range(len(one)) if one[n] != other[n]]
    return len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]


@lru_cache(maxsize=50_000)
def person_units(name: str) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """The units of a person's name, and the titles before it, folded."""
    rules, known = _rules(), titles()
    found = fold(_INITIAL.sub(" ", name)).split()
    start = 0
    while start < len(found) - 1 and found[start] in known.words and found[start + 1] != "al":
        start += 1
    units: list[Unit] = []
    at = start
    while at < len(found):
        unit, at = _unit(found, at, rules, first=not units)
        units.append(unit)
    return tuple(units), tuple(found[:start])


def _unit(found: list[str], at: int, rules: _Rules, *, first: bool) -> tuple[Unit, int]:
    word = found[at]
    article = False
    if word == "al" and at + 1 < len(found):
        article, at = True, at + 1
        word = found[at]
    if at + 1 == len(found):
        return Unit((word,), "initial" if len(word) == 1 else "plain", article), at + 1
    form = rules.forms.get(word, "plain")
    # "Ben" and "Mac" open an English name as given names; "bin" and "Abu" never do.
    if form == "plain" or (first and word in {"ben", "ag", "mac", "la", "da"}):
        return Unit((word,), "initial" if len(word) == 1 else "plain", article), at + 1
    tail, after = _unit(found, at + 1, rules, first=False)
    head = "abd" if form == "servant" else "abu" if word in {"abou", "abi", "abul"} else word
    head = "bin" if word in {"ibn", "ben"} else head
    return Unit((head, *tail.tokens), form, article), after


def units_alike(one: Unit, other: Unit, *, son: bool = False) -> bool:
    """Whether two units are spellings of one; an initial fits any name that begins with it.

    ``son``: "Velk" also stands for "bin Velk". Only at the end of a name: "Orel" is not "Daud bin Orel
    bin Velk", whose father he is.
    """
    if "initial" in (one.form, other.form):
        return one.tokens[0][0] == other.tokens[0][0]
    if len(one.tokens) != len(other.tokens):
        # "Rasul" for "Abdul Rasul", "Velk" for "bin Velk"
        short, long = sorted((one, other), key=lambda unit: len(unit.tokens))
        return (
            (long.form == "servant" or (son and long.form == "son"))
            and short.form == "plain"
            and len(long.tokens) == 2
            and words_alike(short.tokens[0], long.tokens[1])
        )
    if one.article != other.article and len(one.tokens) == 1:
        bare, joined = (one, other) if one.article else (other, one)
        if joined.tokens[0] == "al" + bare.tokens[0]:
            return True
    return all(words_alike(a, b) for a, b in zip(one.tokens, other.tokens, strict=True))


def compare(one: str, other: str, kind: str) -> Score:
    """How well two names of the same kind of actor fit each other, and why.

    0.9 and more: the same name, perhaps in two spellings. 0.7-0.9: one is a usual short form of the
    other. 0.3-0.6: one may be short for the other, where nothing else of that name stands near. 0: no.
    """
    if fold(one) == fold(other):
        return Score(1.0, "same words")
    if kind == "person":
        return _compare_persons(one, other)
    left, right = words(one), words(other)
    if "".join(left) == "".join(right):
        return Score(0.97, "same letters, other spaces")
    if len(left) == len(right) and all(
        words_alike(a, b) or misprint(a, b) for a, b in zip(left, right, strict=True)
    ):
        return Score(0.92, "spelling")
    return Score(0.0, "other words")


def _compare_persons(one: str, other: str) -> Score:
    (left, _), (right, _) = person_units(one), person_units(other)
    if len(left) > len(right):
        left, right = right, left
    if not left:
        return Score(0.0, "no letters")
    if len(left) == len(right):
        pairs = zip(left, right, strict=True)
        if all(units_alike(a, b, son=number > 0) for number, (a, b) in enumerate(pairs)):
            return Score(0.95, "spelling")
        if len(left) == 1 and {left[0].form, right[0].form} == {"kunya", "plain"}:
            return _kunya_alone(left[0], right[0])
        if _fused(left) == _fused(right):
            return Score(0.93, "same letters, other spaces")
        keys, keys_other = [unit.key for unit in left], [unit.key for unit in right]
        if keys != keys_other and sorted(keys) == sorted(keys_other):
            return Score(0.7, "same units in another order")
        return Score(0.0, "other units")
    places = _places(left, right)
    if places is None:
        return Score(0.0, "other units")
    first, last = places[0] == 0, places[-1] == len(right) - 1
    if len(left) == 1:
        if last:
            return Score(0.8, "family name alone")
        if first and left[0].form == "kunya" and right[-1].article:
            return Score(0.8, "kunya alone")
        return Score(0.5 if first else 0.4, "given name alone" if first else "middle name alone")
    if first and last:
        return Score(0.9, "middle name left out")
    if last:
        return Score(0.85, "given name left out")
    if first and right[-1].article and places[-1] == len(right) - 2:
        return Score(0.8, "nisba left out")
    return Score(0.3, "a further name: may be another person")


def _kunya_alone(one: Unit, other: Unit) -> Score:
    """ "Zubayda" is often short for "Abu Zubayda"; as often the name of another man."""
    if words_alike(one.tokens[-1], other.tokens[-1]):
        return Score(0.45, "kunya without Abu")
    return Score(0.0, "other units")


def _fused(units: tuple[Unit, ...]) -> str:
    return "".join(token for unit in units for token in unit.tokens)


def _places(short: tuple[Unit, ...], long: tuple[Unit, ...]) -> list[int] | None:
    """Where the units of ``short`` stand in ``long``, in order; None when one is missing.

    The last unit is looked for from the end, so that a name that comes twice is found where it counts.
    """
    places: list[int] = []
    at = len(long) - 1
    for unit in reversed(short):
        while at >= 0 and not units_alike(unit, long[at], son=at == len(long) - 1):
            at -= 1
        if at < 0:
            return None
        places.append(at)
        at -= 1
    return places[::-1]
