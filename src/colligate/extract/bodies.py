"""Bodies and peoples named by country and noun: "Malian troops", "the army of Mali", "Tuareg rebels"."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from colligate.extract.countries import country_of
from colligate.extract.forms import Form, Groups
from colligate.extract.gazetteer import place_entries
from colligate.values import names


@lru_cache(maxsize=1)
def heads() -> Any:
    """The table ``data/nominals_heads.yaml``."""
    text = (files("colligate.extract") / "data" / "nominals_heads.yaml").read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


@lru_cache(maxsize=1)
def _classes() -> dict[tuple[str, str], str]:
    """("body" or "crowd", noun) -> the class of the noun."""
    found = {("body", noun): name for name, nouns in heads()["bodies"].items() for noun in nouns}
    return found | {("crowd", noun): name for name, nouns in heads()["crowds"].items() for noun in nouns}


@lru_cache(maxsize=1)
def _peoples() -> dict[str, str]:
    """Folded noun or adjective of a people or creed -> its name in the list of peoples."""
    return {
        names.fold(surface): entry.name for surface, entry in place_entries() if entry.kind == "community"
    }


def state_of(text: str) -> str:
    """The country that a name stands for: "Mali", "Malian", "Malian government", "government of Mali"."""
    found = country_of(text)
    if found:
        return found
    state = set(heads()["state"])
    words = text.replace("’s", "").replace("'s", "").split()
    if len(words) > 1 and words[-1].lower() in state:
        found = country_of(" ".join(words[:-1]))
        return found or (country_of(words[0]) or country_of(words[1]) if len(words) == 3 else "")
    if len(words) > 2 and words[-2].lower() == "of":
        return country_of(words[-1]) if words[-3].lower() in state else ""
    if len(words) > 3 and words[-3].lower() == "of":
        return country_of(" ".join(words[-2:])) if words[-4].lower() in state else ""
    return ""


def body_of(text: str) -> tuple[str, str]:
    """(country, class) of a state's body: ("Mali", "army") for "Malian troops"; ("", "") for none."""
    words = _bare(text)
    for cut in range(len(words) - 1, 0, -1):
        noun = " ".join(words[cut:]).lower()
        name = _classes().get(("body", noun))
        if name:
            country = country_of(" ".join(words[:cut]))
            if country:
                return country, name
    if "of" in words:
        cut = words.index("of")
        name = _classes().get(("body", " ".join(words[:cut]).lower()))
        country = country_of(" ".join(words[cut + 1 :])) if name else ""
        if name and country:
            return country, name
    return "", ""


def crowd_of(text: str) -> tuple[str, str]:
    """(whose, class) of people named by an adjective and a noun: ("tuareg", "fighters"); ("", "") for none.

    A people's own name and "the X people" are ("tuareg", "people").
    """
    words = [word.lower() for word in _bare(text)]
    people = _peoples().get(names.fold(text))
    if people and not country_of(text):
        return people.lower(), "people"
    name = _classes().get(("crowd", words[-1])) if len(words) > 1 else None
    if name is None:
        return "", ""
    whose = country_of(words[0]) or _peoples().get(names.fold(words[0]), "") or words[0]
    return whose.lower(), name


def join_bodies(forms: list[Form], groups: Groups) -> None:
    """Joins the forms of one country's army, police ..., and of one people's fighters, groups ..."""
    found: dict[tuple[str, str, str], list[Form]] = defaultdict(list)
    for form in forms:
        if form.kind in {"organisation", "community"}:
            body = body_of(form.text)
            if body[0]:
                found["body", *body].append(form)
                continue
            crowd = crowd_of(form.text)
            if crowd[0]:
                found["crowd", *crowd].append(form)
    for (sort, _, name), same in found.items():
        if sort == "body" and name == "army" and _told_apart(same):
            continue
        groups.join_all(form.index for form in same)


def _told_apart(forms: list[Form]) -> bool:
    """Whether the text has an Army and Armed Forces, both with capitals: then they are two bodies."""
    endings = {form.text.split()[-1] for form in forms if form.text.split()[-1] in {"Army", "Forces"}}
    return len(endings) > 1


def _bare(text: str) -> list[str]:
    words = text.replace("\u2019s", "").replace("'s", "").split()
    return words[1:] if len(words) > 1 and words[0] in {"the", "The"} else words
