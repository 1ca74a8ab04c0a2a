from collections.abc import Iterable
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from colligate.extract.aliases import is_alias_cue
from colligate.extract.base import Cluster, Naming, Reading
from colligate.extract.bodies import state_of
from colligate.extract.clusters import ClusterStage
from colligate.extract.names import NameStage
from colligate.extract.sentences import SentenceStage
from colligate.model import Document
from colligate.vocabulary import load

_DATA = files("colligate.extract") / "data"
_CUES = yaml.safe_load((_DATA / "alias_cues.yaml").read_text(encoding="utf-8"))
_HEADS = yaml.safe_load((_DATA / "nominals_heads.yaml").read_text(encoding="utf-8"))
_CAPITALS = yaml.safe_load((_DATA / "nominals_capitals.yaml").read_text(encoding="utf-8"))


def clustered(text: str, mentions: Iterable[tuple[str, str]]) -> Reading:
    """The reading of ``text`` with ``mentions`` (words, kind) marked in order, and clustered."""
    reading = Reading(Document("sha256:0", text, len(text), "text/plain", "test"), load())
    SentenceStage().run(reading)
    at = 0
    for words, kind in mentions:
        start = text.index(words, at)
        at = start + len(words)
        first = next(n for n, end in enumerate(reading.tokens.end) if end > start)
        last = next(n for n, end in enumerate(reading.tokens.end) if end >= at) + 1
        adjective = kind.endswith(" adjective")
        reading.namings.append(
            Naming(first, last, start, at, kind.removesuffix(" adjective"), adjective=adjective)
        )
    ClusterStage().run(reading)
    return reading


def forms(reading: Reading) -> list[set[str]]:
    return [{cluster.name, *cluster.aliases} for cluster in reading.clusters]


def of(reading: Reading, number: int) -> Cluster:
    return reading.clusters[reading.namings[number].cluster]


def _braced(example: str, kind: str) -> tuple[str, list[tuple[str, str]]]:
    names = [part.split("}")[0] for part in example.split("{")[1:]]
    return example.replace("{", "").replace("}", ""), [(name, kind) for name in names]


@pytest.mark.parametrize("example", _CUES["examples"])
def test_names_that_the_text_gives_as_one_are_one(example: str) -> None:
    kind = "person" if "Torvan" in example else "organisation"
    assert len(clustered(*_braced(example, kind)).clusters) == 1


@pytest.mark.parametrize("example", _CUES["not_examples"])
def test_names_side_by_side_stay_two(example: str) -> None:
    assert len(clustered(*_braced(example, "person")).clusters) == 2


@pytest.mark.parametrize("cue", _CUES["cues"])
def test_every_cue_is_found_between_two_names(cue: str) -> None:
    assert is_alias_cue(f", {cue} ")
    assert is_alias_cue(f" ({cue} “")


@pytest.mark.parametrize(("long", "short"), _HEADS["examples"])
def test_words_that_tell_nobody_apart_do_not_part_a_cluster(long: str, short: str) -> None:
    place = bool(state_of(short))
    text = f"Men of {long} were seen. Later {short} was named again."
    reading = clustered(text, [(long, "organisation"), (short, "place" if place else "organisation")])
    assert len(reading.clusters) == 1


@pytest.mark.parametrize("example", _CAPITALS["examples"], ids=lambda example: str(example["text"]))
def test_a_capital_stands_for_its_state_only_where_it_acts(example: dict[str, str]) -> None:
    country = {"Islamabad": "Pakistan", "Washington": "the United States"}[example["capital"]]
    text = f"The camp lay in {country}. {example['text']}"
    reading = clustered(text, [(country.removeprefix("the "), "place"), (example["capital"], "place")])
    assert (of(reading, 1) is of(reading, 0)) is bool(example["acts"])


def test_full_names_short_names_and_spellings_are_one_person() -> None:
    text = (
        "Muhammad Torvan met Orel Vosk. Torvan left. Mohamed Torvan returned."
        " Mr. Vosk and President Torvan spoke."
    )
    persons = ["Muhammad Torvan", "Orel Vosk", "Torvan", "Mohamed Torvan", "Vosk", "Torvan"]
    reading = clustered(text, [(name, "person") for name in persons])
    assert forms(reading) == [{"Muhammad Torvan", "Torvan", "Mohamed Torvan"}, {"Orel Vosk", "Vosk"}]


def test_two_persons_with_one_family_name_stay_two_and_the_short_name_goes_to_the_nearer() -> None:
    text = "Orel Torvan led it. Years passed. Many died. Nobody knew why. Marek Torvan came. Torvan won."
    reading = clustered(text, [(n, "person") for n in ("Orel Torvan", "Marek Torvan", "Torvan")])
    assert len(reading.clusters) == 2
    assert of(reading, 2).name == "Marek Torvan"


def test_one_kunya_or_one_nisba_makes_no_one_person() -> None:
    names = ("Abu Velk al-Ordani", "Abu Samir al-Ordani", "Abu Velk al-Telmi")
    reading = clustered("Men: {}, {} and {} came.".format(*names), [(name, "person") for name in names])
    assert len(reading.clusters) == 3


def test_a_longer_name_is_another_person() -> None:
    text = "Hamid Torvan met Hamid Torvan Khan in Telm."
    reading = clustered(text, [("Hamid Torvan", "person"), ("Hamid Torvan Khan", "person")])
    assert len(reading.clusters) == 2


def test_a_ruler_is_no_one_whose_family_name_is_his_given_name() -> None:
    text = "Saddar Orvan ruled. King Orvan wrote to him."
    reading = clustered(text, [("Saddar Orvan", "person"), ("Orvan", "person")])
    assert len(reading.clusters) == 2


def test_spellings_and_acronym_of_an_organisation() -> None:
    text = "Lashkar-eVelkan (LEV) grew. Lashkar i Velkan split. LEV fighters and Lashkar-e-Velkan fought."
    found = ["Lashkar-eVelkan", "LEV", "Lashkar i Velkan", "LEV", "Lashkar-e-Velkan"]
    reading = clustered(text, [(name, "organisation") for name in found])
    assert len(reading.clusters) == 1
    assert reading.clusters[0].name in {"Lashkar-e-Velkan", "Lashkar i Velkan"}


def test_one_acronym_of_two_groups_goes_to_the_one_defined_before_it() -> None:
    text = (
        "Amber Velk Brigades (AVB)\nAlso known as: Velk Guard\nThe AVB fled.\n\n"
        "Azure Vosk Band (AVB)\nAlso known as: Vosk Guard\nThe AVB fought."
    )
    found = ["Amber Velk Brigades", "AVB", "Velk Guard", "AVB", "Azure Vosk Band", "AVB", "Vosk Guard", "AVB"]
    reading = clustered(text, [(name, "organisation") for name in found])
    assert [of(reading, n).name for n in range(8)] == ["Amber Velk Brigades"] * 4 + ["Azure Vosk Band"] * 4


def test_a_country_its_adjective_and_its_government_are_one_place() -> None:
    text = "Mali asked. The Malian government met Malian envoys."
    mentions = [("Mali", "place"), ("Malian government", "organisation"), ("Malian", "place adjective")]
    reading = clustered(text, mentions)
    assert [(c.kind, c.name) for c in reading.clusters] == [("place", "Mali")]


def test_the_kind_of_a_name_is_that_of_most_of_its_mentions() -> None:
    text = "Velk came. Velk fought. Velk lost."
    reading = clustered(text, [("Velk", "organisation"), ("Velk", "person"), ("Velk", "organisation")])
    assert [cluster.kind for cluster in reading.clusters] == ["organisation"]
    assert {naming.kind for naming in reading.namings} == {"organisation"}


_POOL = [
    "Orel Torvan",
    "Torvan",
    "Marek Torvan",
    "Velk Front",
    "VF",
    "Velk Front (VF)",
    "Mali",
    "Malian",
    "Abu Velk",
    "Orel",
]
_KINDS = st.sampled_from(["person", "organisation", "place", "community"])


@given(st.lists(st.tuples(st.sampled_from(_POOL), _KINDS), max_size=12))
def test_every_mention_is_in_exactly_one_cluster(mentions: list[tuple[str, str]]) -> None:
    text = "Seen: " + " and ".join(name for name, _ in mentions) + "."
    reading = clustered(text, mentions)
    held = [at for cluster in reading.clusters for at in cluster.namings]
    assert sorted(held) == list(range(len(mentions)))
    for cluster in reading.clusters:
        assert all(reading.namings[at].cluster == cluster.index for at in cluster.namings)
        assert cluster.name not in cluster.aliases


def test_an_acronym_that_spells_one_name_is_that_name() -> None:
    text = "The Velk Ordan Front fought. The VOF lost. The KLM flew."
    reading = clustered(text, [(n, "organisation") for n in ("Velk Ordan Front", "VOF", "KLM")])
    assert forms(reading) == [{"Velk Ordan Front", "VOF"}, {"KLM"}]


def test_a_suffix_hung_on_a_name_is_no_actor() -> None:
    text = "The VLF–PA fought. The VLF–PA lost. The VLF ended."
    found = ["VLF", "PA", "VLF", "PA", "VLF"]
    assert len(clustered(text, [(name, "organisation") for name in found]).clusters) == 1


def test_an_acronym_in_brackets_after_two_names_joins_neither_to_the_other() -> None:
    text = "The Velk Front (QZX) fought. The Vosk Guard (QZX) fled. The QZX came back."
    found = ["Velk Front", "QZX", "Vosk Guard", "QZX", "QZX"]
    reading = clustered(text, [(name, "organisation") for name in found])
    assert [of(reading, n).name for n in range(5)] == ["Velk Front"] * 2 + ["Vosk Guard"] * 3


def test_an_adjective_of_a_place_that_no_list_knows_is_that_place() -> None:
    reading = clustered(
        "Telmar paid. The Telmaran police came.", [("Telmar", "place"), ("Telmaran", "place adjective")]
    )
    assert forms(reading) == [{"Telmar", "Telmaran"}]


def test_of_two_full_names_the_one_counts_that_the_short_name_spells() -> None:
    text = (
        "The Velk Ordan Army (VOA), also known as Faith Front, grew. Faith Front. Faith Front. VOA. VOA. VOA."
    )
    marked = [("Velk Ordan Army", "organisation"), ("VOA", "organisation")]
    marked += [("Faith Front", "organisation")] * 3 + [("VOA", "organisation")] * 3
    assert of(clustered(text, marked), 0).name == "Velk Ordan Army"
    assert len(clustered(text, marked).clusters) == 1


def stage_clusters(text: str) -> list[set[str]]:
    reading = Reading(Document("sha256:0", text, len(text), "text/plain", "test"), load())
    for stage in (SentenceStage(), NameStage(), ClusterStage()):
        stage.run(reading)
    return forms(reading)


def test_a_head_noun_alone_is_the_one_body_that_has_it() -> None:
    text = (
        "The Council of Lake Towns met the Velk Front and the Ordan Front. The Council and the Front agreed."
    )
    found = stage_clusters(text)
    assert {"Council of Lake Towns", "Council"} in found
    assert {"Front"} in found  # both Fronts are at hand, so that nothing says which is meant


def test_of_several_bodies_a_head_noun_alone_is_the_one_at_hand() -> None:
    text = "The Velk Front met the Ordan Front. It rained. It froze. It was. The Ordan Front left the Front."
    found = stage_clusters(text)
    assert {"Ordan Front", "Front"} in found
    assert {"Velk Front"} in found


def test_an_acronym_is_the_name_that_it_stands_behind_and_not_the_people_inside_that_name() -> None:
    text = "The Ordanian Defence League (ODL) armed Ordanian youths. The ODL struck, and Ordanians fled."
    reading = Reading(Document("sha256:0", text, len(text), "text/plain", "test"), load())
    SentenceStage().run(reading)
    mentions = (("Ordanian Defence League", "organisation", 0), ("Ordanian", "community", 0))
    later = (("ODL", "organisation", 20), ("Ordanian", "community", 30), ("ODL", "organisation", 50))
    for words, kind, after in (*mentions, *later, ("Ordanians", "community", 60)):
        start = text.index(words, after)
        first = reading.tokens.start.index(start)
        last = reading.tokens.end.index(start + len(words)) + 1
        inner = (words, after) == ("Ordanian", 0)
        reading.namings.append(Naming(first, last, start, start + len(words), kind, head=not inner))
    ClusterStage().run(reading)
    league = {naming.cluster for at, naming in enumerate(reading.namings) if at in {0, 2, 4}}
    assert len(league) == 1
    assert league.isdisjoint(reading.namings[at].cluster for at in (1, 3, 5))


def test_a_bracket_that_lists_the_parts_of_a_movement_gives_it_no_other_name() -> None:
    text = "The Reform Movement (VLA and Orsan Wing) met. The VLA struck."
    kinds = [(words, "organisation") for words in ("Reform Movement", "VLA", "Orsan Wing", "VLA")]
    reading = clustered(text, kinds)
    assert of(reading, 0) is not of(reading, 1)


def test_bodies_a_first_vowel_apart_and_a_place_that_is_nearly_a_country_stay_two() -> None:
    text = "The Amber Brigade fights the Ember Brigade. Sera reported from Syria."
    reading = clustered(
        text,
        [
            ("Amber Brigade", "organisation"),
            ("Ember Brigade", "organisation"),
            ("Sera", "place"),
            ("Syria", "place"),
        ],
    )
    assert len(reading.clusters) == 4


def test_a_title_that_is_also_a_given_name_makes_nobody_his_namesake() -> None:
    text = "Sayyid Torvan wrote. Hasan Torvan taught."
    people = [("Sayyid Torvan", "person"), ("Hasan Torvan", "person")]
    assert len(clustered(text, people).clusters) == 2
    text = "Sayyid Hasan Torvan wrote. Later Sayyid Torvan taught."
    assert (
        len(clustered(text, [("Sayyid Hasan Torvan", "person"), ("Sayyid Torvan", "person")]).clusters) == 1
    )


def test_an_acronym_defined_for_a_name_and_its_translation_joins_both() -> None:
    text = (
        "The Popular Armed Forces of Velkia (FAPV) rose. Fuerzas Armadas Populares de Velkia (FAPV) signed. "
        "The FAPV–RT left; the letters RT were added later."
    )
    names = ("Popular Armed Forces of Velkia", "FAPV", "Fuerzas Armadas Populares de Velkia", "FAPV")
    reading = clustered(text, [(name, "organisation") for name in (*names, "FAPV–RT", "RT")])
    assert len({naming.cluster for naming in reading.namings[:4]}) == 1
    assert reading.namings[4].cluster == reading.namings[5].cluster


def test_a_given_name_alone_must_sound_the_same() -> None:
    text = "Tommy Torvan sang. Time left. Tommy stayed."
    reading = clustered(text, [("Tommy Torvan", "person"), ("Time", "person"), ("Tommy", "person")])
    assert forms(reading) == [{"Tommy Torvan", "Tommy"}, {"Time"}]
