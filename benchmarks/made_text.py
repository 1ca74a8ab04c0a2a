"""Genre text of any length about persons, groups and places that do not exist.

usage: python -m benchmarks.made_text WORDS [--seed N]

The same seed gives the same text. It stands in for real reports where there are none: for speed and
memory it behaves like them (about as many names, dates and speakers to the page), for quality it says
nothing, because its sentences are templates.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_SYLLABLES = re.findall(
    r"\w+", "vel ta or mun ka ris del sha tor ben lum qa dar nes yor im gol tar ez pha rud san wek"
)
_GIVEN = re.findall(
    r"\w+", "Tarek Orel Samira Davan Idris Malen Yusra Pavel Harun Ilse Bakar Noura Emil Kofi"
)
_GROUPS = ("{} Liberation Front", "{} Brigade", "Army of {}", "{} Column", "Harakat al-{}", "{} Movement")
_ROLES = ("leader", "deputy leader", "spokesman", "military commander", "founder", "head of finance")
_MONTHS = ("January", "March", "April", "June", "July", "September", "October", "December")
_SOURCES = ("a local journalist", "officials", "the panel of experts", "an unnamed commander", "police")

_SENTENCES = (
    "{p}, the {role} of the {g}, said in {m} {y} that his men had left {c}.",
    "The {g} was founded in {y} by {p} and {p2} in the town of {c}.",
    "In late {y}, fighters of the {g} attacked a police post near {c}, killing at least {n} people.",
    "According to {s}, {p} had met {p2} twice before the talks in {c} failed.",
    "{p} was arrested on {d} {m} {y} in {c} and handed over to the authorities of {c2}.",
    "The {g} and the {g2} signed an agreement in {m} {y}, but fighting went on around {c}.",
    "Between {y} and {y2} the group received weapons and training from the {g2}, {s} reported.",
    "He denied that the {g} had taken part in the bombing of {m} {y}.",
    "“We have nothing to do with the {g2},” {p} told reporters in {c}, “and we never had.”",
    "Two months later {p2} split from the {g} and formed the {g3}.",
    "{p2} is alleged to have sent money to the {g} through a charity in {c2}.",
    "Members of the {g}, including {p} and {p2}, were believed to be hiding in the hills north of {c}.",
    "The government of {c2} banned the {g} in {y}; its {role} went underground.",
    "Since {y} the {g} has controlled most of the roads that lead from {c} to the coast.",
    "It remains unclear whether {p} planned the attack or merely approved it.",
    "After the fall of {c} in the spring of {y}, the {g} merged with the {g2}.",
    "The report does not say who paid for the journey, nor why it took so long.",
    "For most of the decade the valley was calm, and its markets were open to traders from both sides.",
)


def paragraphs(words: int, *, seed: int = 1) -> Iterator[str]:
    """Paragraphs of four to eight sentences, until there are ``words`` words (at least one paragraph)."""
    rng = random.Random(seed)
    persons = [f"{rng.choice(_GIVEN)} {_name(rng)}" for _ in range(60)]
    groups = [rng.choice(_GROUPS).format(_name(rng)) for _ in range(25)]
    towns = [_name(rng) for _ in range(40)]
    made = 0
    while True:
        # A few actors carry a stretch of text, as they do in a chapter.
        cast, bodies = rng.sample(persons, 2), rng.sample(groups, 3)
        sentences = []
        for _ in range(rng.randint(4, 8)):
            year = rng.randint(1975, 2019)
            sentences.append(
                rng.choice(_SENTENCES).format(
                    p=cast[0], p2=cast[1], g=bodies[0], g2=bodies[1], g3=bodies[2],
                    c=rng.choice(towns), c2=rng.choice(towns), role=rng.choice(_ROLES),
                    s=rng.choice(_SOURCES), m=rng.choice(_MONTHS), d=rng.randint(1, 28),
                    y=year, y2=year + rng.randint(1, 6), n=rng.randint(2, 40),
                )
            )  # fmt: skip
        paragraph = " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)
        made += len(paragraph.split())
        yield paragraph
        if made >= words:
            return


def text(words: int, *, seed: int = 1) -> str:
    """A text of about ``words`` words, its paragraphs parted by blank lines."""
    return "\n\n".join(paragraphs(words, seed=seed)) + "\n"


def folder(path: Path, files: int, *, words: int) -> None:
    """Fills ``path`` with ``files`` texts of about ``words`` words, each about actors of its own."""
    path.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        (path / f"report-{number:05}.txt").write_text(text(words, seed=number), encoding="utf-8")


def pdf(path: Path, pages: int, *, seed: int = 1) -> int:
    """Writes a report of exactly ``pages`` pages and gives the number of its words. Needs reportlab."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415 - for those who make a PDF
    from reportlab.lib.utils import simpleSplit  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    lines = [
        line
        for paragraph in paragraphs(pages * 600, seed=seed)
        for line in (*simpleSplit(paragraph, "Times-Roman", 11, A4[0] - 140), "")
    ]
    words = 0
    for page in range(pages):
        canvas.setFont("Times-Roman", 11)
        for row, line in enumerate(lines[page * 46 : page * 46 + 46]):
            canvas.drawString(70, A4[1] - 80 - row * 14.5, line)
            words += len(line.split())
        canvas.drawCentredString(A4[0] / 2, 40, str(page + 1))
        canvas.showPage()
    canvas.save()
    return words


def _name(rng: random.Random) -> str:
    return "".join(rng.sample(_SYLLABLES, rng.randint(2, 3))).capitalize()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", type=int)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    sys.stdout.write(text(chosen.words, seed=chosen.seed))


if __name__ == "__main__":
    main()
