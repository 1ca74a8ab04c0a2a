"""The public data sets as samples, mapped onto the vocabulary by ``mapping.yaml``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from colligate.vocabulary import load
from training.reader.made import form_of
from training.reader.sample import COREFERENCE, NAMES, TIES, Mentioned, Sample, Stated

MAPPING: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("mapping.yaml").read_text(encoding="utf-8"))
_NO_SPACE_BEFORE = frozenset(",.;:!?)]}%'’”")
_NO_SPACE_AFTER = frozenset("([{“‘$")


def joined(sentences: Iterable[list[str]]) -> tuple[str, list[list[tuple[int, int]]], list[tuple[int, int]]]:
    """Tokens as text as it is usually written; where each token stands, and each sentence."""
    text, places, spans = "", [], []
    for words in sentences:
        row: list[tuple[int, int]] = []
        opened = False
        before = ""
        first = len(text)
        for word in words:
            glued = (
                not row
                or before in _NO_SPACE_AFTER
                or word[:1] in _NO_SPACE_BEFORE
                or before == "-"
                or word == "-"
            )
            if word == '"':
                glued = opened or not row
                opened = not opened
            elif before == '"' and opened:
                glued = True
            text += "" if glued else " "
            row.append((len(text), len(text) + len(word)))
            text += word
            before = word
        places.append(row)
        spans.append((first, len(text)))
        text += " "
    return text, places, spans


def re_docred(folder: Path) -> Iterator[Sample]:
    """Wikipedia articles with relations across sentences and coreference of names."""
    mapping, vocabulary = MAPPING["re-docred"], load()
    for number, raw in enumerate(json.loads((folder / "dev.json").read_text(encoding="utf-8"))):
        text, places, spans = joined(raw["sents"])
        mentions, kinds, where = [], {}, {}
        for entity, vertices in enumerate(raw["vertexSet"]):
            kind = mapping["kinds"].get(vertices[0]["type"])
            if kind is None:
                continue
            kinds[entity] = kind
            for vertex in vertices:
                row = places[vertex["sent_id"]]
                start, end = row[vertex["pos"][0]][0], row[vertex["pos"][1] - 1][1]
                taught = vertex["type"] not in mapping["passed"]
                mentions.append(Mentioned(start, end, kind, "name", f"v{entity}", taught))
                where.setdefault(entity, []).append((vertex["sent_id"], start, end))
        ties = []
        for label in raw["labels"]:
            mapped = mapping["relations"].get(label["r"])
            if mapped is None or label["h"] not in kinds or label["t"] not in kinds:
                continue
            one, two = (label["h"], label["t"]) if mapped[1] == "forward" else (label["t"], label["h"])
            if not vocabulary.ties[mapped[0]].allows(kinds[one], kinds[two]):
                continue
            near = min(
                ((abs(a[0] - b[0]), a, b) for a in where[one] for b in where[two]),
                default=None,
            )
            if near is not None and near[0] <= 2:
                start, end = min(near[1][1], near[2][1]), max(near[1][2], near[2][2])
                ties.append(Stated(mapped[0], f"v{one}", f"v{two}", start, end))
        yield Sample(
            f"re-docred-{number}", "re-docred", text, spans, frozenset({NAMES, TIES, COREFERENCE}),
            mentions, ties, types=frozenset(mapping["teaches"]),
        )  # fmt: skip


def knowledgenet(folder: Path) -> Iterator[Sample]:
    """Short passages with facts; only the properties annotated there say what is not so."""
    mapping = MAPPING["knowledgenet"]
    for number, line in enumerate((folder / "train.jsonl").read_text(encoding="utf-8").splitlines()):
        raw = json.loads(line)
        text = raw["passageText"]
        taught = [
            mapping["relations"][name][0]
            for name in raw["annotatedProperties"]
            if name in mapping["relations"]
        ]
        mentions: dict[tuple[int, int], Mentioned] = {}
        ties = []
        for fact in raw["facts"]:
            mapped = mapping["relations"].get(fact["property"])
            if mapped is None or not fact["offset_ok"]:
                continue
            ends = []
            for end, kind in zip(("subject", "object"), mapping["ends"][fact["property"]], strict=True):
                place = fact[f"{end}Start"], fact[f"{end}End"]
                if text[place[0] : place[1]] != fact[f"{end}Text"]:
                    break
                words = text[place[0] : place[1]]
                mention = Mentioned(*place, kind, form_of(words), f"m{place[0]}-{place[1]}")
                ends.append(mentions.setdefault(place, mention))
            if len(ends) == 2:
                one, two = ends if mapped[1] == "forward" else reversed(ends)
                start, stop = min(one.start, two.start), max(one.end, two.end)
                ties.append(Stated(mapped[0], one.actor, two.actor, start, stop))
        if len(mentions) > 1:
            yield Sample(
                f"knowledgenet-{number}", "knowledgenet", text, _sentences(text), frozenset({TIES}),
                sorted(mentions.values(), key=lambda m: (m.start, -m.end)), ties,
                types=frozenset(taught) or frozenset({"-"}),
            )  # fmt: skip


def re3d(folder: Path) -> Iterator[Sample]:
    """Documents on Syria and Iraq with entities and relations at character offsets."""
    mapping, vocabulary = MAPPING["re3d"], load()

    def rows(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines() if line]

    documents = {row["_id"]: row for row in rows("documents.jsonl")}
    entities: dict[str, list[dict[str, Any]]] = {}
    relations: dict[str, list[dict[str, Any]]] = {}
    for row in rows("entities.jsonl"):
        if row["confidence"] >= 0.5 and row["type"] in mapping["kinds"]:
            entities.setdefault(row["documentId"], []).append(row)
    for row in rows("relations.jsonl"):
        if row["confidence"] >= 0.5 and row["type"] in mapping["relations"]:
            relations.setdefault(row["documentId"], []).append(row)
    for key, document in documents.items():
        text = document["text"]
        mentions = {}
        for row in entities.get(key, []):
            kind = mapping["kinds"][row["type"]]
            place = row["begin"], row["end"]
            mentions.setdefault(
                place, Mentioned(*place, kind, form_of(row["value"]), f"{place[0]}-{place[1]}")
            )
        ties = []
        for row in relations.get(key, []):
            name, _ = mapping["relations"][row["type"]]
            one = mentions.get((row["sourceBegin"], row["sourceEnd"]))
            two = mentions.get((row["targetBegin"], row["targetEnd"]))
            if one is None or two is None:
                continue
            if name == "member_of" and one.kind == "organisation":
                name = "part_of"
            if vocabulary.ties[name].allows(one.kind, two.kind):
                ties.append(
                    Stated(name, one.actor, two.actor, min(one.start, two.start), max(one.end, two.end))
                )
        yield Sample(
            f"re3d-{key[:8]}", "re3d", text, _sentences(text), frozenset({TIES}),
            sorted(mentions.values(), key=lambda m: (m.start, -m.end)), ties, types=frozenset({"-"}),
        )  # fmt: skip


def _conllu(path: Path) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            row = line.split("\t")
            if row[0].isdigit():
                rows.append(row)
    if rows:
        yield rows


_OPEN = re.compile(r"\((\w+)-(\w+)-[^()]*|(\w+)\)")


def gum(folder: Path) -> Iterator[Sample]:
    """Documents of six genres with nested entities and coreference."""
    kinds = MAPPING["gum"]["kinds"]
    for path in sorted(folder.glob("*.conllu")):
        sentences = list(_conllu(path))
        text, spans, places = "", [], []
        for rows in sentences:
            first = len(text)
            for row in rows:
                places.append((len(text), len(text) + len(row[1])))
                text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
            spans.append((first, len(text.rstrip())))
            if not text.endswith(" "):
                text += " "
        stack: list[tuple[str, str, int]] = []
        mentions: dict[tuple[int, int], Mentioned] = {}
        at = 0
        for rows in sentences:
            for row in rows:
                entity = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
                # "(3-person-...-coref(4-place-...-sgl)3)": openings carry fields, closings the number only
                for match in re.finditer(r"\((\d+)-([a-z]+)[^()]*?(?=[()]|\Z)(\))?|(\d+)\)", entity):
                    if match[1]:
                        stack.append((match[1], match[2], at))
                        if match[3]:
                            _close(stack, match[1], at, places, text, kinds, mentions)
                    else:
                        _close(stack, match[4], at, places, text, kinds, mentions)
                at += 1
        counts: dict[str, int] = {}
        for mention in mentions.values():
            counts[mention.actor] = counts.get(mention.actor, 0) + 1
        yield Sample(
            path.stem, "gum", text, spans, frozenset({COREFERENCE}),
            sorted(mentions.values(), key=lambda m: (m.start, -m.end)),
        )  # fmt: skip


def _close(
    stack: list[tuple[str, str, int]], number: str, at: int, places: list[tuple[int, int]], text: str,
    kinds: dict[str, str], mentions: dict[tuple[int, int], Mentioned],
) -> None:  # fmt: skip
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0] == number:
            _, kind, first = stack.pop(depth)
            start, end = places[first][0], places[at][1]
            if kind in kinds and at - first < 12:
                words = text[start:end]
                mentions.setdefault(
                    (start, end), Mentioned(start, end, kinds[kind], form_of(words), number, taught=False)
                )
            return


def uner(folder: Path) -> Iterator[Sample]:
    """Sentences of the web with names of persons, organisations and places, ten in a sample."""
    kinds = MAPPING["uner"]["kinds"]
    held: list[tuple[list[str], list[str]]] = []
    for number, rows in enumerate(_conllu(folder / "train.iob2")):
        held.append(([row[1] for row in rows], [row[2] for row in rows]))
        if len(held) < 10:
            continue
        text, places, spans = joined([words for words, _ in held])
        mentions = []
        for sentence, (_, tags) in enumerate(held):
            for at, tag in enumerate(tags):
                if tag.startswith("B-") and tag[2:] in kinds:
                    last = at
                    while last + 1 < len(tags) and tags[last + 1] == f"I-{tag[2:]}":
                        last += 1
                    row = places[sentence]
                    mentions.append(Mentioned(row[at][0], row[last][1], kinds[tag[2:]], "name", ""))
        held = []
        if mentions:
            yield Sample(f"uner-{number}", "uner", text, spans, frozenset({NAMES}), mentions)


def external_samples(folder: Path) -> list[Sample]:
    """All of them."""
    return [
        *re_docred(folder / "re-docred"), *knowledgenet(folder / "knowledgenet"), *re3d(folder / "re3d"),
        *gum(folder / "gum"), *uner(folder / "uner-ewt"),
    ]  # fmt: skip


def _sentences(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in re.finditer(r"[.!?][\"'”)]*\s+(?=[\"'“(]?[A-Z])", text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


__all__ = ["external_samples", "gum", "joined", "knowledgenet", "re3d", "re_docred", "uner"]
