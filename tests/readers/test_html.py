from __future__ import annotations

from datetime import date

from colligate.model import BlockKind, Document
from colligate.readers import read_unguarded


def page(body: str, head: str = "") -> Document:
    return read_unguarded(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="a.html"
    )


PROSE = "The council of the hills met in the spring and the men of the Front came down to hear what it said. "


def test_blocks_and_their_kinds() -> None:
    document = page(
        f"<article><h1>The Front</h1><p>{PROSE}</p><h2>Split</h2><ul><li>Osman "
        "stayed</li><li>Adam left</li></ul>"
        "<blockquote><p>We will not "
        "go.</p></blockquote><table><tr><td>killed</td><td>12</td></tr></table></article>"
    )
    assert [(b.kind.value, b.level) for b in document.blocks] == [
        ("heading", 1), ("paragraph", 0), ("heading", 2), ("list_item", 0), ("list_item", 0),
        ("quotation", 0), ("table_row", 0),
    ]  # fmt: skip
    assert "killed | 12" in document.text
    assert document.title == "The Front"


def test_scripts_and_hidden_text_never_come_in() -> None:
    document = page(
        f"<p>{PROSE}</p><script>var secret1 = 1</script><noscript>secret2</noscript><style>.x{{}}</style>"
        "<p hidden>secret3</p><p style='display: none'>secret4</p><div "
        "aria-hidden='true'><p>secret5</p></div>"
        "<p class='veil'>secret6</p><p style='font-size:0'>secret7</p><!-- secret8 "
        "--><template>secret9</template>"
        "<p id='gone'>secret10</p>",
        head="<style>.veil, .other { visibility: hidden } #gone{display:none}</style>",
    )
    assert "secret" not in document.text
    assert document.text == PROSE.strip()


def test_furniture_goes_and_is_counted_and_prose_stays() -> None:
    document = page(
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/b'>About us</a></li></ul></nav>"
        f"<div id='content'><h1>The Front</h1><p>{PROSE * 3}</p><p>Short remark.</p></div>"
        "<footer><p>All rights reserved</p></footer>"
    )
    assert "About us" not in document.text
    assert "All rights reserved" not in document.text
    assert "Short remark." in document.text
    assert any("words around the main text" in warning for warning in document.warnings)


def test_every_paragraph_outside_the_furniture_stays() -> None:
    # Main-text extractors drop short or repeated paragraphs; a dropped paragraph is a lost claim.
    paragraphs = [f"In {year} the Front held village {year - 1990}." for year in range(1991, 2021)]
    document = page("".join(f"<div><p>{paragraph}</p></div>" for paragraph in paragraphs))
    assert [document.text[b.start : b.end] for b in document.blocks] == paragraphs


def test_notes_are_tied_to_their_marks_and_stand_after_the_body() -> None:
    document = page(
        "<p>Tarrin led the Front<sup id='r1'><a href='#n1'>[1]</a></sup> until 1999.<sup><a "
        "href='#n2'>2</a></sup></p>"
        "<ol><li id='n1'><a href='#r1'>^</a> Marsh, p. 4.</li><li id='n2'>2. Tarrin, "
        "Memoirs.</li></ol><p>The end came late.</p>"
    )
    assert (
        document.text
        == "Tarrin led the Front until 1999.\n\nThe end came late.\n\nMarsh, p. 4.\n\nTarrin, Memoirs."
    )
    first, second = document.footnotes
    assert document.text[: first.mark_at + 1] == "Tarrin led the Front"
    assert document.text[: second.mark_at + 1] == "Tarrin led the Front until 1999."
    assert document.text[first.start : first.end] == "Marsh, p. 4."
    assert document.text[: document.body_end].endswith("late.")


def test_a_raised_number_that_is_no_mark_stays() -> None:
    assert page("<p>They held 40 km<sup>2</sup> of land.</p>").text == "They held 40 km2 of land."


def test_what_the_page_says_of_itself() -> None:
    document = page(
        f"<h1>Other</h1><p>{PROSE}</p>",
        head="<title>The Front - Tellaria Post</title><meta property='og:title' content='The Front'>"
        "<meta name='author' content='Adam Marsh'><meta property='og:site_name' content='Tellaria Post'>"
        "<meta property='article:published_time' content='2014-03-05T10:00:00Z'>",
    )
    assert (document.title, document.authors, document.publisher) == (
        "The Front",
        ("Adam Marsh",),
        "Tellaria Post",
    )
    assert document.published is not None
    assert document.published.start_earliest == document.published.end_latest == date(2014, 3, 5)
    assert document.published_how == "html meta article:published_time"


def test_dates_of_json_ld_and_no_invented_day() -> None:
    linked = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2014-03"}</script>'
    )
    document = page(f"<p>{PROSE}</p>", head=linked)
    assert document.published is not None
    assert document.published.edtf == "2014-03"
    assert (document.published.start_earliest, document.published.end_latest) == (
        date(2014, 3, 1),
        date(2014, 3, 31),
    )
    assert page(f"<p>{PROSE} It was in 2014.</p>").published is None


def test_encodings_by_mark_statement_and_guess() -> None:
    html = "<html><head>{}</head><body><p>Émile Tarrín sat in the café with the council.</p></body></html>"
    latin = html.format('<meta charset="iso-8859-1">').encode("latin-1")
    assert "Émile Tarrín" in read_unguarded(latin, name="a.html").text
    assert "Émile Tarrín" in read_unguarded(html.format("").encode("utf-16"), name="a.html").text
    assert "Émile Tarrín" in read_unguarded(html.format("").encode(), name="a.html").text


def test_what_nests_too_deep_is_reported() -> None:
    document = page("<p>Up here.</p>" + "<div>" * 5000 + "<p>Down there.</p>" + "</div>" * 5000)
    assert "Up here." in document.text
    assert "Down there." in document.text or any("left out" in warning for warning in document.warnings)
    assert "Down here." in page("<div>" * 1500 + "<p>Down here.</p>" + "</div>" * 1500).text


def test_line_breaks_in_pairs_part_paragraphs() -> None:
    document = page("First of all<br>it began.<br><br>Then it ended.")
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "First of all it began.",
        "Then it ended.",
    ]
    assert all(block.kind is BlockKind.PARAGRAPH for block in document.blocks)


def test_a_wiki_page() -> None:
    document = page(
        "<div id='mw-head' role='navigation'><ul><li><a href='/'>Main page of the wiki</a></li></ul></div>"
        "<div id='content'><h1>Hill League</h1><div class='toc'><ul><li><a href='#a'>1 "
        "Origins</a></li></ul></div>"
        "<h2><span id='a'>Origins</span><span class='mw-editsection'>[edit]</span></h2>"
        f"<p>{PROSE}<sup id='cite_ref-1' class='reference'><a href='#cite_note-1'>[1]</a></sup>"
        "<sup class='noprint'>[citation needed]</sup> It <a href='/g'>grew</a>.</p>"
        "<ol class='references'><li id='cite_note-1'><span><b><a href='#cite_ref-1'>^</a></b></span> "
        "<span>Marsh, p. 4.</span></li></ol></div><div class='navbox'><a href='/x'>Other leagues</a></div>"
    )
    assert document.text == f"Hill League\n\nOrigins\n\n{PROSE.strip()} It grew.\n\nMarsh, p. 4."
    assert document.footnotes[0].mark == "1"
