"""Builds the sample reports of ``colligate demo`` from the Markdown in ``training/samples``.

    python training/build_samples.py            # writes src/colligate/samples/
    python training/build_samples.py FOLDER     # writes there instead

The same sources give the same bytes on every run: dates in the metadata come from the front matter,
never from the clock. The outputs are awkward on purpose, as real reports are: the PDF has a title
page, running headers, page numbers, words broken at line ends, notes at the foot of the page and
sentences that run over a page end; the DOCX has footnotes and a table; the HTML has navigation,
scripts and hidden text around the article.
"""

from __future__ import annotations

import sys
from pathlib import Path

from samples_docx import write_docx
from samples_html import write_html
from samples_pdf import write_pdf
from samples_source import read_source

SOURCES = Path(__file__).with_name("samples")
OUTPUTS = Path(__file__).parent.parent / "src" / "colligate" / "samples"


def build(folder: Path) -> None:
    """Writes the three samples into ``folder``, which exists."""
    write_pdf(read_source(SOURCES / "ridge-and-river.md"), folder / "ridge-and-river.pdf")
    write_docx(read_source(SOURCES / "panel-report.md"), folder / "panel-report.docx")
    write_html(read_source(SOURCES / "who-leads.md"), folder / "who-leads.html")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUTS)
