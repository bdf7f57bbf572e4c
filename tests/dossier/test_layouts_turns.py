"""How a turn is shown: smoothed, cut, its speaker in short, its times, in facing columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dossier_samples import contents, interview, sample_interview, transcript, turn
from hypothesis import given
from hypothesis import strategies as st
from layout_samples import blocks, everything, items, texts, words_of

from archive_app.domain.records import Footnote, Role, TimedText, TranscriptKind
from archive_app.domain.released import ReleasedPerson, ReleasedTagging, ReleasedTurn
from archive_app.domain.typed_marks import known_marks_in
from archive_app.dossier.blocks import Open, Pair
from archive_app.dossier.build import build_dossier
from archive_app.dossier.contents import Excerpts, Passage, WholeInterview
from archive_app.dossier.design import Design, Layout, Marks, Speakers, Times
from archive_app.dossier.marks import parted, shown_text, shown_turn
from archive_app.dossier.speakers import short_forms
from archive_app.dossier.told import told_turns

SMOOTHED = Design(marks=Marks.SMOOTHED)
PLAIN = Design()


def said(text: str, **more: Any) -> ReleasedTurn:
    return turn(1, "Anna", text, 1_000, **more)


# Smoothing


@pytest.mark.parametrize(
    ("typed", "smooth"),
    [
        ("yes [pause] [laughs] no", "yes no"),
        ("[laughter] Well", "Well"),
        ("[laughs]. Well", "Well"),
        ("He came [laughs]. Then", "He came. Then"),
        ("and [pause], then", "and, then"),
        ("Yes. [laughs]. No", "Yes. No"),
        ("end. [pause]", "end."),
        ("(смеётся) Да", "Да"),
        ("«Да [смех]» сказал", "«Да» сказал"),
        ("Било је [уздах] тешко", "Било је тешко"),
        ("rekla je (smeje se): dobro", "rekla je: dobro"),
        ("foo[laughs]bar", "foo bar"),
        ("x [пауза 0:01:02] y", "x y"),
    ],
)
def test_marks_of_sounds_and_pauses_are_left_out(typed: str, smooth: str) -> None:
    assert shown_text(said(typed), SMOOTHED) == smooth
    assert shown_text(said(typed), PLAIN) == typed


@pytest.mark.parametrize(
    "text",
    [
        "I was — I mean, I… wanted",
        "w-w-was",
        "the [old] house (in Vračar)",
        "[he shows a photograph] this one",
        "[laughs]",
        "[laughs] [pause]",
        "so [unclear] it was",
        "[неразборчиво]",
    ],
)
def test_words_remarks_and_what_nobody_made_out_stay(text: str) -> None:
    assert shown_text(said(text), SMOOTHED) == text


def test_of_what_nobody_made_out_only_the_time_is_left_out() -> None:
    assert shown_text(said("so [unclear 0:12:34] it was"), SMOOTHED) == "so [unclear] it was"


def test_a_closed_passage_stays_though_its_mark_were_a_pause() -> None:
    text = "one [pause] two"
    assert shown_text(said(text, withheld=((4, 11),)), SMOOTHED) == text


@given(st.lists(st.sampled_from(
    ["слово", "one", "[pause]", "(смех)", "[unclear 0:00:09]", ".", ",", "«", "»", " ", "  "]
), max_size=12))  # fmt: skip
def test_smoothing_leaves_every_word_in_its_order(pieces: list[str]) -> None:
    text = "".join(pieces).strip()
    smooth = shown_text(said(text), SMOOTHED)
    kept = [c for c in text if c.isalpha()]
    left = [c for c in smooth if c.isalpha()]
    for found in known_marks_in(text):
        assert found.kind is not None
    rest = iter(kept)
    assert all(letter in rest for letter in left)
    for word in ("слово", "one"):
        assert smooth.count(word) == text.count(word)


def test_notes_tags_times_and_closed_passages_move_with_the_text() -> None:
    text = "One [pause] two [closed] three [laughs] four."
    closed = text.index("[closed]")
    shown = shown_turn(
        said(
            text,
            withheld=((closed, closed + 8),),
            footnotes=(Footnote(text.index("three") + 5, "note"),),
            timed=(
                TimedText(0, 3, 1_000, 1_500),
                TimedText(4, 11, 1_500, 1_900),
                TimedText(text.index("four"), len(text), 2_000, 2_500),
            ),
        ),
        SMOOTHED,
    )
    assert shown.text == "One two [closed] three four."
    assert [shown.text[a:b] for a, b in shown.turn.withheld] == ["[closed]"]
    assert shown.text[: shown.turn.footnotes[0].offset].endswith("three")
    assert [shown.text[t.start : t.end] for t in shown.turn.timed] == ["One", "four."]
    assert shown.text[shown.place(text.index("four")) :] == "four."
    assert shown.released(shown.text.index("four")) == text.index("four")


# A passage that begins or ends within a turn


def test_what_a_passage_leaves_of_a_turn_is_marked() -> None:
    held = said("One two three four five.")
    assert shown_text(held, PLAIN, 4) == "[…] two three four five."
    assert shown_text(held, PLAIN, 0, 13) == "One two three […]"
    assert shown_text(held, PLAIN, 4, 13) == "[…] two three […]"
    assert shown_text(held, PLAIN, 0, 24) == held.text
    assert shown_text(held, PLAIN, 3, 14) == "[…] two three […]"


def test_a_cut_within_a_closed_passage_takes_in_its_whole_mark() -> None:
    held = said("One [closed] two.", withheld=((4, 12),), footnotes=(Footnote(3, "n"),))
    shown = shown_turn(held, PLAIN, 7)
    assert shown.text == "[…] [closed] two."
    assert [shown.text[a:b] for a, b in shown.turn.withheld] == ["[closed]"]
    assert shown.turn.footnotes == ()
    assert shown_text(held, PLAIN, 0, 7) == "One [closed] […]"


def test_a_cut_turn_begins_when_its_first_word_is_spoken() -> None:
    timed = (TimedText(0, 3, 1_000, 1_400), TimedText(4, 7, 61_000, 61_300))
    dossier = contents(
        Excerpts(interview(transcript(said("One two", timed=timed))),
                 (Passage("t-1", 1, 1, start=4),)),
    )  # fmt: skip
    told = list(blocks(items(dossier)))
    (block,) = [each for each in told if words_of(each).startswith("Anna: ")]
    assert words_of(block) == "Anna: […] two"
    assert block.fragments[0].margin == "0:01:01"


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_parts_of_a_turn_make_the_turn(start: int, end: int, at: int) -> None:
    text = "Мало [пауза] по мало, [затворено] па све више и више речи."
    closed = text.index("[затворено]")
    held = said(text, withheld=((closed, closed + 11),), footnotes=(Footnote(20, "n"),))
    shown = shown_turn(held, SMOOTHED, min(start, end), max(start, end))
    first, second = parted(shown, min(at, len(shown.text)))
    assert first.text + second.text == shown.text
    notes = [*first.turn.footnotes, *second.turn.footnotes]
    assert len(notes) == len(shown.turn.footnotes)
    marks = [p.text[a:b] for p in (first, second) for a, b in p.turn.withheld]
    assert marks == [shown.text[a:b] for a, b in shown.turn.withheld]
    for a, b in shown.added:
        assert shown.text[a:b] == "[…]"


def test_a_tag_that_reaches_beyond_a_passage_is_entered_from_its_bounds() -> None:
    tagging = ReleasedTagging("g", {"en": "Bread"}, ("Bread",), "", 1, 0, 9, 3, "")
    turns = [turn(n, "Anna", f"one two three T{n}", n * 1000) for n in range(1, 10)]
    held = interview(transcript(*turns, taggings=(tagging,)))
    dossier = contents(Excerpts(held, (Passage("t-1", 4, 5, start=4),)))
    anchors = [
        (words_of(block), at, fragment.anchors)
        for block in blocks(items(dossier))
        for at, fragment in enumerate(block.fragments)
        if fragment.anchors and words_of(block).startswith("Anna")
    ]
    assert [text for text, _, _ in anchors] == ["Anna: […] two three T4", "Anna: one two three T5"]


# Speakers


def short(*speakers: str, people: tuple[tuple[str, str], ...]) -> dict[str, str]:
    held = interview(
        people=tuple(ReleasedPerson(name, sort, Role.INTERVIEWEE) for name, sort in people)
    )
    return short_forms(held, [turn(n, name, "x") for n, name in enumerate(speakers, 1)])


def test_the_short_form_is_the_family_name_that_the_register_knows() -> None:
    people = (("Анна Соколова", "Соколова, Анна"), ("Ђорђе Његош Љубић", "Љубић, Ђорђе Његош"))
    assert short("Анна Соколова", "Ђорђе Његош Љубић", "A. B.", people=people) == {
        "Анна Соколова": "Соколова",
        "Ђорђе Његош Љубић": "Љубић",
    }


def test_a_translation_s_name_in_the_other_script_has_a_short_form_too() -> None:
    people = (("Ђорђе Љубић", "Љубић, Ђорђе"),)
    assert short("Đorđe Ljubić", people=people) == {"Đorđe Ljubić": "Ljubić"}


def test_two_of_one_family_keep_their_full_names() -> None:
    people = (("Ana Babić", "Babić, Ana"), ("Jovan Babić", "Babić, Jovan"))
    assert short("Ana Babić", "Jovan Babić", people=people) == {}
    assert short("Ana Babić", "Babić", people=people) == {}


def test_a_speaker_is_named_in_full_where_each_passage_begins() -> None:
    turns = [turn(n, "Анна Соколова", f"t{n}", n) for n in range(1, 6)]
    people = (ReleasedPerson("Анна Соколова", "Соколова, Анна", Role.INTERVIEWEE),)
    held = Excerpts(
        interview(transcript(*turns), people=people), (Passage("t-1", 1, 2), Passage("t-1", 4, 5))
    )
    dossier = contents(held, design=Design(layout=Layout.READER, speakers=Speakers.SHORT))
    said_by = [text for text in texts(dossier) if ": t" in text]
    assert said_by == [
        "Анна Соколова: t1", "Соколова: t2", "Анна Соколова: t4", "Соколова: t5",
    ]  # fmt: skip


# Times


def margins(times: Times, step_s: int = 60) -> list[str]:
    turns = [turn(n, "A", "x", n * 20_000) for n in range(9)]
    design = Design(times=times, time_step_s=step_s)
    told = items(contents(interview(transcript(*turns)), design=design))
    return [f.margin for block in blocks(told) for f in block.fragments if f.margin]


def test_times_stand_at_each_turn_at_a_step_or_nowhere() -> None:
    assert len(margins(Times.TURN)) == 9
    assert margins(Times.STEP) == ["0:00:00", "0:01:00", "0:02:00"]
    assert margins(Times.STEP, 100) == ["0:00:00", "0:01:40"]
    assert margins(Times.NONE) == []


def test_a_long_turn_has_a_time_at_each_step_that_its_words_tell() -> None:
    words = tuple(TimedText(n * 3, n * 3 + 2, n * 30_000, n * 30_000 + 900) for n in range(10))
    held = interview(transcript(turn(1, "A", "ab " * 10, 0, timed=words)))
    for times, found in ((Times.TURN, 5), (Times.STEP, 3), (Times.NONE, 0)):
        told = items(contents(held, design=Design(times=times, time_step_s=120)))
        assert sum(bool(f.margin) for b in blocks(told) for f in b.fragments) == found


def test_lines_are_numbered_in_testimony_alone() -> None:
    told = items(everything(has_line_numbers=True))
    numbered = [words_of(block) for block in blocks(told) if block.style.is_numbered]
    shown = {each.shown.text for each in told_turns(everything(has_line_numbers=True))}
    assert len(numbered) == len(list(told_turns(everything())))
    assert all(text.partition(": ")[2] in shown for text in numbered)


# Facing columns


def pairs(*parts: Any, **design: Any) -> list[tuple[list[str], list[str]]]:
    told = items(contents(*parts, design=Design(is_facing=True, **design)))
    return [
        ([words_of(b) for b in item.left], [words_of(b) for b in item.right])
        for item in told
        if isinstance(item, Pair)
    ]


def test_original_and_translation_stand_beside_each_other_turn_by_turn() -> None:
    held = sample_interview(1)
    found = pairs(held)
    assert [len(left) for left, _ in found] == [1] * 5
    assert found[0] == (
        ["Марко Иванович: А что было потом?"], ["Marko Ivanović: And what happened then?"],
    )  # fmt: skip
    assert "[отрывок закрыт]" in found[3][0][0]
    assert "[passage closed]" in found[3][1][0]


def two(ours: list[ReleasedTurn], theirs: list[ReleasedTurn]) -> Any:
    translation = transcript(*theirs, language="en", kind=TranscriptKind.TRANSLATION, uuid="t-2")
    return interview(transcript(*ours), translation)


def test_a_turn_without_its_like_stands_alone_on_its_side() -> None:
    ours = [turn(1, "A", "раз", 0), turn(2, "A", "два", 20_000), turn(3, "A", "три", 40_000)]
    theirs = [turn(1, "A", "one", 0), turn(2, "A", "three", 40_000)]
    assert pairs(two(ours, theirs)) == [
        (["A: раз"], ["A: one"]),
        (["A: два"], []),
        (["A: три"], ["A: three"]),
    ]


def test_on_cards_the_columns_part_together(tmp_path: Path) -> None:
    ours = [turn(n, "A", "слово " * 150, n * 20_000) for n in range(1, 7)]
    theirs = [turn(n, "A", "word " * 150, n * 20_000) for n in (3, 4)]
    dossier = contents(two(ours, theirs), design=Design(layout=Layout.CARDS, is_facing=True))
    frames = [item for item in items(dossier) if isinstance(item, Open) and item.frame]
    assert len(frames) == 6
    found = [item for item in items(dossier) if isinstance(item, Pair)]
    assert [(len(item.left), len(item.right)) for item in found] == [
        (1, 0), (1, 0), (1, 1), (1, 1), (1, 0), (1, 0),
    ]  # fmt: skip
    times = [text for text in texts(dossier) if text.startswith("OH-1 · 0:")]
    assert times[0] == "OH-1 · 0:00:20–0:00:40"
    assert times[-1] == "OH-1 · 0:02:00–0:02:20"
    build_dossier(tmp_path / "d.pdf", dossier)


def test_a_passage_has_beside_it_what_renders_it_and_no_more() -> None:
    held = sample_interview(1)
    for uuid in ("t-1", "t-2"):
        found = pairs(Excerpts(held, (Passage(uuid, 2, 3, start=2),)))
        assert [left[0].partition(": ")[0] for left, _ in found] == ["Анна Соколова"] * 2
        assert [right[0].partition(": ")[0] for _, right in found] == ["Anna Sokolova"] * 2
        own = 0 if uuid == "t-1" else 1
        assert found[0][own][0].partition(": ")[2].startswith("[…]")
        assert "[…]" not in found[0][1 - own][0]


def test_an_interview_without_a_translation_is_set_in_one_column() -> None:
    dossier = contents(interview(transcript(turn(1, "A", "x", 0))), design=Design(is_facing=True))
    assert not [item for item in items(dossier) if isinstance(item, Pair)]
    assert "A: x" in texts(dossier)


def test_what_is_not_chosen_does_not_stand_beside() -> None:
    held = sample_interview(1)
    assert not pairs(WholeInterview(held, transcripts=("t-1",)))


def test_footnotes_are_counted_through_both_columns() -> None:
    ours = [turn(1, "A", "раз", 0, footnotes=(Footnote(3, "n1"),)), turn(2, "A", "два", 20_000)]
    theirs = [
        turn(1, "A", "one", 0, footnotes=(Footnote(3, "n2"),)),
        turn(2, "A", "two", 20_000, footnotes=(Footnote(3, "n3"),)),
    ]
    told = items(contents(two(ours, theirs), design=Design(is_facing=True)))
    notes: list[tuple[str, str]] = []
    for block in blocks(told):
        for fragment in block.fragments:
            notes += [(n.lead.text if n.lead else "", words_of(n)) for n in fragment.notes]
    assert notes == [("1", "n1"), ("2", "n2"), ("3", "n3")]


def test_a_withheld_mark_has_its_own_ink_in_both_columns() -> None:
    told = items(contents(sample_interview(1), design=Design(is_facing=True)))
    inks = {
        fragment.ink.face
        for block in blocks(told)
        for fragment in block.fragments
        if fragment.text in {"[отрывок закрыт]", "[passage closed]"}
    }
    assert inks == {"italic"}
