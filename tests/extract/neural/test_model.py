"""The weights that ship: whole, as their manifest says, and refused where they are not."""

import json
import shutil
from pathlib import Path

import pytest

from colligate.errors import ModelError
from colligate.extract.neural.model import ReadingModel, checked
from colligate.extract.pipeline import MODEL_MANIFEST, default_pipeline
from colligate.model import Document, Event, Tie
from colligate.vocabulary import load

FOLDER = MODEL_MANIFEST.parent
TEXT = (
    "Orel Torvan founded the Velk Column in 1998 with money from the Marrow Bank. "
    "The Velk Column attacked the Telm Guard in Ostrava, and its commander, Marek Vosk, was killed. "
    "He had joined the group in 2001."
)


@pytest.fixture(scope="module")
def model() -> ReadingModel:
    return ReadingModel()


def document(text: str) -> Document:
    return Document("sha256:made", text, len(text), "text/plain", "test")


def test_the_manifest_says_what_the_weights_are_and_of_what() -> None:
    manifest = checked(FOLDER)
    assert {"name", "version", "date", "base", "licences", "data", "scores", "calibration"} <= set(manifest)
    assert set(manifest["files"]) == {path.name for path in FOLDER.iterdir()} - {MODEL_MANIFEST.name}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 35e6


def test_the_labels_are_those_of_the_vocabulary(model: ReadingModel) -> None:
    vocabulary = load()
    assert set(model.labels.ties) == set(vocabulary.ties)
    assert set(model.labels.kinds) == set(vocabulary.entity_kinds)
    assert set(model.labels.stances) == set(vocabulary.stances)


@pytest.mark.parametrize("name", ["spans.onnx", "tokenizer.json"])
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match="SHA-256") as caught:
        ReadingModel(folder)
    assert caught.value.path == folder / name


def test_a_missing_file_and_a_broken_manifest_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    (folder / "pairs.onnx").unlink()
    with pytest.raises(ModelError, match="missing"):
        ReadingModel(folder)
    (folder / MODEL_MANIFEST.name).write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        ReadingModel(folder)


def test_a_file_that_is_no_graph_is_refused(tmp_path: Path) -> None:
    import hashlib

    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    (folder / "spans.onnx").write_bytes(b"no graph")
    manifest = json.loads((folder / MODEL_MANIFEST.name).read_text(encoding="utf-8"))
    manifest["files"]["spans.onnx"] = hashlib.sha256(b"no graph").hexdigest()
    (folder / MODEL_MANIFEST.name).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        ReadingModel(folder)


def test_claims_of_model_and_patterns_show_their_words_and_say_what_they_rest_on(model: ReadingModel) -> None:
    reading = default_pipeline(model=model).extract(document(TEXT))
    assert reading.claims
    for claim in reading.claims:
        assert 0 <= claim.basis.score <= 1
        assert claim.basis.method.startswith(("pattern:", "model:"))
        for piece in claim.evidence:
            assert TEXT[piece.start : piece.end] == piece.quote
    founded = [claim for claim in reading.claims if isinstance(claim, Tie) and claim.type == "founder_of"]
    assert any(claim.subject.actor.name == "Orel Torvan" for claim in founded)


def test_more_threads_change_nothing(model: ReadingModel) -> None:
    alone = default_pipeline(model=model).extract(document(TEXT)).claims
    assert default_pipeline(model=ReadingModel(threads=2)).extract(document(TEXT)).claims == alone


def test_what_is_read_does_not_depend_on_what_was_read_before(model: ReadingModel) -> None:
    pipeline = default_pipeline(model=model)
    first = pipeline.extract(document(TEXT)).claims
    pipeline.extract(document("The Grey Front denied it. " * 40))
    assert pipeline.extract(document(TEXT)).claims == first


@pytest.mark.parametrize("text", ["", "\n\n", "it it it it", "X" * 5000, "1 2 3 . . .", "ЪЪ ﷽ 漢字 \u200d"])
def test_text_without_anything_to_read_gives_no_claim(model: ReadingModel, text: str) -> None:
    reading = default_pipeline(model=model).extract(document(text))
    assert reading.claims == []


def test_an_event_that_both_see_under_two_types_has_the_roles_of_its_own(model: ReadingModel) -> None:
    text = "Gunmen of the Velk Column attacked the convoy of Marek Vosk near Telm and killed him. " * 3
    reading = default_pipeline(model=model).extract(document(text))
    for claim in reading.claims:
        if isinstance(claim, Event):
            allowed = load().events[claim.type].roles
            assert [role for role, _ in claim.roles] == [
                role for role in allowed if role in dict(claim.roles)
            ]
