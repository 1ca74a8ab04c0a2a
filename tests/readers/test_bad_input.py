"""Files that are broken or built to harm: one clear typed error each, and their neighbours are read."""

from __future__ import annotations

import io
import os
import random
import signal
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from colligate import readers
from colligate.errors import DocumentError, ReadFailure
from colligate.readers import Limits, guard

GOOD = (
    b"The council of the hills met in the spring, and Osman Tarrin spoke of the war and of those who had gone"
)

pytestmark = pytest.mark.skipif(
    not guard.FORKS, reason="without forks each read starts an interpreter: too slow"
)


def failure(data: bytes | Path, *, name: str = "", limits: Limits | None = None) -> DocumentError:
    """The error that reading gives; and afterwards a good neighbour is read."""
    with pytest.raises(DocumentError) as caught:
        readers.read(data, name=name, limits=limits)
    assert caught.value.source == (name or (data.name if isinstance(data, Path) else "stdin"))
    assert caught.value.hint or caught.value.failure is ReadFailure.NO_TEXT
    assert str(caught.value).startswith(caught.value.source)
    assert readers.read(GOOD, name="good.txt").text == GOOD.decode()
    return caught.value


def outcome(data: bytes, name: str) -> str | ReadFailure:
    """The text of a file that may or may not be readable, or why it is not."""
    try:
        return readers.read(data, name=name).text
    except DocumentError as error:
        return error.failure


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\x00" * 100])
@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.docx", "a.html"])
def test_empty(data: bytes, name: str) -> None:
    assert failure(data, name=name).failure is ReadFailure.EMPTY


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_cut_off_pdf(make_pdf: Callable[..., bytes], share: float) -> None:
    data = make_pdf([[(72, 760, GOOD.decode()[:70])]])
    result = outcome(data[: int(len(data) * share)], "a.pdf")
    # pdfium rebuilds what it can: then the text must be what stands there.
    assert result in (ReadFailure.DAMAGED, ReadFailure.NO_TEXT, GOOD.decode()[:70])


def test_flipped_bits_in_a_pdf(make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf([[(72, 760 - 14 * at, GOOD.decode()[:70]) for at in range(30)]] * 3)
    chance = random.Random(7)
    for _ in range(12):
        flipped = bytearray(data)
        for _ in range(40):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        # Nothing but a text or a typed failure comes back; any other exception fails the test.
        outcome(bytes(flipped), "a.pdf")
    assert readers.read(data, name="a.pdf").pages[-1].number == 3


def test_encrypted_pdf() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(
        out, encrypt=StandardEncryption("reader", ownerPassword="owner", canPrint=0, strength=128)
    )
    canvas.drawString(72, 760, "secret")
    canvas.showPage()
    canvas.save()
    error = failure(out.getvalue(), name="a.pdf")
    assert error.failure is ReadFailure.ENCRYPTED
    assert "password" in error.hint


def nested_flate(size: int) -> bytes:
    """A small PDF whose page unpacks, through three filters, to ``size`` bytes."""
    packed = b" " * size
    for _ in range(3):
        packed = zlib.compress(packed, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
        % (len(packed), packed),
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def test_pdf_bomb() -> None:
    data = nested_flate(600 << 20)
    assert len(data) < 100_000
    error = failure(data, name="bomb.pdf", limits=Limits(address_space=512 << 20, seconds=20))
    assert error.failure in (
        ReadFailure.OUT_OF_MEMORY, ReadFailure.OUT_OF_TIME, ReadFailure.CRASHED, ReadFailure.NO_TEXT,
        ReadFailure.DAMAGED,
    )  # fmt: skip


def test_binaries_are_unsupported() -> None:
    noise = random.Random(3).randbytes(5000)
    for data in (b"\x89PNG\r\n\x1a\n" + noise, noise, b"{\\rtf1 text}", b"\x7fELF" + noise):
        assert failure(data, name="a.bin").failure is ReadFailure.UNSUPPORTED


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(GOOD * 100)
    assert failure(path, limits=Limits(max_bytes=1000)).failure is ReadFailure.TOO_LARGE
    assert failure(path, limits=Limits(max_text=1000)).failure is ReadFailure.TOO_LARGE


def test_html_of_twenty_megabytes_is_read() -> None:
    page = (
        "<html><body>"
        + "<p>The council met in the hills.</p><script>bad()</script>" * (20 << 14)
        + "</body></html>"
    )
    document = readers.read(page.encode(), name="a.html")
    assert document.text.count("The council met") == 20 << 14
    assert "bad()" not in document.text


@pytest.mark.parametrize(
    "name",
    [
        "with space.txt",
        "two\nlines.txt",
        "right\u202eto left.txt",
        "-",
        "--case",
        "ünï.txt",
        "a" * 200 + ".txt",
    ],
)
def test_names_of_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(GOOD)
    document = readers.read(path)
    assert (document.name, document.text) == (name, GOOD.decode())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse names that are no text")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(raw)).write_bytes(GOOD)
    assert readers.read(os.fsdecode(raw)).text == GOOD.decode()


def test_no_such_file_and_no_regular_file(tmp_path: Path) -> None:
    assert failure(tmp_path / "gone.txt").failure is ReadFailure.NOT_READABLE
    assert failure(tmp_path).failure is ReadFailure.NOT_READABLE
    os.mkfifo(tmp_path / "pipe.txt")
    assert failure(tmp_path / "pipe.txt").failure is ReadFailure.NOT_READABLE


def unprivileged(work: Callable[[], None]) -> None:
    """Does the work in a child without root's right to read everything. Fails when it does."""
    if not hasattr(os, "fork"):
        pytest.skip("the system has no fork to drop rights in")
    pid = os.fork()
    if pid == 0:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_a_file_and_a_folder_without_rights(tmp_path: Path) -> None:
    top = tmp_path
    while top != Path("/tmp") and top.parent != top:  # noqa: S108 - pytest's own folder may lie below it
        top.chmod(0o755)
        top = top.parent
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.txt").write_bytes(GOOD)
    (tmp_path / "b.txt").write_bytes(GOOD)
    (tmp_path / "c.txt").write_bytes(GOOD)
    (tmp_path / "b.txt").chmod(0)
    closed.chmod(0)

    def work() -> None:
        found = list(readers.sources([tmp_path]))
        failed = [one for one in found if one.error]
        assert [one.error.failure for one in failed if one.error] == [ReadFailure.NOT_READABLE]
        assert [one.name for one in failed] == ["closed"]
        assert [one.name for one in found if not one.error] == ["b.txt", "c.txt"]
        with pytest.raises(DocumentError) as caught:
            guard.read(tmp_path / "b.txt")
        assert caught.value.failure is ReadFailure.NOT_READABLE

    try:
        unprivileged(work)
    finally:
        closed.chmod(0o755)


def test_signals_have_names() -> None:
    error = guard.ended({"signal": signal.SIGSEGV, "memory": 0}, "a.pdf", Limits())
    assert error.failure is ReadFailure.CRASHED
    assert "SIGSEGV" in str(error)
