"""Notes on real texts: what they say is found in the text, and what they keep of it are places alone."""

import json
from pathlib import Path

import pytest
from training.made import Faults
from training.noted import compiled, digest
from training.notes import numbered, read

NUMBERED = """[1] Idris ag Marlo founded the Dune Guard in Kidal in 2009 with money from his cousin Soule.

[2] According to local elders, the group attacked the Ansar Tirek brigade.
[3] Marlo and Soule fled; they met Marlo's brother.
"""
NOTES = """p1 Idris ag Marlo | Marlo
p2 Soule
p3 Marlo's brother
g1 Dune Guard
g2 Ansar Tirek brigade | Ansar Tirek
l1 Kidal
c1 local elders

@1
~ his=p1
= founder_of p1 g1 | founded | when=2009
! founding | founded | founder=p1 subject=g1 place=l1 when=2009
@2
~ the group=g1
= opposed g1 g2 | attacked | by=c1
@3
~ they=p1+p2
= met p1 p3 | met
"""
STRETCH = (
    NUMBERED.replace("[1] ", "").replace("[2] ", "").replace("[3] Marlo", "Marlo").replace("2009", "2009[12]")
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    text, notes = tmp_path / "a.txt", tmp_path / "a.notes"
    text.write_text(NUMBERED, encoding="utf-8")
    notes.write_text(NOTES, encoding="utf-8")
    return text, notes


def test_names_are_found_wherever_they_stand_and_marks_where_they_are_put(files: tuple[Path, Path]) -> None:
    noted = read(*files)
    said = [(noted.text[m.start : m.end], "+".join(m.ids)) for m in noted.mentions]
    assert said == [
        ("Idris ag Marlo", "p1"),
        ("Dune Guard", "g1"),
        ("Kidal", "l1"),
        ("his", "p1"),
        ("Soule", "p2"),
        ("local elders", "c1"),
        ("the group", "g1"),
        ("Ansar Tirek brigade", "g2"),
        ("Marlo", "p1"),
        ("Soule", "p2"),
        ("they", "p1+p2"),
        ("Marlo's brother", "p3"),
        ("Marlo", "p1"),
    ]


def test_paragraphs_and_sentences_are_kept(files: tuple[Path, Path]) -> None:
    noted = numbered(files[0])
    assert len(noted.sentences) == 3
    assert "Soule.\n\nAccording" in noted.text
    assert [noted.text[a:b][:9] for a, b in noted.sentences] == ["Idris ag ", "According", "Marlo and"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("= founder_of p1 l1 | founded", "does not join person to place"),
        ("= founder_of p1 g9 | founded", "g9 is not in the list of actors"),
        ("= adores p1 g1 | founded", "no tie adores"),
        ("= founder_of p1 g1 | invented", "does not say 'invented'"),
        ("= founder_of p1 g1 | founded | when=soon", "soon"),
        ("! founding | founded | instrument=g1", "no role or option"),
        ("= founder_of p1 g1 | founded #0", "does not say"),
        ("= founder_of p1 g1 | founded #2", "does not say 'founded' 2 times"),
        ("= founder_of p1 g1 | founded | level=certain", "no level certain"),
        ("! founding | founded | founder=p1 outcome=splendid", "no outcome splendid"),
        ("~ his p1", "is not 'words=id'"),
        ("@9", "no such sentence"),
        ("g7 Blue Hand", "does not name"),
        ("nonsense", "a line begins with"),
    ],
)
def test_a_fault_is_told_with_its_line(files: tuple[Path, Path], line: str, said: str) -> None:
    text, notes = files
    notes.write_text(NOTES.split("@2", maxsplit=1)[0] + line + "\n", encoding="utf-8")
    faults = Faults()
    read(text, notes, faults)
    assert len(faults) == 1
    assert said in faults[0]
    assert faults[0].startswith("a.notes:13:")
    with pytest.raises(ValueError, match=r"a\.notes:13"):
        read(text, notes)


def test_what_is_compiled_holds_places_and_no_words(files: tuple[Path, Path]) -> None:
    noted = read(*files)
    line = compiled(noted, {"id": "a", "file": "A.txt", "start": 10, "end": 10 + len(STRETCH)}, STRETCH)
    assert line["digest"] == digest(STRETCH)
    assert [(STRETCH[start:end], ids) for start, end, ids, _ in line["mentions"]] == [
        (noted.text[m.start : m.end], "+".join(m.ids)) for m in noted.mentions
    ]
    forms = {STRETCH[start:end]: form for start, end, _, form in line["mentions"]}
    assert (forms["Kidal"], forms["his"], forms["the group"]) == ("name", "pronoun", "nominal")
    tie = line["ties"][1]
    assert (tie[:3], STRETCH[tie[3] : tie[4]], tie[5:]) == (
        ["opposed", "g1", "g2"],
        "attacked",
        ["", "asserted", ["c1"]],
    )
    kept = json.dumps(line)
    assert "Marlo" not in kept
    assert "founded" not in kept


def test_notes_on_another_text_are_refused(files: tuple[Path, Path]) -> None:
    place = {"id": "a", "file": "A.txt", "start": 0, "end": 9}
    with pytest.raises(ValueError, match="differs near"):
        compiled(read(*files), place, STRETCH.replace("founded", "refounded"))


def test_in_a_text_in_small_letters_the_list_says_what_is_a_name(tmp_path: Path) -> None:
    text, notes = tmp_path / "b.txt", tmp_path / "b.notes"
    text.write_text("[1] the eln attacked peasants near arauca and its men fled.\n", encoding="utf-8")
    notes.write_text("g1 eln\nc1 peasants\nl1 arauca\n@1\n~ its=g1 ; its men=g1\n", encoding="utf-8")
    noted = read(text, notes)
    line = compiled(noted, {"id": "b", "file": "B.txt", "start": 0, "end": 0}, noted.text)
    assert [(noted.text[a:b], form) for a, b, _, form in line["mentions"]] == [
        ("eln", "name"),
        ("peasants", "nominal"),
        ("arauca", "name"),
        ("its men", "nominal"),
        ("its", "pronoun"),
    ]


def test_notes_on_a_text_that_was_cut_short_are_refused(files: tuple[Path, Path]) -> None:
    place = {"id": "a", "file": "A.txt", "start": 0, "end": 9}
    with pytest.raises(ValueError, match="ends before"):
        compiled(read(*files), place, STRETCH[: len(STRETCH) // 2])


def test_sentences_are_numbered_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("[1] One.\n[3] Three.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="3 stands where 2 is expected"):
        numbered(tmp_path / "c.txt")
