from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import lxml.etree as etree
import pytest
from exchange_building import interview, of_parsed, told, transcript, turn, turn_lists
from hypothesis import given, settings

from archive_app.domain.parsed import ParsedInterview
from archive_app.domain.records import Footnote, GpsPoint, Hyperlink, TranscriptKind
from archive_app.domain.released import ReleasedIndexPoint, ReleasedInterview
from archive_app.errors import BadInput
from archive_app.exchange.ohms import read_ohms, write_ohms
from archive_app.exchange.ohms_sync import SyncPoint, read_sync

NS = {"o": "https://www.weareavp.com/nunncenter/ohms"}


def sample(samples: Path, name: str) -> ParsedInterview:
    (found,) = read_ohms((samples / "ohms" / name).read_bytes())
    return found


def record(inner: str, *, version: str = "5.4", head: str = "") -> bytes:
    return (
        f'{head}<ROOT xmlns="{NS["o"]}"><record id="0007" dt="2020-01-01">'
        f"<version>{version}</version><date value='' format='yyyy-mm-dd'/><title>T</title>"
        f"{inner}</record></ROOT>"
    ).encode()


@pytest.mark.parametrize(
    ("name", "points", "syncs"), [("hanford_OH0139.xml", 9, 141), ("duarte_OH0344.xml", 7, 28)]
)
def test_every_sync_point_falls_on_its_word(
    samples: Path, name: str, points: int, syncs: int
) -> None:
    found = sample(samples, name)
    assert len(found.index_points) == points
    root = etree.parse(str(samples / "ohms" / name)).getroot()
    lines = (root.findtext(".//o:transcript", namespaces=NS) or "").split("\n")
    sync = root.findtext(".//o:sync", namespaces=NS) or ""
    raw = re.findall(r"(\d+)\((\d+)\)", sync)
    (kept,) = found.transcripts
    cues = [(t.text, cue) for t in kept.turns for cue in t.timed]
    assert len(raw) == len(cues) == syncs
    for minute, ((line, word), (text, cue)) in enumerate(zip(raw, cues, strict=True), start=1):
        assert cue.is_cue
        assert cue.start_ms == minute * 60_000
        spoken = lines[int(line) - 1].split()[int(word) - 1]
        if not re.fullmatch(r"[A-Z]+:", spoken):  # a label is its turn's beginning
            assert text[cue.start :].split()[0] == spoken


@pytest.mark.parametrize("name", ["hanford_OH0139.xml", "duarte_OH0344.xml"])
def test_every_word_of_a_legacy_transcript_arrives_in_order(samples: Path, name: str) -> None:
    root = etree.parse(str(samples / "ohms" / name)).getroot()
    text = root.findtext(".//o:transcript", namespaces=NS) or ""
    text = re.sub(r"\[\[footnotes\]\].*\[\[/footnotes\]\]", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*\[\[footnote\]\]\d+\[\[/footnote\]\]", "", text)
    (found,) = sample(samples, name).transcripts
    said = [word for t in found.turns for word in t.text.split()]
    speakers = {t.speaker for t in found.turns} - {""}
    assert said == [word for word in text.split() if word.removesuffix(":") not in speakers]


def test_times_between_sync_points_are_estimates_that_never_go_back(samples: Path) -> None:
    (found,) = sample(samples, "hanford_OH0139.xml").transcripts
    starts = [t.start_ms for t in found.turns if t.start_ms is not None]
    assert len(starts) == len(found.turns)
    assert starts == sorted(starts)
    assert starts[-1] > 140 * 60_000
    exact = [t for t in found.turns if not t.is_time_estimated]
    assert exact
    assert all((t.start_ms or 0) % 60_000 == 0 for t in exact)


def test_footnotes_stand_at_their_words(samples: Path) -> None:
    (found,) = sample(samples, "hanford_OH0139.xml").transcripts
    notes = [(t.text[: n.offset], n.text) for t in found.turns for n in t.footnotes]
    assert [before.rsplit(" ", 1)[-1] for before, _ in notes] == ["patent", "you"]
    assert notes[0][1].startswith("William E. Hanford (to E.I. DuPont")


def test_leading_zeros_of_the_record_id_are_kept(samples: Path) -> None:
    found = sample(samples, "duarte_OH0344.xml")
    assert found.record.extra["ohms_id"] == "00083325"
    assert found.record.date == "2006-06-13"
    assert found.record.languages == ("en",)
    assert found.index_points[0].gps == (
        GpsPoint("37.211, -122.273", "11", "Pescadero, California"),
    )
    assert found.index_points[0].place == "Pescadero, California"
    assert "whaling" in found.index_points[0].keywords


def test_an_empty_record_is_a_catalogue_record_without_transcript(samples: Path) -> None:
    found = sample(samples, "empty_ohms.xml")
    assert found.transcripts == ()
    assert found.index_points == ()
    assert found.record.accession == "OH0010"


def test_captions_in_cdata_become_turns(samples: Path) -> None:
    (found,) = sample(samples, "chappelear-ohmsvtt-example.xml").transcripts
    assert sum(len(t.timed) for t in found.turns) == 13
    assert {t.speaker for t in found.turns} == {"SCHNEIDER", "CHAPPELEAR", ""}
    small = sample(samples, "small-sample-vtt-ohms.xml")
    assert small.transcripts[0].turns[-1].end_ms is None
    assert "line 21" in {loss.where for loss in small.losses}
    assert "learning. One day" in small.transcripts[0].turns[3].text


@pytest.mark.parametrize(
    ("sync", "lines", "expected"),
    [
        ("1:|1(2)", ["a b", "", "c"], [SyncPoint(60_000, 0, 1)]),
        ("1:|0(2)", ["a b", "", "c"], [SyncPoint(60_000, 0, 1)]),
        ("1.0:|2(1)|4(1)", ["a", "b", "", "c"], [SyncPoint(60_000, 1, 0),
         SyncPoint(120_000, 3, 0)]),
        ("0.5:|1(1)|2(1)", ["a", "b"], [SyncPoint(30_000, 0, 0), SyncPoint(60_000, 1, 0)]),
        ("1:|0(1)|2(2)", ["a", "", "c d"], [SyncPoint(60_000, 0, 0), SyncPoint(120_000, 2, 1)]),
        (":|1(1)", ["a"], [SyncPoint(60_000, 0, 0)]),
        ("", ["a"], []),
    ],
)  # fmt: skip
def test_sync_lines_count_from_where_the_points_fall_on_words(
    sync: str, lines: list[str], expected: list[SyncPoint]
) -> None:
    assert read_sync(sync, lines) == (expected, [])


@pytest.mark.parametrize("sync", ["1:|1(1)|99(1)", "1:|2(1)|1(1)|3(1)", "x", "1:|1(1)|?"])
def test_sync_that_cannot_be_placed_is_said(sync: str) -> None:
    points, losses = read_sync(sync, ["a", "b", "c"])
    assert losses
    assert points == sorted(points, key=lambda point: point.line)


def test_legacy_footnotes_with_links_and_strays_are_read() -> None:
    text = (
        "ANA: One [[footnote]]1[[/footnote]]. Two[[footnote]]9[[/footnote]]\n\nIVO: Three.\n\n"
        "[[footnotes]]\n[[note]]See\nthere. [[link]]https://x.org[[/link]][[/note]]\n"
        "[[note]]Unused[[/note]]\n[[/footnotes]]"
    )
    (found,) = read_ohms(record(f"<transcript>{text}</transcript>"))
    (kept,) = found.transcripts
    assert [(t.speaker, t.text) for t in kept.turns] == [("ANA", "One. Two"), ("IVO", "Three.")]
    assert kept.turns[0].footnotes == (Footnote(3, "See there.", "https://x.org"),)
    assert len(found.losses) == 2


def test_annotations_of_captions_become_footnotes() -> None:
    captions = (
        "WEBVTT\n\nNOTE\nANNOTATIONS BEGIN\n\nNOTE\n"
        '<annotation ref="1">A town. <a href="https://x.org">here</a></annotation>\n\n'
        "NOTE\nANNOTATIONS END\n\n00:00:01.000 --> 00:00:02.000\n"
        "<v ANA>In <c.1>Pančevo</c>, then."
    )
    xml = record(f"<vtt_transcript><![CDATA[{captions}]]></vtt_transcript>", version="6.0")
    (found,) = read_ohms(xml)
    (kept,) = found.transcripts
    assert kept.turns[0].text == "In Pančevo, then."
    assert kept.turns[0].footnotes == (Footnote(10, "A town. here", "https://x.org"),)


def test_the_translation_is_a_transcript_of_its_own() -> None:
    xml = record(
        "<sync>1:|1(1)</sync><sync_alt>1:|1(2)</sync_alt>"
        "<transcript_alt_lang>Russian</transcript_alt_lang><language>Serbian</language>"
        "<transcript>ANA: Da.</transcript><transcript_alt>АНА: Да, да.</transcript_alt>"
    )
    (found,) = read_ohms(xml)
    assert [(t.language, t.kind, t.turns[0].text) for t in found.transcripts] == [
        ("sr", TranscriptKind.VERBATIM, "Da."),
        ("ru", TranscriptKind.TRANSLATION, "Да, да."),
    ]


def test_flat_points_of_5_1_and_alternatives_are_read() -> None:
    (found,) = read_ohms(
        record(
            "<index><point><time>75</time><title>A</title><title_alt>Б</title_alt>"
            "<keywords>x; y;;</keywords><gps>1, 2</gps><gps_zoom>9</gps_zoom>"
            "<gps_text>Ub</gps_text><hyperlink>https://x</hyperlink></point></index>",
            version="5.1",
        )
    )
    (point,) = found.index_points
    assert (point.start_ms, point.title, point.alt, point.keywords) == (
        75_000, "A", {"title": "Б"}, ("x", "y"),
    )  # fmt: skip
    assert point.gps == (GpsPoint("1, 2", "9", "Ub"),)
    assert point.links == (Hyperlink("https://x"),)


@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE ROOT [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE ROOT [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE ROOT [<!ENTITY % p SYSTEM "http://localhost/x"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(attack: str, encoding: str) -> None:
    xml = record("<usage>&x;</usage>", head=attack).decode()
    with pytest.raises(BadInput, match="entities"):
        read_ohms(xml.encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf\n" + record("<usage>a&nbsp;b &amp; c</usage>"),
        record("<usage>a\u00a0b \x01& c</usage>"),
        b'<?xml version="1.0" encoding="UTF-8"?>'
        + record("<usage>a\u00a0b &amp; c</usage>").replace(b"\xc2\xa0", b"\xa0"),
    ],
)  # fmt: skip
def test_damaged_xml_is_repaired_and_said(data: bytes) -> None:
    (found,) = read_ohms(data)
    assert found.record.usage_note == "a\u00a0b & c"
    assert found.losses


@pytest.mark.parametrize("data", [b"", b"<a/>", b"<ROOT/>", b"<ROOT><record>", b"\x00\x01", b"x"])
def test_what_is_not_ohms_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_ohms(data)


@pytest.fixture(scope="module")
def schema(samples: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(samples / "ohms" / "ohms-6.0.xsd")))


def released(found: ParsedInterview) -> ReleasedInterview:
    """Return what was read as if it had been stored and released."""
    return interview(
        *(of_parsed(t) for t in found.transcripts),
        extra=found.record.extra,
        accession=found.record.accession,
        titles=found.record.titles,
        date=found.record.date,
        collections=tuple(title for _, title in found.record.collections),
        subjects=found.record.subjects,
        keywords=found.record.keywords,
        abstract=found.record.abstract,
        languages=found.record.languages,
        rights_holder=found.record.rights_holder,
        usage_note=found.record.usage_note,
        funder=found.record.funder,
        index_points=tuple(
            ReleasedIndexPoint(
                p.start_ms,
                p.end_ms,
                p.title,
                p.synopsis,
                p.partial_transcript,
                p.keywords,
                p.subjects,
                p.place,
                p.gps,
                p.links,
                p.alt,
            )
            for p in found.index_points
        ),
    )


@pytest.mark.parametrize(
    "name",
    [
        "hanford_OH0139.xml",
        "duarte_OH0344.xml",
        "chappelear-ohmsvtt-example.xml",
        "small-sample-vtt-ohms.xml",
        "empty_ohms.xml",
    ],
)
def test_exports_of_real_records_are_valid_and_come_back(
    samples: Path, schema: etree.XMLSchema, name: str
) -> None:
    first = sample(samples, name)
    data = write_ohms(released(first)).data
    schema.assertValid(etree.fromstring(data))
    (again,) = read_ohms(data)
    assert again.index_points == first.index_points
    assert [told(t.turns) for t in again.transcripts] == [told(t.turns) for t in first.transcripts]
    assert [[t.footnotes for t in x.turns] for x in again.transcripts] == [
        [t.footnotes for t in x.turns] for x in first.transcripts
    ]
    for name in ("accession", "titles", "date", "abstract", "subjects", "keywords", "languages"):
        assert getattr(again.record, name) == getattr(first.record, name)
    assert again.record.extra["ohms_id"] == first.record.extra["ohms_id"]


@given(turn_lists())
@settings(max_examples=60)
def test_ohms_read_again_gives_the_same_turns(turns: list) -> None:  # type: ignore[type-arg]
    kept = [replace(t, text=t.text.replace("\ufffe", "").replace("\uffff", "")) for t in turns]
    first = transcript(kept)
    second = replace(first, transcript_id=8, language="sr-Cyrl", kind=TranscriptKind.TRANSLATION)
    data = write_ohms(interview(first, second)).data
    (again,) = read_ohms(data)
    assert [told(t.turns) for t in again.transcripts] == [told(kept), told(kept)]
    assert [t.language for t in again.transcripts] == ["ru", "sr-Cyrl"]


def test_hostile_text_stays_within_its_cdata(schema: etree.XMLSchema) -> None:
    turns = [turn("]]> <record> &amp; \ufffe", speaker="]]>", start_ms=0, end_ms=1)]
    written = write_ohms(interview(transcript(turns), titles={"en": "<b>]]>\ufffe"}))
    schema.assertValid(etree.fromstring(written.data))
    (again,) = read_ohms(written.data)
    assert again.transcripts[0].turns[0].text == "]]> <record> &amp; "
    assert any("XML cannot hold" in loss.what for loss in written.losses)


def test_what_ohms_cannot_say_is_said(schema: etree.XMLSchema) -> None:
    written = write_ohms(
        interview(
            index_points=(ReleasedIndexPoint(1500, 3000, "A", place="Ub"),),
            date="2022-09~",
            place="Beograd",
        )
    )
    schema.assertValid(etree.fromstring(written.data))
    said = " ".join(loss.what for loss in written.losses)
    for word in ("whole seconds", "no end", "Titles", "place of recording"):
        assert word in said
    (again,) = read_ohms(written.data)
    assert again.index_points[0].start_ms == 1000
    assert again.record.extra["ohms_date_nonpreferred_format"] == "2022-09~"
