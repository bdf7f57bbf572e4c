"""OHMS records as archives' own hands and tools have filled them."""

from __future__ import annotations

import pytest

from archive_app.domain.parsed import ParsedInterview
from archive_app.domain.records import Footnote
from archive_app.exchange.ohms import read_ohms

Said = list[tuple[str, str]]


def record(inner: str, *, date: str = '<date value="" format=""/>') -> ParsedInterview:
    text = f"<version>5.4</version>{date}<title>T</title><language>English</language>{inner}"
    (found,) = read_ohms(f'<ROOT><record id="1" dt="2020-01-01">{text}</record></ROOT>'.encode())
    return found


def said(found: ParsedInterview) -> Said:
    return [(t.speaker, t.text) for one in found.transcripts for t in one.turns]


@pytest.mark.parametrize(
    "transcript",
    [
        "&lt;b&gt;Ana:&lt;/b&gt; Where &amp;amp; when?&lt;br /&gt;&lt;br /&gt;Ivo: In Niš.",
        "<![CDATA[<p>Ana: Where <i>&amp;</i> when?</p><p>Ivo: In Niš.</p>]]>",
        "<![CDATA[<span class='x'>Ana: Where &amp; when?</span><br>\nIvo: In Niš.<br>]]>",
        "Ana: Where &amp; when?<br/>Ivo: In Niš.",
    ],
)
def test_a_transcript_in_html_says_what_a_browser_would_show(transcript: str) -> None:
    found = record(f"<transcript>{transcript}</transcript>")
    assert said(found) == [("Ana", "Where & when?"), ("Ivo", "In Niš.")]
    assert found.losses == ()


def test_breaks_in_html_do_not_move_what_the_synchronisation_counts() -> None:
    lines = "ANA: one two&lt;br /&gt;three\n\nIVO: four five\n\nANA: six seven"
    found = record(f"<sync>1:|3(1)|5(1)</sync><transcript>{lines}</transcript>")
    assert [(t.speaker, t.text, t.start_ms) for t in found.transcripts[0].turns] == [
        ("ANA", "one two three", 0),
        ("IVO", "four five", 60_000),
        ("ANA", "six seven", 120_000),
    ]


def test_words_that_are_no_tags_stay() -> None:
    found = record("<transcript>ANA: &lt;inaudible&gt; a &lt; b\n\nIVO: x &gt; y</transcript>")
    assert said(found) == [("ANA", "<inaudible> a < b"), ("IVO", "x > y")]


def test_links_in_the_text_are_said_to_be_lost_and_their_words_stay() -> None:
    found = record("<transcript>See &lt;a href='http://x'&gt;this&lt;/a&gt; page</transcript>")
    assert said(found) == [("", "See this page")]
    assert [x.what for x in found.losses] == [
        "The address of 1 link within the transcript is not kept."
    ]


@pytest.mark.parametrize(
    ("note", "text", "link"),
    [
        ("One [[link]]http://a[[/link]]", "One", "http://a"),
        ("[[link]]http://a[[/link]] and [[link]]http://b[[/link]]", "and http://b", "http://a"),
        ("See &lt;a href=\"http://a\"&gt;this&lt;/a&gt;.", "See this.", "http://a"),
        ("&lt;i&gt;Book&lt;/i&gt; &amp;amp; page", "Book & page", ""),
    ],
)  # fmt: skip
def test_footnotes_keep_every_link(note: str, text: str, link: str) -> None:
    marks = f"[[footnotes]]\n[[note]]{note}[[/note]]\n[[/footnotes]]"
    words = "ANA: one[[footnote]]1[[/footnote]] two\n"
    found = record(f"<transcript>{words}{marks}</transcript>")
    assert found.transcripts[0].turns[0].footnotes == (Footnote(3, text, link),)
    assert found.losses == ()


def test_captions_in_the_element_of_older_transcripts_are_captions() -> None:
    cue = "WEBVTT\n\n00:00:01.000 --&gt; 00:00:02.000\n&lt;v Ana&gt;Hello there."
    found = record(f"<transcript>{cue}</transcript>")
    assert [(t.speaker, t.start_ms, t.text) for t in found.transcripts[0].turns] == [
        ("Ana", 1000, "Hello there.")
    ]


@pytest.mark.parametrize(
    ("element", "date"),
    [
        ('<date value="05/01/2015" format="mm/dd/yyyy"/>', "2015-05-01"),
        ('<date value="13.1.2015" format="dd.mm.yyyy"/>', "2015-01-13"),
        ('<date value="05/01/2015" format=""/>', ""),
        ('<date value="13/01/2015" format="mm/dd/yyyy"/>', ""),
    ],
)
def test_a_date_is_read_in_the_format_it_names(element: str, date: str) -> None:
    found = record("", date=element)
    assert found.record.date == date
    assert bool(found.losses) is not bool(date)
