"""The stage: a model reads the document chunk by chunk, and what holds up joins the claims of patterns.

It is no part of the default pipeline. It runs in the process that asks, after the pattern stages have
run wherever they run: workers, which handle files from anywhere, need no network and get no key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from colligate.extract.base import Reading
from colligate.extract.llm.asker import Asker
from colligate.extract.llm.chunks import Chunk, chunks_of
from colligate.extract.llm.prompt import messages, system_text
from colligate.extract.llm.proposals import ClaimMaker
from colligate.extract.llm.reply import ReplyReader
from colligate.extract.llm.tally import Tally
from colligate.model import Claim, Document
from colligate.vocabulary import Vocabulary


class LlmStage:
    """Adds to claims. ``tally`` counts over all documents; ``after_chunk`` is told of each chunk.

    Of a chunk that was not answered nothing is added; the claims that the reading has are never altered.
    """

    name = "llm"
    needs = frozenset(
        {"document", "vocabulary", "sentences", "namings", "clusters", "dates", "speeches", "claims"}
    )
    gives = frozenset({"claims"})

    def __init__(self, asker: Asker, vocabulary: Vocabulary) -> None:
        self.asker = asker
        self.tally = Tally()
        self.after_chunk: Callable[[], object] = lambda: None
        self._system = system_text(vocabulary)
        self._replies = ReplyReader(vocabulary)

    def run(self, reading: Reading) -> None:
        """Raises OSError when a reply cannot be kept."""
        tally = Tally()
        maker = ClaimMaker(reading, method=self.asker.options.method, tally=tally)
        made: list[Claim] = []
        for chunk in chunks_of(reading.document, self.asker.options.chunk):
            tally.chunks += 1
            made += self._of_chunk(reading, chunk, maker, tally)
            self.after_chunk()
        # A suggestion that the language model makes a claim of is not kept beside it.
        ids = {claim.id for claim in made}
        made += [claim for claim in reading.claims if claim.id not in ids]
        reading.claims = sorted(made, key=lambda claim: (claim.evidence[0].start, claim.kind, claim.type))
        self.tally.add(tally)

    def waiting(self, document: Document, chunks: Sequence[Chunk]) -> list[Chunk]:
        """The chunks whose reply is not kept from an earlier run: what asking would send."""
        return [chunk for chunk in chunks if self.asker.kept(self.request(document, chunk)) is None]

    def request(self, document: Document, chunk: Chunk) -> list[dict[str, str]]:
        """The messages that are sent about one chunk."""
        return messages(self._system, document, chunk)

    def _of_chunk(self, reading: Reading, chunk: Chunk, maker: ClaimMaker, tally: Tally) -> list[Claim]:
        request = self.request(reading.document, chunk)
        reply = self.asker.reply(request)
        if reply is not None and reply.reused and not self._replies.read(reply.content).usable:
            self.asker.forget(request)  # somebody, or a disk, has changed it
            reply = self.asker.reply(request)
        if reply is None:
            return []
        proposals = self._replies.read(reply.content)
        self.asker.judge(request, reply, useful=proposals.usable)
        if not proposals.usable:
            tally.garbled += 1
            return []
        tally.chunks_read += 1
        tally.cut_off += reply.cut_off or not proposals.whole
        return maker.claims(proposals, chunk)
