"""Word documents as people type transcripts in them, and our own there and back."""

from __future__ import annotations

from typing import Any

import pytest
from exchange_building import SPEAKERS, TEXTS, interview, told, transcript, turn, turn_lists
from hypothesis import given
from hypothesis import strategies as st
from word_building import bold, document, p, packed, relations, run, table, unpacked

from archive_app.domain.parsed import ParsedInterview
from archive_app.domain.records import Footnote
from archive_app.domain.released import ReleasedTurn
from archive_app.exchange.word import read_word, words_of, write_word

Told = list[tuple[str, int | None, str]]


def said(data: bytes) -> Told:
    return [(t.speaker, t.start_ms, t.text) for t in turns_in(read_word(data))]


def turns_in(parsed: ParsedInterview) -> list[Any]:
    return [t for one in parsed.transcripts for t in one.turns]


def losses(data: bytes) -> str:
    return " | ".join(f"{one.what} {one.where}" for one in read_word(data).losses)


QA: Told = [
    ("Ана", None, "Когда вы приехали?"),
    ("Вадим", None, "В марте."),
    ("Ана", None, "А почему?"),
    ("Вадим", None, "Так вышло."),
]
TAB = "<w:r><w:tab/></w:r>"
BR = "<w:r><w:br/></w:r>"


@pytest.mark.parametrize(
    "body",
    [
        # Word 2016: the name bold, its colon bold or not, runs cut by the spelling checker.
        [p(bold(f"{who}:"), " ", text) for who, _, text in QA],
        [p(bold(who[:2]), '<w:proofErr w:type="spellEnd"/>', bold(who[2:]), ": " + text)
         for who, _, text in QA],
        # Bold without a colon; a tab; bold and tab with a hanging indent.
        [p(bold(who), " " + text) for who, _, text in QA],
        [p(who, TAB, text) for who, _, text in QA],
        [p(bold(who), TAB, TAB, text) for who, _, text in QA],
        # The name in a paragraph of its own.
        [one for who, _, text in QA for one in (p(bold(who)), p(text))],
        [one for who, _, text in QA for one in (p(who.upper()), p(text), p())],
        [one for who, _, text in QA for one in (p(f"{who}:"), p(text))],
        # Capitals, an empty paragraph between.
        [one for who, _, text in QA for one in (p(f"{who.upper()}: {text}"), p())],
        # One paragraph, line breaks in it.
        [p(*[piece for who, _, text in QA for piece in (f"{who}: {text}", BR)])],
        # Tables.
        [table(*[(who, text) for who, _, text in QA])],
        [table(("Говорит", "Текст"), *[(who, text) for who, _, text in QA])],
        [table(("№", "Ko", "Tekst"), *[(str(n), who, text) for n, (who, _, text) in
                                       enumerate(QA, 1)])],
        [table(*[(p(bold(who + ":")), text) for who, _, text in QA])],
        # The whole transcript within one cell.
        [table((("".join(p(bold(who + ": "), text) for who, _, text in QA)),))],
    ],
)  # fmt: skip
def test_speakers_are_told_in_the_ways_of_word_processors(body: list[str]) -> None:
    found = said(document(*body))
    assert [(who.capitalize(), start, text) for who, start, text in found] == QA


def test_styles_that_are_called_by_a_role_say_who_speaks() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="a{n}"><w:name w:val="{name}"/></w:style>'
        for n, name in enumerate(("Interviewer", "Interviewee"))
    )
    body = [p("Why?", style="a0"), p("Because.", style="a1"), p("Really?", style="a0")]
    assert said(document(*body, styles=styles)) == [
        ("Interviewer", None, "Why?"),
        ("Interviewee", None, "Because."),
        ("Interviewer", None, "Really?"),
    ]


def test_bold_comes_from_styles_too() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="base"><w:name w:val="Strong"/>'
        '<w:rPr><w:b/></w:rPr></w:style><w:style w:type="character" w:styleId="who">'
        '<w:name w:val="Voice"/><w:basedOn w:val="base"/></w:style>'
    )
    name = '<w:rStyle w:val="who"/>'
    body = [p(run(who, name), f" {text}") for who, _, text in QA]
    assert said(document(*body, styles=styles)) == QA


@pytest.mark.parametrize(
    ("lines", "starts"),
    [
        (["[00:00:01] {}", "[00:01:02] {}"], [1000, 62000]),
        (["00:00:01 {}", "00:01:02 {}"], [1000, 62000]),
        (["(00:01) {}", "(01:02) {}"], [1000, 62000]),
        (["00:00:01,500 {}", "00:01:02,250 {}"], [1500, 62250]),
    ],
)
def test_times_before_bold_names_are_read(lines: list[str], starts: list[int]) -> None:
    body = [
        p(line.format(""), bold("Ana:"), f" words {n}") for n, line in enumerate(lines + lines[:0])
    ]
    assert said(document(*body)) == [("Ana", start, f"words {n}") for n, start in enumerate(starts)]


def test_times_stand_in_columns_of_their_own() -> None:
    rows = [("00:00:01", "00:00:03", "Ana", "Why?"), ("00:00:04", "00:00:09", "Ivo", "So."),
            ("00:00:10", "00:00:12", "Ana", "Well.")]  # fmt: skip
    (one,) = read_word(document(table(("Start", "End", "Speaker", "Text"), *rows))).transcripts
    assert [(t.start_ms, t.end_ms, t.speaker, t.text) for t in one.turns] == [
        (1000, 3000, "Ana", "Why?"), (4000, 9000, "Ivo", "So."), (10000, 12000, "Ana", "Well."),
    ]  # fmt: skip


def test_times_beside_words_that_name_the_speaker() -> None:
    rows = [("00:01", "ANA: Why?"), ("00:04", "IVO: So."), ("00:09", "ANA: Well.")]
    assert said(document(table(*rows))) == [
        ("ANA", 1000, "Why?"), ("IVO", 4000, "So."), ("ANA", 9000, "Well."),
    ]  # fmt: skip


def test_speaker_tab_time_tab_words() -> None:
    body = [p("Ana", TAB, f"00:0{n}", TAB, f"words {n}") for n in (1, 2, 3)]
    assert said(document(*body)) == [("Ana", n * 1000, f"words {n}") for n in (1, 2, 3)]


def test_names_with_times_above_what_is_said_as_otter_exports_them() -> None:
    body = [p("Ana K.  0:12"), p("Hello."), p(), p("Bob  0:15"), p("Hi!"), p()]
    assert said(document(*body)) == [("Ana K.", 12000, "Hello."), ("Bob", 15000, "Hi!")]


def test_a_further_column_becomes_footnotes_and_that_is_said() -> None:
    rows = [("Ana", "Why?", ""), ("Ivo", "So.", "laughs"), ("Ana", "Well.", "")]
    data = document(table(("Speaker", "Text", "Remarks"), *rows))
    turns = turns_in(read_word(data))
    assert [t.text for t in turns] == ["Why?", "So.", "Well."]
    assert turns[1].footnotes == (Footnote(3, "laughs"),)
    assert "further column" in losses(data)


def test_merged_cells_of_a_speaker_go_on() -> None:
    rows = (
        "<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + p("Ana") + "</w:tc>"
        "<w:tc>" + p("One.") + "</w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>"
        + p()
        + "</w:tc><w:tc>"
        + p("Two.")
        + "</w:tc></w:tr>"
        "<w:tr><w:tc>" + p("Ivo") + "</w:tc><w:tc>" + p("Three.") + "</w:tc></w:tr>"
        "<w:tr><w:tc>" + p("Ana") + "</w:tc><w:tc>" + p("Four.") + "</w:tc></w:tr>"
    )
    head = "<w:tr><w:tc>" + p("Speaker") + "</w:tc><w:tc>" + p("Text") + "</w:tc></w:tr>"
    found = said(document(f"<w:tbl>{head}{rows}</w:tbl>"))
    assert [(who, text) for who, _, text in found] == [
        ("Ana", "One."), ("Ana", "Two."), ("Ivo", "Three."), ("Ana", "Four."),
    ]  # fmt: skip


def test_the_record_above_the_conversation_speaks_no_words() -> None:
    head = [p(bold("Дата:"), " 2019"), p(bold("Место:"), " Белград")]
    body = [p(bold(f"{who}:"), f" {text}") for who, _, text in QA]
    found = said(document(*head, *body))
    assert found[0] == ("", None, "Дата: 2019")
    assert found[1] == ("", None, "Место: Белград")
    assert found[2:] == QA


def test_a_document_of_plain_paragraphs_is_a_turn_for_each() -> None:
    texts = ["First, there was snow.", "Then: nothing.", "And spring.", "And summer.", "So on."]
    assert [text for _, _, text in said(document(*map(p, texts)))] == texts


def test_lines_that_were_broken_by_hand_are_joined() -> None:
    lines = ["We left the town in the spring because there was no",
             "work for anybody who was not already employed",
             "with the factory by the river, and then we", "went south."]  # fmt: skip
    body = [p(x) for block in range(3) for x in (*lines, "")]
    assert [text for _, _, text in said(document(*body))] == [" ".join(lines)] * 3


# What stands in the text ---------------------------------------------------


def test_footnotes_and_endnotes_come_to_their_places() -> None:
    def ref(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    footnotes = (
        '<w:footnote w:type="separator" w:id="-1">' + p() + "</w:footnote>"
        '<w:footnote w:id="1">' + p("<w:r><w:footnoteRef/></w:r>", " The river.") + "</w:footnote>"
        '<w:footnote w:id="2">' + p("A town, ") + p("on the Sava.") + "</w:footnote>"
    )
    endnotes = '<w:endnote w:id="1">' + p("Fond 12.") + "</w:endnote>"
    data = document(
        p(bold("Ана:"), ref("footnote", 2), " Над Дунавом", ref("footnote", 1), ", да."),
        p(bold("Ivo:"), " Kuća ", ref("endnote", 1), " i dvor."),
        p(bold("Ана:"), " Да."),
        p(bold("Ivo:"), " Ne."),
        footnotes=footnotes,
        endnotes=endnotes,
    )
    first, second, *_ = turns_in(read_word(data))
    assert first.text == "Над Дунавом, да."
    assert first.footnotes == (Footnote(0, "A town, on the Sava."), Footnote(11, "The river."))
    assert second.text == "Kuća i dvor."
    assert second.footnotes == (Footnote(5, "Fond 12."),)


def test_the_address_in_a_note_is_its_link_and_nothing_is_fetched() -> None:
    files = unpacked(document(
        p("Words", '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        footnotes='<w:footnote w:id="1">' + p('<w:hyperlink r:id="x">' + run("Here")
                                              + "</w:hyperlink>") + "</w:footnote>",
    ))  # fmt: skip
    for address, link in (("https://example.org/a", "https://example.org/a"),
                          ("file:///etc/passwd", ""), ("javascript:alert(1)", "")):  # fmt: skip
        whole = {**files, "word/_rels/footnotes.xml.rels": relations({}, {"x": address})}
        (only,) = turns_in(read_word(packed(whole)))
        assert only.footnotes == (Footnote(5, "Here", link),)


def test_tracked_changes_are_taken_as_accepted_and_said() -> None:
    data = document(
        p("We ", '<w:ins w:id="1" w:author="A">' + run("really ") + "</w:ins>",
          '<w:del w:id="2"><w:r><w:delText>never </w:delText></w:r></w:del>', "left."),
        p('<w:moveFrom w:id="3">' + run("Gone.") + "</w:moveFrom>", "Stayed."),
        '<w:p><w:pPr><w:rPr><w:del w:id="4"/></w:rPr></w:pPr>' + run("One ") + "</w:p>",
        p("paragraph."),
    )  # fmt: skip
    assert [text for _, _, text in said(data)] == ["We really left.", "Stayed.", "One paragraph."]
    assert "1 tracked insertion" in losses(data)
    assert "2 tracked deletions" in losses(data)


def test_comments_are_no_words_and_are_told_with_what_they_say() -> None:
    data = document(
        p('<w:commentRangeStart w:id="0"/>', "Words.", '<w:commentRangeEnd w:id="0"/>',
          '<w:r><w:commentReference w:id="0"/></w:r>'),
        comments='<w:comment w:id="0" w:author="Ana">' + p("Check the year") + "</w:comment>",
    )  # fmt: skip
    assert [text for _, _, text in said(data)] == ["Words."]
    assert "A comment was not taken in. Ana: Check the year" in losses(data)


def test_what_the_word_processor_makes_is_left_out_and_links_keep_their_text() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def code(text: str) -> str:
        return f"<w:r><w:instrText>{text}</w:instrText></w:r>"

    data = document(
        p("Page ", char("begin"), code(" PAGE "), char("separate"), "7", char("end"), "."),
        p(char("begin"), code(' HYPERLINK "http://x" '), char("separate"), "a link", char("end")),
        p('<w:hyperlink r:id="h1">' + run("another") + "</w:hyperlink>"),
        p('<w:fldSimple w:instr=" NUMPAGES ">' + run("12") + "</w:fldSimple>", "Rest"),
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
        "</w:docPartObj></w:sdtPr><w:sdtContent>" + p("Contents … 3") + "</w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtContent>" + p("In a control.") + "</w:sdtContent></w:sdt>",
    )
    assert [text for _, _, text in said(data)] == [
        "Page .", "a link", "another", "Rest", "In a control.",
    ]  # fmt: skip
    assert "Page numbers" in losses(data)


def test_headings_and_feet_of_pages_are_told_and_no_words() -> None:
    page = '<w:fldSimple w:instr="PAGE">' + run("3") + "</w:fldSimple>"
    data = document(p("Words."), header1=p("Interview with Ana, ", page), footer1=p(page))
    assert [text for _, _, text in said(data)] == ["Words."]
    assert "every page was left out. Interview with Ana" in losses(data)
    assert losses(data).count("every page") == 1


def test_names_in_the_properties_stay_inside() -> None:
    core = (
        "<dc:title>Interview with Sergei Volkov</dc:title><dc:creator>Ana Petrović</dc:creator>"
        "<dcterms:created>2019-03-01T10:00:00Z</dcterms:created>"
    )
    record = read_word(document(p("Words."), core=core)).record
    assert dict(record.titles) == {}
    assert (record.date, record.interviewees, record.transcribers) == ("", (), ())
    assert record.extra == {
        "docx_title": "Interview with Sergei Volkov",
        "docx_creator": "Ana Petrović",
        "docx_created": "2019-03-01T10:00:00Z",
    }


def test_a_paragraph_set_as_title_is_the_title() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
    found = read_word(document(p("Разговор", style="a3"), p("Words."), styles=styles))
    assert dict(found.record.titles) == {"und": "Разговор"}
    assert [t.text for t in turns_in(found)] == ["Words."]


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent>{p(text)}</w:txbxContent>"

    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box('Boxed.')}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{box('Boxed.')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = document(p("Before ", drawn, "after."), p("Next."))
    assert [text for _, _, text in said(data)] == ["Before after.", "Boxed.", "Next."]


def test_special_characters_and_scripts_arrive() -> None:
    data = document(
        p("по", "<w:r><w:softHyphen/></w:r>", "езд и по\u00adезд, “так”, „овако“, «эдак»"),
        p("Њој је рекао: џак – nadživeti", "<w:r><w:noBreakHyphen/></w:r>", "da"),
        p("a", TAB, "b", BR, "c"),
    )
    assert [text for _, _, text in said(data)] == [
        "поезд и поезд, “так”, „овако“, «эдак»",
        "Њој је рекао: џак – nadživeti‑da",
        "a b c",
    ]


def test_hidden_words_pictures_and_shapes_of_letters_are_said() -> None:
    picture = '<w:r><w:drawing><a:blip r:embed="r9"/></w:drawing></w:r>'
    data = document(
        p(run("index", "<w:vanish/>"), run("Words", "<w:i/>"), picture),
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>' + run("item") + "</w:p>",
    )
    assert [text for _, _, text in said(data)] == ["Words", "item"]
    for part in ("hidden text", "1 picture", "Italics", "Automatic numbers"):
        assert part in losses(data), part


def test_a_document_of_google_docs_is_read() -> None:
    """No styles of its own, white runs, bookmarks, names of parts as Google gives them."""
    runs = '<w:rPr><w:rtl w:val="0"/></w:rPr>'
    body = [
        '<w:p w:rsidR="00000000"><w:pPr><w:pageBreakBefore w:val="0"/><w:rPr/></w:pPr>'
        f'<w:r><w:rPr><w:b w:val="1"/><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">{who}: '
        f'</w:t></w:r><w:r>{runs}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        for who, _, text in QA
    ]
    assert said(document(*body)) == QA


def test_a_document_of_libreoffice_is_read() -> None:
    """Spaces as ``tab`` stops, fields in fldChar, bold switched off by value."""
    body = [
        '<w:p><w:pPr><w:pStyle w:val="TextBody"/><w:bidi w:val="0"/><w:rPr></w:rPr></w:pPr>'
        f"<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>{who}</w:t></w:r>"
        f'<w:r><w:rPr><w:b w:val="false"/></w:rPr><w:t>: {text}</w:t></w:r></w:p>'
        for who, _, text in QA
    ]
    assert said(document(*body)) == QA


def test_the_strict_form_and_another_name_of_the_main_part_are_read() -> None:
    files = unpacked(document(p("Ana: Da."), p("Ivo: Ne."), main="word/document2.xml"))
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, content in files.items()
    }
    for whole in (files, strict):
        assert [text for _, _, text in said(packed(whole))] == ["Da.", "Ne."]


def test_macros_are_neither_run_nor_taken_in() -> None:
    files = unpacked(document(p("Words.")))
    data = packed({**files, "word/vbaProject.bin": b"\x00\x01"})
    assert "macros" in losses(data)
    assert [text for _, _, text in said(data)] == ["Words."]


def test_an_empty_document_gives_no_transcript_and_says_so() -> None:
    parsed = read_word(document(p(), p(" ")))
    assert parsed.transcripts == ()
    assert "no words" in parsed.losses[-1].what


# There and back ------------------------------------------------------------


def back(turns: list[ReleasedTurn]) -> list[Any]:
    (again,) = read_word(write_word(interview(transcript(turns))).data).transcripts
    return list(again.turns)


@given(turn_lists())
def test_a_document_read_again_gives_the_same_turns(turns: list[ReleasedTurn]) -> None:
    assert told(back(turns)) == told(turns)


@given(TEXTS, SPEAKERS, st.lists(st.tuples(st.integers(0, 500), TEXTS, TEXTS), max_size=4))
def test_footnotes_come_back_at_their_places(
    text: str, speaker: str, notes: list[tuple[int, str, str]]
) -> None:
    made = [
        Footnote(min(offset, len(text)), words, link)
        for offset, words, link in sorted(notes, key=lambda note: min(note[0], len(text)))
        if words or link
    ]
    (only,) = back([turn(text, speaker=speaker, footnotes=tuple(made))])
    assert (only.text, only.speaker) == (text, speaker)
    assert list(only.footnotes) == made


def test_the_same_interview_gives_the_same_bytes() -> None:
    copy = interview(transcript([turn("Да.", speaker="Ана", start_ms=1)]))
    assert write_word(copy).data == write_word(copy).data


def test_a_document_names_its_interview_and_nobody_as_its_author() -> None:
    data = write_word(interview(transcript([turn("Да.")]))).data
    record = read_word(data).record
    assert record.accession == "MRB-001"
    assert record.titles == {"ru": "Интервью с Вадимом"}
    core = unpacked(data)["docProps/core.xml"].decode()
    assert "creator" not in core
    assert "lastModifiedBy" not in core


def test_a_document_reads_well_and_no_word_is_markup() -> None:
    data = write_word(interview(transcript([
        turn("<b> & ]]> \x00\x0b\ufffe", speaker="A&B", start_ms=62_003, end_ms=65_000)
    ]))).data  # fmt: skip
    words = words_of(data)
    assert "[00:01:02] A&B: <b> & ]]> " in words
    assert "Интервью с Вадимом" in words
    assert any(one.endswith(": Vadim") for one in words)


def test_a_turn_that_was_corrected_divided_and_retimed_in_a_word_processor() -> None:
    turns = [turn("One two.", speaker="Ana", start_ms=1500, end_ms=4000)]
    files = unpacked(write_word(interview(transcript(turns))).data)
    text = files["word/document.xml"].decode()
    text = text.replace("[00:00:01]", "[00:00:02]").replace("One two.", "One 2.")
    text = text.replace(": </w:t>", ": Well, </w:t>")  # typed right behind the colon
    text = text.replace(">Интервью с Вадимом<", ">О снеге<")
    more = p("And more.", style="TranscriptTurn") + p("Typed.")
    files["word/document.xml"] = text.replace("<w:sectPr>", more + "<w:sectPr>").encode()
    found = read_word(packed(files))
    (again,) = found.transcripts
    assert found.record.titles == {"ru": "О снеге"}
    assert "title and the accession number" in found.losses[-1].what
    assert [(t.speaker, t.start_ms, t.end_ms, t.text) for t in again.turns] == [
        ("Ana", 2000, 4000, "Well, One 2."),
        ("Ana", None, None, "And more."),
        ("Ana", None, None, "Typed."),
    ]


def test_a_document_that_lost_its_styles_on_the_way_is_still_a_transcript() -> None:
    turns = [turn(text, speaker=who, start_ms=n * 61_000) for n, (who, _, text) in enumerate(QA)]
    files = unpacked(write_word(interview(transcript(turns))).data)
    text = files["word/document.xml"].decode()
    for style in ("TranscriptTurn", "TranscriptMark", "TranscriptTime", "TranscriptRecord"):
        text = text.replace(style, "Normal")
    files["word/document.xml"] = text.encode()
    found = said(packed(files))
    assert found[-4:] == [(who, n * 61_000, words) for n, (who, _, words) in enumerate(QA)]


def test_a_name_that_a_footnote_cuts_is_one_word_to_the_gate() -> None:
    cut = turn("Это Волков.", footnotes=(Footnote(7, "note"),))
    assert any("Волков" in one for one in words_of(write_word(interview(transcript([cut]))).data))
