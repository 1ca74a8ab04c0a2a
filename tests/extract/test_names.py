"""Names in invented text: which words, of which kind. Every example of titles and particles is run."""

import pytest

from colligate.extract.base import Naming, Reading
from colligate.extract.names import NameStage
from colligate.extract.names_data import rows, words
from colligate.extract.sentences import SentenceStage
from colligate.model import Document
from colligate.vocabulary import load


def reading(text: str) -> Reading:
    made = Reading(Document("sha256:0", text, len(text), "text/plain", "test"), load())
    SentenceStage().run(made)
    NameStage().run(made)
    return made


def names(text: str, *, form: str = "name", heads: bool = True) -> list[tuple[str, str]]:
    return [
        (" ".join(text[n.start : n.end].split()), n.kind)
        for n in reading(text).namings
        if n.form == form and (n.head or not heads)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Islamic State's Wilayat Velk struck.",
         [("Islamic State", "organisation"), ("Wilayat Velk", "organisation")]),
        ("Law 002 was passed, and Decree 14.", [("Decree 14", "work")]),
        ("He headed Counterterrorism and Counterintelligence.", []),
        ("Orsan said that Anti-Arabism grew.", [("Orsan", "person")]),
        ("General Prism came. Prism spoke.", [("Prism", "person"), ("Prism", "person")]),
        ("In May, Tarek Orsan joined the Velk Liberation Front.",
         [("Tarek Orsan", "person"), ("Velk Liberation Front", "organisation")]),
        ("They met the Popular Front for the Defence of Velk and Sadik Orsan.",
         [("Popular Front for the Defence of Velk", "organisation"), ("Sadik Orsan", "person")]),
        ("He joined the Party of Unity and Progress.", [("Party of Unity and Progress", "organisation")]),
        ("The Velk Economic and Monetary Union paid.",
         [("Velk Economic and Monetary Union", "organisation")]),
        ("The Workers' Army and the People's Front of Velk merged.",
         [("Workers' Army", "organisation"), ("People's Front of Velk", "organisation")]),
        ("Harakat-e-Velk was led by Abu Orsan al-Velki.",
         [("Harakat-e-Velk", "organisation"), ("Abu Orsan al-Velki", "person")]),
        ("Lashkar-eVelk was led by J. M. Orsan.",
         [("Lashkar-eVelk", "organisation"), ("J. M. Orsan", "person")]),
        ("General Tarek Orsan and Mullah Sadik Velki met.",
         [("Tarek Orsan", "person"), ("Mullah Sadik Velki", "person")]),
        ("He praised the Velk Front Secretary General Tarek Orsan.",
         [("Velk Front", "organisation"), ("Tarek Orsan", "person")]),
        ("The General Union of Velk Miners met.", [("General Union of Velk Miners", "organisation")]),
        ("The March 8 Alliance and the 2 June Movement split.",
         [("March 8 Alliance", "organisation"), ("2 June Movement", "organisation")]),
        ("Fighters fled to Khaldan camp in northern Mali.",
         [("Khaldan camp", "place"), ("northern Mali", "place")]),
        ("The Battle of Velk and the Lebanese civil war are studied.",
         [("Battle of Velk", "event"), ("Lebanese civil war", "event")]),
        ("He wrote a book titled “The Orsan Way” in Velk.", [("The Orsan Way", "work"), ("Velk", "place")]),
        ("They fled after the 9/11 attacks.", [("9/11 attacks", "event")]),
        ("The 33 Velk Squadron and the 5th Velk Regiment came.",
         [("33 Velk Squadron", "organisation"), ("5th Velk Regiment", "organisation")]),
        ("Most of the Provisional VLF stayed.", [("Provisional VLF", "organisation")]),
        ("They stayed in Côte d’Ordan.", [("Côte d’Ordan", "place")]),
        ("Tourism Minister Tarek Orsan left.", [("Tarek Orsan", "person")]),
        ("They took Kidal, Velkar and Gao.", [("Kidal", "place"), ("Velkar", "place"), ("Gao", "place")]),
        ("The Velk Agreement was signed.", [("Velk Agreement", "work")]),
        ("A. Velk Liberation Front\n\nB. Sons of the Telm", [("Velk Liberation Front", "organisation"),
         ("Sons of the Telm", "organisation")]),
        ("A. Orsan wrote it. Bin Velki had not.", [("A. Orsan", "person"), ("Bin Velki", "person")]),
        ("The VLF–EP and the VLF-EP met.", [("VLF–EP", "organisation"), ("VLF-EP", "organisation")]),
        ("The FREE FORCES OF VELK — PEOPLE'S ARMY (FARC–EP) fought here for ten years.",
         [("FREE FORCES OF VELK — PEOPLE'S ARMY", "organisation"), ("FARC–EP", "organisation")]),
        ("- Al-Qaeda in Ordan\n\n- Al-Qaeda in the Lands Beyond the Velk\n\n- Al-Qaeda in Velk and Ordan",
         [("Al-Qaeda in Ordan", "organisation"), ("Al-Qaeda in the Lands Beyond the Velk", "organisation"),
          ("Al-Qaeda in Velk and Ordan", "organisation")]),
        ("He left the US Department of Justice.", [("US Department of Justice", "organisation")]),
        ("The Sons of the Telm, also known as Zad-e-Nahran, met.", [("Sons of the Telm", "organisation"),
         ("Zad-e-Nahran", "organisation")]),
        ("He went from Kelv to Tarn, a village in Orm.",
         [("Kelv", "place"), ("Tarn", "place"), ("Orm", "place")]),
        ("Rakhine Buddhists fled in the Cold War.",
         [("Rakhine Buddhists", "community"), ("Cold War", "event")]),
        ("The Velk League on the Global List met.", [("Velk League", "organisation"),
         ("Global List", "work")]),
        ("The Velk Commission on Human Rights met.", [("Velk Commission on Human Rights", "organisation")]),
        ("They fled Southern Lebanon to the al-Naim roundabout.", [("Southern Lebanon", "place"),
         ("al-Naim", "place")]),
        ("The authorities of Kelv paid. They like Tarn’s border.", [("Kelv", "place"), ("Tarn", "place")]),
    ],
)  # fmt: skip
def test_names_and_their_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "However, the men left. They stayed. In May it rained. Hard times came.",
        "It happened on Monday in March and again in April.",
        "He said: “They will go. We stay.”",
        "The men left - The women stayed.",
    ],
)
def test_words_written_with_a_capital_only_for_their_place_are_no_names(text: str) -> None:
    assert names(text) == []


def test_of_a_headings_words_those_are_names_that_the_text_uses_as_names() -> None:
    text = "Rifts among the Armed Groups of Velk\n\nOrsan Moves North\n\nIn 2001 Tarek Orsan left with Orsan."
    assert names(text) == [("Orsan", "person"), ("Tarek Orsan", "person"), ("Orsan", "person")]
    ran_in = "Lost Trail After the bombing, Tarek Orsan saw the Velk Front leave the town for ever."
    assert names(ran_in) == [("Tarek Orsan", "person"), ("Velk Front", "organisation")]
    assert names("Velk Freedom Column\n\nThe Velk Freedom Column left.")[0][0] == "Velk Freedom Column"


@pytest.mark.parametrize(
    "text",
    [
        "He wrote The Ridge and the River. The ridge is high and the river is deep.",
        "One Member State reported it.",
        "He spoke of Orsanism to them.",
        "It is about Command in the mountains.",
    ],
)
def test_common_words_with_a_capital_are_no_names(text: str) -> None:
    assert names(text) == names(text, form="nominal") == []


@pytest.mark.parametrize("word", sorted(words("name_papers.txt")))
def test_a_numbered_paper_is_no_part_of_its_publishers_name(word: str) -> None:
    assert names(f"It is in Velk Centre {word.title()} No. 14.")[0] == ("Velk Centre", "organisation")


def test_a_dateline_is_a_place() -> None:
    assert names("VELKAR – Four men left.\n\nVelkar was quiet. They saw the Velkar market.")[0] == (
        "VELKAR",
        "place",
    )


def test_the_documents_own_use_decides_on_the_first_word_of_a_sentence() -> None:
    assert names("Hard times came to the men.") == []
    assert ("Hard", "person") in names("The men of Hard left. Hard said that he knew.")


@pytest.mark.parametrize(("title", "keep", "example"), [tuple(row[:3]) for row in rows("titles.tsv")])
def test_titles_do_as_their_examples_say(title: str, keep: str, example: str) -> None:
    text = f"Later {example} left. Tarek Orsan never came back."
    expected = example if keep == "keep" else "Orsan"
    assert names(text)[0] == (expected, "person"), title


def test_a_title_stays_where_the_text_gives_no_other_name() -> None:
    assert names("Later General Orsan left.") == [("General Orsan", "person")]


@pytest.mark.parametrize(("particle", "where", "example"), [tuple(row[:3]) for row in rows("particles.tsv")])
def test_particles_join_as_their_examples_say(particle: str, where: str, example: str) -> None:
    assert names(f"They say that {example} did it.")[0][0] == example


@pytest.mark.parametrize(
    ("head", "national", "example"), [(r[0], r[3], r[4]) for r in rows("name_collectives.tsv") if r[4]]
)
def test_collectives_do_as_their_examples_say(head: str, national: str, example: str) -> None:
    found = names(f"They say that the {example} came to stay.", form="nominal")
    assert [name for name, _ in found] == [example], head
    if example.startswith("Malian "):
        assert found[0][1] == national


@pytest.mark.parametrize(("head", "kind", "example"), [tuple(r[:3]) for r in rows("name_heads.tsv") if r[2]])
def test_head_nouns_do_as_their_examples_say(head: str, kind: str, example: str) -> None:
    assert names(f"They saw the {example} at the time.") == [(example, kind)], head


@pytest.mark.parametrize(("word", "part", "kind", "example"), [tuple(r[:4]) for r in rows("name_small.tsv")])
def test_small_words_complete_names_as_their_examples_say(
    word: str, part: str, kind: str, example: str
) -> None:
    text = f"Later General Tarek Orsan said that he went to Velk. In Velk they spoke of the {example} again."
    if part == "after_place":
        text = text.replace("the ", "")
    assert (example, kind) in names(text), word


def test_a_surname_has_the_kind_of_the_full_name() -> None:
    text = "Tarek Orsan said that he would go. The men of Orsan stayed. Orsan left."
    assert {kind for name, kind in names(text) if name == "Orsan"} == {"person"}


def test_an_acronym_that_the_text_defines_has_its_long_names_kind() -> None:
    found = names("The Accord of Velk and Ordan (AVO) came late. The AVO failed.")
    assert found[0][1] == "work"
    assert {kind for name, kind in found if name == "AVO"} == {"work"}


def test_demonyms_are_adjectives_and_peoples_are_communities() -> None:
    found = {(n.kind, n.adjective) for n in reading("A Pakistani town.").namings}
    assert found == {("place", True)}
    assert names("The Tuaregs and the Pakistanis stayed.") == [
        ("Tuaregs", "community"),
        ("Pakistanis", "community"),
    ]


@pytest.mark.parametrize(
    ("adjective", "place", "alone"), [(r[2], r[3], r[4]) for r in rows("name_adjectives.tsv")]
)
def test_adjectives_of_unknown_places_do_as_their_examples_say(
    adjective: str, place: str, alone: str
) -> None:
    told = reading(f"They never took money. {place} paid. The {adjective} police came. {place} fell.").namings
    assert [(n.kind, n.adjective) for n in told if n.form == "name"] == [
        ("place", False), ("place", True), ("place", False),
    ]  # fmt: skip
    lone = reading(f"They met the {adjective} elders at dawn.").namings
    if alone != "no":
        assert [(n.kind, n.adjective) for n in lone if n.form == "name"] == [("community", True)]


def test_a_person_is_no_place_though_a_word_looks_like_its_adjective() -> None:
    found = reading("Tarek Orsan left. The Orsanian police came. Orsan never came back.").namings
    assert {n.kind for n in found if n.last - n.first == 1 and not n.adjective and n.form == "name"} == {
        "person"
    }


def test_small_words_are_never_list_matches() -> None:
    assert names("they were in reading, nice and mobile, as hamas and shining path.") == []


def test_nested_mentions_are_flagged() -> None:
    found = [(n.head, n.kind) for n in reading("The Kabul University burned.").namings]
    assert found == [(True, "organisation"), (False, "place")]


def test_namings_stand_where_they_say_and_in_order() -> None:
    text = "“Velk\nFront” fighters, the Malian army and Abu Orsan\nal-Velki met in Kabul."
    made = reading(text)
    assert [n.start for n in made.namings] == sorted(n.start for n in made.namings)
    for naming in made.namings:
        assert made.tokens.start[naming.first] == naming.start
        assert made.tokens.end[naming.last - 1] == naming.end
        assert text[naming.start : naming.end].strip()


def test_a_heading_in_capitals_gives_listed_names_only() -> None:
    assert names("AL QAEDA AIMS AT THE HOMELAND") == [("AL QAEDA", "organisation")]


def test_reading_twice_gives_the_same() -> None:
    text = "The Velk Front (VF) fought the Malian army near Kabul. Orsan left the VF."
    first, second = reading(text), reading(text)
    assert first.namings == second.namings


def test_no_text_no_namings() -> None:
    empty: list[Naming] = []
    assert reading("").namings == empty


def test_a_common_word_beside_a_known_name_is_cut_off() -> None:
    text = "Tarek Orsan left. Orsan came. Orsan fell. Then Orsan was determined. “Orsan Determined to Win”"
    assert ("Orsan", "person") in names(text)
    assert all("Determined" not in name for name, _ in names(text))
    real = "The VLF left. The VLF came. The VLF fell. It is real. They saw the Real VLF there."
    assert ("Real VLF", "organisation") in names(real)


def test_a_person_holds_no_town() -> None:
    found = reading("They met Kabul Orsan and Tarek Kabul, and saw the University of Kabul.").namings
    assert [n.kind for n in found if not n.head] == ["place"]
