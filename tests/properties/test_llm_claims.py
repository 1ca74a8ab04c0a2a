"""Whatever a language model answers: nothing raises, all is counted, what is kept can be stored."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from colligate.extract.base import Reading
from colligate.extract.llm.chunks import chunks_of
from colligate.extract.llm.proposals import ClaimMaker
from colligate.extract.llm.reply import ReplyReader
from colligate.extract.llm.schema import Schema, reply_schema
from colligate.extract.llm.tally import Tally
from colligate.extract.pipeline import default_pipeline
from colligate.model import Document
from colligate.store.checking import check_claims
from colligate.vocabulary import load

TEXT = (
    "Brann Okot led the \u201cSalt  Column\u201d\nfrom 1991 until his arrest in May 1994. "
    "According to Ida Moss, it raided the Grey Front at Veshti, killing at least 12 men; Okot\u2019s men "
    "denied it. He fled to Telm."
)
WORDS = TEXT.split()


@lru_cache(maxsize=1)
def reading() -> Reading:
    document = Document("sha256:0", TEXT, len(TEXT), "text/plain", "test/1")
    return default_pipeline().extract(document)


def stretches() -> st.SearchStrategy[str]:
    """Words of the text, as a model would quote them, and anything else."""
    pairs = st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, 14))
    quoted = pairs.map(lambda pair: " ".join(WORDS[pair[0] : pair[0] + pair[1]]))
    edtf = st.text(alphabet="0129X-/.~?[]", max_size=12)
    return st.one_of(quoted, quoted, quoted, edtf, st.text(max_size=20))


def fitting(schema: Schema) -> st.SearchStrategy[Any]:
    """Values that fit the schema, most of them; now and then something else."""
    junk: st.SearchStrategy[Any] = st.sampled_from([None, True, -1, 10**30, "", [], {}, "x" * 3000, [[]]])
    return st.one_of(*[_fitting(schema)] * 30, junk)


def _fitting(schema: Schema) -> st.SearchStrategy[Any]:
    if "anyOf" in schema:
        return st.one_of(*map(fitting, schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from([*schema["enum"]])
    match schema["type"]:
        case "object":
            return st.fixed_dictionaries({key: fitting(each) for key, each in schema["properties"].items()})
        case "array":
            return st.lists(fitting(schema["items"]), max_size=3)
        case "string":
            return stretches()
        case "null":
            return st.none()
        case _:
            return st.one_of(st.integers(-5, 50), st.none())


@settings(max_examples=150, deadline=None)
@given(fitting(reply_schema(load())), st.integers(0, 60))
def test_whatever_is_answered(answer: Any, cut: int) -> None:
    content = json.dumps(answer)
    proposals = ReplyReader(load()).read(content[: len(content) - cut] if cut < 20 else content)
    tally = Tally()
    (chunk,) = chunks_of(reading().document, 4000)
    claims = ClaimMaker(reading(), method="llm:m", tally=tally).claims(proposals, chunk)
    check_claims(reading().document, claims, load())
    assert len(claims) == tally.kept == tally.exact + tally.folded
    assert tally.proposed == tally.kept + tally.known + tally.dropped.total()


@given(st.text())
def test_any_text_is_a_reply(content: str) -> None:
    ReplyReader(load()).read(content)
