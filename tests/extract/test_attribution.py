from colligate.extract.attribution import attribution_for, attributions
from colligate.extract.base import Cluster, Naming, Reading
from colligate.extract.quotations import QuotationStage
from colligate.extract.sentences import SentenceStage
from colligate.extract.speeches import SpeechStage
from colligate.model import Document
from colligate.vocabulary import load as vocabulary


def read(text: str, **names: str) -> Reading:
    """The text with the given names (name="kind", underscores for spaces), read up to its speeches."""
    reading = Reading(Document("sha256:0", text, len(text), "text/plain", "test"), vocabulary())
    SentenceStage().run(reading)
    tokens = reading.tokens
    for words, kind in names.items():
        name = words.replace("_", " ")
        cluster = Cluster(len(reading.clusters), kind, name)
        reading.clusters.append(cluster)
        at = text.find(name)
        while at >= 0:
            first = tokens.start.index(at)
            last = tokens.end.index(at + len(name)) + 1
            reading.namings.append(Naming(first, last, at, at + len(name), kind, cluster=cluster.index))
            at = text.find(name, at + 1)
    reading.namings.sort(key=lambda n: n.first)
    QuotationStage().run(reading)
    SpeechStage().run(reading)
    return reading


def names(reading: Reading, words: str) -> list[str]:
    start = reading.document.text.index(words)
    end = start + len(words)
    trigger = reading.tokens.start.index(start)
    return [speech.speaker for speech in attribution_for(reading, start, end, trigger=trigger)]


def test_the_chain_runs_from_the_outside_in() -> None:
    reading = read(
        "Hana Brel wrote that unnamed officials said that Odar met Moreth in Velk.",
        Hana_Brel="person", Odar="person", Moreth="person", Velk="place",
    )  # fmt: skip
    assert names(reading, "met Moreth") == ["Hana Brel", "unnamed officials"]


def test_the_documents_own_voice_has_no_chain() -> None:
    reading = read("Odar met Moreth. Hana Brel said that Odar fled.", Hana_Brel="person", Odar="person")
    assert names(reading, "met Moreth") == []
    assert names(reading, "fled") == ["Hana Brel"]


def test_what_follows_a_semicolon_is_not_said_by_the_speaker() -> None:
    reading = read("Hana Brel said that Odar fled; Moreth stayed.", Hana_Brel="person", Odar="person")
    assert names(reading, "fled") == ["Hana Brel"]
    assert names(reading, "stayed") == []


def test_nor_what_follows_but_with_a_comma() -> None:
    reading = read("Hana Brel said that Odar fled, but Moreth stayed.", Hana_Brel="person", Odar="person")
    assert names(reading, "stayed") == []


def test_without_a_trigger_half_of_the_characters_must_be_said() -> None:
    reading = read("Hana Brel said that Odar fled to Velk.", Hana_Brel="person", Odar="person")
    text = reading.document.text
    assert len(attribution_for(reading, text.index("Odar"), len(text) - 1)) == 1
    assert attribution_for(reading, 0, 9) == ()


def test_unnamed_speakers_stay_unnamed_and_named_ones_get_their_actor() -> None:
    reading = read("Hana Brel wrote that unnamed officials said that Odar met Moreth.", Hana_Brel="person")
    text = reading.document.text
    chain = attribution_for(reading, text.index("met"), len(text), trigger=reading.tokens.lower.index("met"))
    made = attributions(chain, lambda naming: (f"actor-{naming}", "Hana Brel"))
    assert [(a.name, a.actor_id) for a in made] == [("Hana Brel", "actor-0"), ("unnamed officials", "")]
    assert attributions(chain)[0].actor_id == ""


def test_a_pronoun_speaks_for_the_speaker_before_it() -> None:
    reading = read("Hana Brel said that Odar fled. She added that Moreth stayed.", Hana_Brel="person")
    assert names(reading, "stayed") == ["Hana Brel"]


def test_a_quotation_goes_on_over_sentences() -> None:
    reading = read("“Odar fled to Velk. Moreth stayed at home”, Hana Brel said.", Hana_Brel="person")
    assert names(reading, "stayed") == ["Hana Brel"]
    assert reading.speeches[0].form == "direct"
