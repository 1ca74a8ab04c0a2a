"""What to call an actor: the fullest of the names that the document gives it, as written."""

from __future__ import annotations

from colligate.extract.acronyms import stands_for
from colligate.extract.bodies import heads, state_of
from colligate.extract.countries import country_of
from colligate.extract.forms import Form
from colligate.values import names


def cluster_name(kind: str, forms: list[tuple[Form, int]]) -> str:
    """The fullest name as written, of the forms of one actor and how often each stands.

    A person: the most units. Others: the most used form that is no acronym, no adjective and not in
    capitals, in its longer version where there is one.
    """
    if kind == "person":
        return _person_name(forms)
    if kind == "place":
        for form, _ in forms:
            if form.text == country_of(form.text):
                return form.text
    best, _ = max(
        _spelled_out(forms) or forms,
        key=lambda row: (
            row[0].named,
            not row[0].adjective,
            row[0].kind == kind,
            not _state_like(row[0]),
            not row[0].acronym,
            _clean(row[0].text),
            row[1],
            len(row[0].text),
            row[0].text.count("-"),
        ),
    )
    rules = heads()
    endings = {*rules["generic"], *rules["continues"], *rules["cut_before"]}
    words = best.words
    longer = [
        form
        for form, _ in forms
        if len(form.words) > len(words)
        and form.words[: len(words)] == words
        and form.words[len(words)] in endings
        and form.text[0].isupper()
        and form.text.split()[-1][0].isupper()
    ]
    return max(longer, key=lambda form: len(form.text)).text if longer else best.text


def _spelled_out(forms: list[tuple[Form, int]]) -> list[tuple[Form, int]]:
    """The names for which the actor's most used short name stands: of an acronym the name that it spells."""
    short, _ = max(forms, key=lambda row: row[1])
    if not (short.acronym and short.named):
        return []
    return [
        row for row in forms if row[0].named and not row[0].adjective and stands_for(short.text, row[0].text)
    ]


def _person_name(forms: list[tuple[Form, int]]) -> str:
    """The most units; a kunya only where there is nothing else, and no stray capital word before a name."""
    units = {form.text: names.person_units(form.text)[0] for form, _ in forms}
    count = {form.text: n for form, n in forms}

    def stray(text: str) -> bool:
        rest = units[text][1:]
        return len(rest) > 1 and any(
            len(other) == len(rest)
            and count[form] >= count[text]
            and all(map(names.units_alike, rest, other))
            for form, other in units.items()
        )

    return max(
        count,
        key=lambda text: (
            not stray(text),
            len(units[text]) > 1,
            units[text][0].form != "kunya" if units[text] else False,
            len(units[text]),
            _clean(text),
            count[text],
        ),
    )


def _state_like(form: Form) -> bool:
    return form.kind == "place" and not country_of(form.text) and bool(state_of(form.text))


def _clean(text: str) -> bool:
    """Neither all in capitals nor joined by a PDF's line end ("Lashkar-eTaiba")."""
    return (
        not text.isupper()
        and names.fold(text).count(" ") <= len(text.replace("-", " ").replace("–", " ").split()) - 1
    )
