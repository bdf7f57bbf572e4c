"""What was released stands in the PDF, whole, in order and as it was typed."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from dossier_samples import contents, interview, sample_contents, transcript, turn
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import characters, is_subsequence, text_of, words

from archive_app.domain.records import Footnote, Role
from archive_app.domain.released import ReleasedIndexPoint, ReleasedPerson
from archive_app.dossier.build import build_dossier, released_strings
from archive_app.dossier.contents import WholeInterview
from archive_app.dossier.design import Design

HOSTILE = (
    "<b>bold</b>",
    "a < b & c",
    "</para>",
    '<img src="http://example.org/x.png"/>',
    "{{ title }} {0} %s",
    "before <nrzb> after",
    "&lt;i&gt; &amp; &#65;",
    "(paren\\theses) \\n [ ] ) Tj ET",
    '<a href="javascript:alert(1)">x</a>',
)


SHOWN = {"/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer"}
RUNNING = {"/A", "/AA", "/URI", "/JS", "/OpenAction", "/Launch"}


def spoken(dossier: Any) -> list[str]:
    """Return the words of all turns, in order."""
    found: list[str] = []
    for part in dossier.interviews:
        if isinstance(part, WholeInterview):
            for each in part.interview.transcripts:
                for held in each.turns:
                    found += held.text.split()
    return found


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_word_of_every_turn_comes_out_in_order(tmp_path: Path) -> None:
    dossier = sample_contents()
    target = tmp_path / "d.pdf"
    build_dossier(target, dossier)
    assert is_subsequence(spoken(dossier), words(text_of(target)))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("mode", [[], ["-layout"], ["-raw"]])
def test_pdftotext_gives_every_turn_in_order(tmp_path: Path, mode: list[str]) -> None:
    dossier = sample_contents()
    target = tmp_path / "d.pdf"
    build_dossier(target, dossier)
    done = subprocess.run(["pdftotext", *mode, str(target), "-"], capture_output=True, check=True)
    assert is_subsequence(spoken(dossier), words(done.stdout.decode()))


def test_what_looks_like_markup_stands_as_it_was_typed(tmp_path: Path) -> None:
    turns = [
        turn(n, f"S {text}", f"said {text} end", n * 1000) for n, text in enumerate(HOSTILE, 1)
    ]
    noted = turn(20, "S", "noted", 99_000, footnotes=(Footnote(5, HOSTILE[3], HOSTILE[8]),))
    held = interview(
        transcript(*turns, noted),
        titles={"en": HOSTILE[0]},
        accession=HOSTILE[1],
        people=(ReleasedPerson(HOSTILE[3], HOSTILE[5], Role.INTERVIEWEE, HOSTILE[2]),),
        abstract=HOSTILE[4],
        subjects=(HOSTILE[6],),
        place=HOSTILE[7],
        index_points=(ReleasedIndexPoint(0, None, HOSTILE[8], HOSTILE[3]),),
    )
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(held, title=HOSTILE[0], description="\n".join(HOSTILE)))
    text = "".join(words(text_of(target)))
    for typed in HOSTILE:
        assert bare(f"said {typed} end") in text
        assert bare(f"S {typed}:") in text
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Title"]) == HOSTILE[0]
        with pdf.open_outline() as tree:
            titles = [item.title for item in tree.root]
        assert titles.count(HOSTILE[0]) == 2


def test_nothing_in_the_file_runs_or_leads_out_of_it(tmp_path: Path) -> None:
    noted = turn(1, "A", "x", footnotes=(Footnote(1, "see", "javascript:alert(1)"),))
    point = ReleasedIndexPoint(0, None, "https://example.org")
    held = interview(transcript(noted), index_points=(point,), usage_note="http://example.org")
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(held, contact="mailto:x@example.org"))
    with pikepdf.open(target) as pdf:
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Dictionary):
                held = RUNNING & set(entry.keys())
                if entry.get("/Subtype") == "/Link" or "/P" in entry:
                    # A short link into the archive, or the attributes of a structure element.
                    held -= {"/A"}
                if "/URI" in held and str(entry["/URI"]).startswith("oralhistory:OH-1"):
                    held -= {"/URI"}
                assert not held


@settings(max_examples=25)
@given(
    text=st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60),
    speaker=st.text(st.characters(codec="utf-8"), max_size=20),
)
def test_any_text_can_be_set_and_keeps_its_letters(
    tmp_path_factory: pytest.TempPathFactory, text: str, speaker: str
) -> None:
    target = tmp_path_factory.mktemp("any") / "d.pdf"
    held = interview(transcript(turn(1, speaker, f"BEGIN {text} END", 0)), titles={"en": text})
    build_dossier(target, contents(held, title=text or "x"))
    found = text_of(target)
    between = found[found.rindex("BEGIN") + 5 : found.rindex("END")] if "BEGIN" in found else ""
    letters = [c for c in unicodedata.normalize("NFKC", text) if c.isalnum()]
    held_letters = [c for c in unicodedata.normalize("NFKC", between) if c.isalnum()]
    kept = [c for c in letters if unicodedata.bidirectional(c) in {"L", "EN"}]
    assert is_subsequence(kept, held_letters)


@pytest.mark.parametrize(
    "text", ["\ud800 lone \udfff", "\x00\x07\x1b", "\u202eabc\u2066", "\ufffe"]
)
def test_what_no_reader_should_see_is_harmless(tmp_path: Path, text: str) -> None:
    target = tmp_path / "d.pdf"
    held = interview(transcript(turn(1, text, f"A{text}B", 0)), titles={"en": text})
    built = build_dossier(target, contents(held, title=text, author=text, subtitle=text))
    assert built.missing_glyphs == ()
    assert "A" in text_of(target)


def test_zero_width_and_bidi_controls_do_not_part_a_word(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    text = "при\u200bве\u00adт\u200d \u2068Ana\u2069"
    build_dossier(target, contents(interview(transcript(turn(1, "A", text, 0)))))
    assert is_subsequence(["привет", "Ana"], words(text_of(target)))


@pytest.mark.parametrize("text", ["за́мок", "и\u0306од", "Ё\u0301", "Д\u0436\u0301", "c\u030c"])
def test_combining_accents_are_kept(tmp_path: Path, text: str) -> None:
    target = tmp_path / "d.pdf"
    build_dossier(target, contents(interview(transcript(turn(1, "A", f"X {text} Y", 0)))))
    found = unicodedata.normalize("NFC", text_of(target))
    assert unicodedata.normalize("NFC", text) in found


def test_signs_of_other_fonts_are_found_and_boxes_keep_their_text(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    text = "Σ → ☺ 😀 漢字 \U00020000"
    built = build_dossier(target, contents(interview(transcript(turn(1, "A", text, 0)))))
    assert built.missing_glyphs == ("字", "漢", "\U00020000")
    assert is_subsequence(text.split(), words(text_of(target)))


@pytest.mark.parametrize("length", [3_000, 100_000])
def test_a_word_without_end_is_wrapped_by_force(tmp_path: Path, length: int) -> None:
    target = tmp_path / "d.pdf"
    held = interview(transcript(turn(1, "A", "before " + "ж" * length + " after", 0)))
    built = build_dossier(target, contents(held, design=Design(has_index=False)))
    assert built.pages > length // 4_000
    if length < 10_000:
        found = text_of(target)
        assert found.count("ж") == length
        assert all(c.bbox[2] <= 595.276 - 90 for c in characters(target) if c.get_text() == "ж")


def test_names_and_titles_without_end_are_set_too(tmp_path: Path) -> None:
    endless = "щ" * 2_500
    held = interview(
        transcript(turn(1, endless, "x", 0), turn(2, "A", "said", 1)),
        titles={"en": endless},
        accession=endless,
        place=endless,
        people=(ReleasedPerson(endless, endless, Role.INTERVIEWEE, endless),),
        index_points=(ReleasedIndexPoint(0, None, endless, endless, place=endless),),
    )
    built = build_dossier(tmp_path / "d.pdf", contents(held, title=endless, author=endless))
    assert built.pages > 15
    # Without spaces, as it is drawn: to put its long lines together takes a reader seconds.
    assert "A:said" in "".join(c.get_text() for c in characters(built.path)).replace(" ", "")


def test_a_turn_of_five_thousand_words_and_empty_turns(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    long = " ".join(f"слово{n}" for n in range(5_000))
    held = transcript(turn(1, "A", ""), turn(2, "", ""), turn(3, "B", long, 5), turn(4, "", "end"))
    build_dossier(target, contents(interview(held), design=Design(has_index=False)))
    assert is_subsequence([*long.split(), "end"], words(text_of(target)))


@pytest.mark.parametrize("offset", range(-1, 16))
def test_a_footnote_parts_no_word_wherever_it_is_set(tmp_path: Path, offset: int) -> None:
    target = tmp_path / "d.pdf"
    held = turn(1, "A", " one, «two» три.", 0, footnotes=(Footnote(offset, "the note"),))
    build_dossier(target, contents(interview(transcript(held)), design=Design(has_index=False)))
    found = words(text_of(target))
    assert is_subsequence(["one,", "«two»", "три."], found)
    assert is_subsequence(["the", "note"], found)


def test_a_word_in_several_inks_stays_one_word(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    held = turn(1, "A", "one [closed]two three", 0, withheld=((4, 12),))
    build_dossier(target, contents(interview(transcript(held))))
    assert is_subsequence(["one", "[closed]two", "three"], words(text_of(target)))


def test_the_mark_of_a_closed_passage_is_set_apart(tmp_path: Path) -> None:
    target = tmp_path / "d.pdf"
    held = turn(1, "A", "Open qqq [zzz zzz] open qqq", 0, withheld=((9, 18),))
    build_dossier(target, contents(interview(transcript(held))))
    found = characters(target)
    assert {c.fontname.split("+")[1] for c in found if c.get_text() == "z"} == {"CharisSIL-Italic"}
    assert {c.fontname.split("+")[1] for c in found if c.get_text() == "q"} == {"CharisSIL"}


def test_the_strings_to_be_proved_are_all_that_the_file_shows(tmp_path: Path) -> None:
    dossier = sample_contents()
    target = tmp_path / "d.pdf"
    build_dossier(target, dossier)
    with pikepdf.open(target) as pdf:
        named = [str(value) for key, value in pdf.docinfo.items() if str(key) in SHOWN]
    proved = {word for text in released_strings(dossier) for word in text.split()}
    joined = bare("".join(released_strings(dossier)))
    counted = re.compile(r"[\divxlcdm,–]+")
    for word in words(text_of(target) + " ".join(named)):
        cut = word.removesuffix("…")
        assert word in proved or counted.fullmatch(word) or bare(cut) in joined
