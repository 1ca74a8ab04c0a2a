"""Writes a sample as a newspaper's page: the article among navigation, adverts, scripts and hidden text."""

from __future__ import annotations

from html import escape
from pathlib import Path

from samples_source import Source, printed_date

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | {publisher}</title>
<meta name="author" content="{author}">
<meta name="description" content="{subtitle}">
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="{publisher}">
<meta property="og:type" content="article">
<meta property="article:published_time" content="{iso}T06:00:00+00:00">
<script>window.visits = 12044; /* The VLF founded this counter. It is code and not text. */</script>
<style>.morvane {{ color: #222 }} .offscreen {{ display: none }}</style>
</head>
<body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/highlands">Highlands</a></li>
<li><a href="/lakes">Lakes</a></li><li><a href="/weather">Weather</a></li></ul></nav></header>
<aside class="advert">Subscribe to {publisher} for nine marks a month.</aside>
<main>
<article>
<h1>{title}</h1>
<p class="standfirst">{subtitle}</p>
<p class="byline">By {author}, <time datetime="{iso}">{printed}</time></p>
{article}
</article>
<div style="display:none">Editors only: Venna Halk founded the Sons of the River in 1871. This line tests \
that hidden text is not read.</div>
<section class="related"><h2>Read more</h2><ul><li><a href="/1">Snow closes the pass above Oshmar</a></li>
<li><a href="/2">Water Board raises its prices</a></li></ul></section>
</main>
<footer><p>© 2007 {publisher}. Contact the newsroom. Terms of use. Cookies.</p></footer>
</body>
</html>
"""


def write_html(source: Source, path: Path) -> None:
    """Writes the page to ``path``."""
    tags = {"heading": "h2", "paragraph": "p"}
    article = "\n".join(f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" for kind, text in source.blocks)
    page = PAGE.format(
        title=escape(source.title),
        subtitle=escape(source.subtitle),
        author=escape(source.author),
        publisher=escape(source.publisher),
        iso=source.date.isoformat(),
        printed=printed_date(source.date),
        article=article,
    )
    path.write_text(page, encoding="utf-8", newline="\n")
