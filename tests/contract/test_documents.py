"""Documents, originals, failures and search: what every backend does with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from colligate.errors import CaseError, DocumentError, NotFoundError, QueryError, ReadFailure
from colligate.model import Footnote, Origin
from colligate.store import Store


def test_document_comes_back_as_it_went_in(store: Store, sample: Any) -> None:
    full = replace(
        sample.first,
        authors=("Mira Voss", "L. Orm"),
        publisher="Institute of Rivers",
        published=sample.founded().when,
        published_how="cover",
        language="en",
        footnotes=(Footnote("1", 3, 9, 2),),
        origins=(Origin(0, 5, 1, 10, 15), Origin(5, 6, 1, 15, 17, "dehyphenated")),
        warnings=("one font has no letters",),
    )
    with store.writer() as writer:
        writer.finish_document(full, claims=[], actors=[], run=sample.run)
    assert store.view.document(full.id) == full
    summary = store.view.summary(full.id)
    assert summary is not None
    assert (summary.title, summary.authors, summary.published) == (full.title, full.authors, full.published)
    assert (summary.pages, summary.characters, summary.warnings) == (2, len(full.text), full.warnings)


def test_document_without_claims_is_unfinished_and_searchable(store: Store, sample: Any) -> None:
    with store.writer() as writer:
        writer.add_document(sample.first, source="first.txt", original=sample.data, run=sample.run)
    summary = store.view.summary(sample.first.id)
    assert summary is not None
    assert not summary.finished
    assert summary.program == ""
    assert store.view.counts().unfinished == 1
    assert store.view.search("attacked")
    with store.writer() as writer:
        writer.finish_document(sample.first, claims=sample.claims(), actors=[], run=sample.run)
    summary = store.view.summary(sample.first.id)
    assert summary is not None
    assert (summary.finished, summary.program, summary.ties, summary.events) == (True, "colligate test", 3, 1)


def test_document_in_a_language_nobody_reads_is_kept(store: Store, sample: Any) -> None:
    other = sample.document("Ĉiuj homoj estas liberaj.", language="eo", readable=False)
    with store.writer() as writer:
        writer.finish_document(other, claims=[], actors=[], run=sample.run)
    assert not store.view.document(other.id).readable
    assert [hit.document for hit in store.view.search("ciuj homoj")] == [other.id]


def test_documents_are_listed_in_the_order_in_which_they_came(store: Store, sample: Any) -> None:
    sample.fill(store)
    assert [one.id for one in store.view.documents()] == [sample.first.id, sample.second.id]
    assert [(one.ties, one.events) for one in store.view.documents()] == [(3, 1), (1, 0)]


def test_one_file_under_two_names_is_one_document(store: Store, sample: Any) -> None:
    sample.fill(store)
    renamed = replace(sample.first, name="copy.txt")
    with store.writer() as writer:
        writer.finish_document(
            renamed, claims=sample.claims(), actors=[], run=sample.run, source="b/copy.txt"
        )
    summary = store.view.summary(sample.first.id)
    assert summary is not None
    assert summary.sources == ("a/first.txt", "b/copy.txt")
    assert summary.name == "first.txt"


def test_original_is_kept_and_must_be_the_file(store: Store, sample: Any) -> None:
    sample.fill(store)
    assert store.view.original(sample.first.id) == sample.data
    assert store.view.original(sample.second.id) is None
    with store.writer() as writer, pytest.raises(CaseError):
        writer.add_document(sample.second, source="x", original=b"something else", run=sample.run)
    with pytest.raises(NotFoundError):
        store.view.original("sha256:none")


def test_what_is_not_there_is_said(store: Store) -> None:
    assert store.view.summary("sha256:none") is None
    with pytest.raises(NotFoundError):
        store.view.document("sha256:none")
    with pytest.raises(NotFoundError):
        store.view.claim("0" * 20)
    with pytest.raises(NotFoundError):
        store.view.document_of("0" * 20)


def test_failure_is_kept_until_the_file_reads_well(store: Store, sample: Any) -> None:
    with store.writer() as writer:
        writer.fail(source="b.pdf", failure=ReadFailure.ENCRYPTED, message="asks", at=sample.at)
        writer.fail(source="first.txt", failure=ReadFailure.OUT_OF_TIME, message="60 s", at=sample.at)
        writer.fail(source="first.txt", failure=ReadFailure.CRASHED, message="died", at=sample.later.at)
    found = [(one.source, one.failure, one.message, one.at) for one in store.view.failures()]
    assert found == [
        ("b.pdf", ReadFailure.ENCRYPTED, "asks", sample.at),
        ("first.txt", ReadFailure.CRASHED, "died", sample.later.at),
    ]
    with store.writer() as writer:
        writer.finish_document(sample.first, claims=[], actors=[], run=sample.run, source="first.txt")
    assert [one.source for one in store.view.failures()] == ["b.pdf"]


def test_names_of_files_may_be_no_text(store: Store, sample: Any) -> None:
    odd = b"caf\xe9 \xe2\x80\x8f.pdf".decode("utf-8", "surrogateescape")
    with store.writer() as writer:
        writer.fail(source=odd, failure=ReadFailure.EMPTY, message="empty", at=sample.at)
        assert [one.source for one in store.view.failures()] == ["caf\\udce9 \u200f.pdf"]
        writer.finish_document(
            replace(sample.first, name=odd), claims=[], actors=[], run=sample.run, source=odd
        )
    assert not list(store.view.failures())
    assert store.view.document(sample.first.id).name == "caf\\udce9 \u200f.pdf"


def test_text_with_half_characters_is_refused(store: Store, sample: Any) -> None:
    with store.writer() as writer, pytest.raises(DocumentError):
        writer.finish_document(sample.document("a\ud800b"), claims=[], actors=[], run=sample.run)
    assert store.view.counts().documents == 0


# Search


@pytest.mark.parametrize(
    ("words", "paragraphs"),
    [
        ("attacked", ["first 1"]),
        ("ATTACKED port", ["first 1"]),
        ("omar tal", ["first 0", "first 1", "second 0"]),
        ("Omár", ["first 0", "first 1", "second 0"]),
        ('"tal led"', ["first 0"]),
        ('"led tal"', []),
        ("attack*", ["first 1"]),
        ("attack", []),
        ("Jamaat", ["first 1"]),
        ("jama’at", ["first 1"]),
        ("al-Nahr", ["first 1"]),
        ("group", ["first 1"]),  # the text has "group's"
        ("red-valley", ["first 0", "first 1", "second 0"]),
        ("front -attacked", ["first 0", "second 0", "second 1"]),
        ("founded OR nobody", ["first 0", "second 1"]),
        ("founded OR nobody front -voss", ["second 1"]),
        ("AND NOT", []),  # other languages' operators are words like all others
        ('he said "', QueryError),
        ("", QueryError),
        ("...", QueryError),
        ("-omar", QueryError),
        ("OR omar", QueryError),
        ("omar OR", QueryError),
    ],
)
def test_search(store: Store, sample: Any, words: str, paragraphs: Any) -> None:
    sample.fill(store)
    if paragraphs is QueryError:
        with pytest.raises(QueryError) as raised:
            store.view.search(words)
        assert raised.value.query == words
        return
    names = {sample.first.id: "first", sample.second.id: "second"}
    blocks = {
        (document.id, block.start): f"{names[document.id]} {at}"
        for document in (sample.first, sample.second)
        for at, block in enumerate(document.blocks)
    }
    found = [blocks[hit.document, hit.start] for hit in store.view.search(words)]
    assert sorted(found) == paragraphs


def test_hit_shows_where_the_words_stand(store: Store, sample: Any) -> None:
    sample.fill(store)
    (hit,) = store.view.search("jamaat al-nahr")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Jama'at", "al-Nahr"]
    assert hit.snippet in sample.first.text[hit.start : hit.end]
    assert (hit.title, hit.page) == ("The Red Valley", 2)


def test_long_paragraph_is_shown_around_the_word(store: Store, sample: Any) -> None:
    long = sample.document("and so on " * 5000 + "the Ninth Column fled " + "and so forth " * 5000)
    with store.writer() as writer:
        writer.finish_document(long, claims=[], actors=[], run=sample.run)
    (hit,) = store.view.search('"ninth column"')
    assert len(hit.snippet) <= 300
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Ninth Column"]


def test_search_stays_within_documents_and_limit(store: Store, sample: Any) -> None:
    sample.fill(store)
    assert {hit.document for hit in store.view.search("front", documents=(sample.second.id,))} == {
        sample.second.id
    }
    assert len(store.view.search("front", limit=1)) == 1


def test_search_follows_the_newest_reading(store: Store, sample: Any) -> None:
    sample.fill(store)
    mended = replace(sample.first, text=sample.first.text.replace("attacked", "att4cked"), reader="plain 2")
    with store.writer() as writer:
        writer.finish_document(mended, claims=[], actors=[], run=sample.better)
    assert not store.view.search("attacked")
    assert store.view.search("att4cked")
