"""Closed passages, replaced names, and what hangs on the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from gate_world import (
    HIDDEN,
    RECORDING,
    TODAY,
    VIKTOR,
    only_transcript,
    passage,
    seen,
    strings,
    tagging,
    transcript,
    turn,
    world,
)

from archive_app.domain.names import NameForm
from archive_app.domain.records import (
    Audience,
    Collection,
    Footnote,
    GpsPoint,
    Hyperlink,
    IndexPoint,
    Interview,
    Layer,
    Place,
    Restriction,
    TimedText,
)
from archive_app.domain.release import check_for_leaks, fingerprint
from archive_app.errors import LeakPrevented

PUBLIC, ROOM, STAFF = Audience
MARK = "[passage closed]"


def texts(released: object) -> list[str]:
    return [t.text for t in only_transcript(released).turns]  # type: ignore[arg-type]


def test_a_closed_passage_stands_as_a_mark() -> None:
    file = world(transcript("Он жил на Лесной улице."), restrictions=(passage(101, 10, 101, 22),))
    assert texts(seen(file)) == [f"Он жил на {MARK}."]
    assert texts(seen(file, ROOM)) == ["Он жил на Лесной улице."]
    (shown,) = only_transcript(seen(file)).turns
    assert [shown.text[s:e] for s, e in shown.withheld] == [MARK]


def test_a_passage_over_several_turns_leaves_a_mark_in_each() -> None:
    file = world(
        transcript("один два", "три четыре", "пять шесть"),
        restrictions=(passage(101, 5, 103, 4),),
    )
    assert texts(seen(file)) == [f"один {MARK}", MARK, f"{MARK} шесть"]
    assert [(w.layer, w.passages) for w in seen(file).withheld] == [
        (Layer.TRANSCRIPT, 1),
        (Layer.RECORDING, 0),
    ]


def test_passages_that_touch_leave_one_mark() -> None:
    file = world(
        transcript("один два три"),
        restrictions=(passage(101, 0, 101, 6), passage(101, 5, 101, 8)),
    )
    assert texts(seen(file)) == [f"{MARK} три"]


def test_a_passage_that_cuts_a_name_takes_in_the_whole_name() -> None:
    file = world(transcript("Тут Сергей сидел"), restrictions=(passage(101, 0, 101, 7),))
    assert texts(seen(file)) == [f"{MARK} сидел"]


def test_a_passage_opens_at_midnight_only_if_it_opens_by_itself() -> None:
    tomorrow = TODAY + timedelta(days=1)
    one = passage(101, 0, 101, 1, until=tomorrow, opens_by_itself=True)
    for restriction, opened in ((one, "а б"), (replace(one, opens_by_itself=False), f"{MARK} б")):
        file = world(transcript("а б"), restrictions=(restriction,))
        assert texts(seen(file)) == [f"{MARK} б"]
        assert texts(seen(file, on=tomorrow)) == [opened]


@pytest.mark.parametrize(
    "lost",
    [
        passage(101, 0, 101, 1, is_orphan=True),
        passage(999, 0, 999, 1),
        passage(102, 0, 101, 1),
        passage(101, 50, 101, 60),
        passage(101, 0, 101, 1, transcript_id=9),
        Restriction(3, "r", 1, PUBLIC),
    ],
)
def test_a_passage_that_cannot_be_placed_closes_the_transcripts(lost: Restriction) -> None:
    file = world(transcript("а б", "в"), restrictions=(lost,))
    assert not seen(file).transcripts
    assert not seen(file).recordings
    assert seen(file).withheld
    assert seen(file, STAFF).transcripts


def test_the_sound_of_a_closed_passage_and_what_the_index_copied_of_it_are_withheld() -> None:
    point = IndexPoint(1, "x", 1, 0, None, "Street", partial_transcript="на Лесной")
    file = world(
        transcript("на Лесной"), index_points=(point,), restrictions=(passage(101, 3, 101, 9),)
    )
    assert not seen(file).recordings
    assert not seen(file).index_points[0].partial_transcript
    assert seen(file, ROOM).recordings
    assert seen(file, ROOM).index_points[0].partial_transcript


def test_what_quotes_a_closed_passage_elsewhere_is_closed_with_it() -> None:
    said = "Нас через границу провёл Олег Фомин за две бутылки водки."
    noted = turn(
        2, "Потом уехал.", id=102, footnotes=(Footnote(5, "Ср. «Олег Фомин за две бутылки водки»"),)
    )
    file = world(
        transcript(said, noted),
        interview=Interview(
            1,
            "i1",
            "OH-1",
            titles={"ru": "Беседа"},
            abstract="О границе: «нас через ГРАНИЦУ провёл Олег Фо́мин», и о снеге.",
        ),
        index_points=(
            IndexPoint(
                1,
                "x1",
                1,
                0,
                None,
                "провел Олег Фомин за две бутылки",
                synopsis="О дороге через границу.",
                alt={"synopsis": "Провёл Олег Фомин за две бутылки"},
            ),
        ),
        restrictions=(passage(101, 4, 101, len(said) - 1, shut_out=ROOM),),
    )
    for audience in (PUBLIC, ROOM):
        shown = seen(file, audience)
        assert "Олег" not in str(shown)
        assert "бутылки" not in str(shown)
        assert shown.abstract == f"О границе: «нас {MARK}», и о снеге."
        assert shown.index_points[0].synopsis == "О дороге через границу."
    assert "Олег" in seen(file, STAFF).abstract


def test_few_words_of_a_passage_are_no_quotation() -> None:
    file = world(
        transcript("я не знаю, что было потом"),
        interview=Interview(1, "i1", "OH-1", abstract="Что было потом, не знает никто."),
        restrictions=(passage(101, 0, 101, 24),),
    )
    assert seen(file).abstract == "Что было потом, не знает никто."


def test_a_closed_passage_closes_the_same_minutes_of_a_translation() -> None:
    translation = transcript("He lived", "in Forest Street", "by himself", id_=2)
    file = world(
        transcript("Он жил", "на Лесной", "один"),
        translation,
        restrictions=(passage(102, 3, 102, 9),),
    )
    original, other = seen(file).transcripts
    assert [t.text for t in original.turns] == ["Он жил", f"на {MARK}", "один"]
    assert [t.text for t in other.turns] == ["He lived", MARK, "by himself"]


def test_words_with_times_are_closed_one_by_one_in_a_translation() -> None:
    timed = (
        TimedText(0, 2, 10_000, 11_000),
        TimedText(3, 9, 11_000, 13_000),
        TimedText(10, 13, 13_000, 14_000),
    )
    source = turn(1, "он Виктор тут", id=101, timed=timed)
    other = turn(1, "he Viktor here", id=201, transcript_id=2, timed=timed)
    file = world(
        transcript(source), transcript(other, id_=2), restrictions=(passage(101, 3, 101, 9),)
    )
    shown = seen(file).transcripts[1].turns[0].text
    assert shown == f"he{MARK}here"


def test_a_translation_without_times_is_withheld_until_its_own_passage_is_closed() -> None:
    untimed = transcript(turn(1, "Forest Street", id=201, start_ms=None, end_ms=None), id_=2)
    here = passage(101, 0, 101, 2)
    there = passage(201, 0, 201, 6, transcript_id=2)
    file = world(transcript("на Лесной"), untimed, restrictions=(here,))
    assert [t.transcript_id for t in seen(file).transcripts] == [1]
    settled = replace(file, restrictions=(here, there))
    assert [t.turns[0].text for t in seen(settled).transcripts] == [
        f"{MARK} Лесной",
        f"{MARK} Street",
    ]


def test_one_passage_of_a_translation_without_times_does_not_settle_two() -> None:
    lines = ("Forest Street", "in between", "Field Street")
    turns = [
        turn(n, text, id=200 + n, transcript_id=2, start_ms=None, end_ms=None)
        for n, text in enumerate(lines, start=1)
    ]
    first, second = passage(101, 0, 101, 2), passage(103, 0, 103, 2, shut_out=ROOM)
    own = passage(201, 0, 201, 6, transcript_id=2, shut_out=ROOM)
    file = world(
        transcript("на Лесной", "а", "на Полевой"),
        transcript(*turns, id_=2),
        restrictions=(first, second, own),
    )
    assert [t.transcript_id for t in seen(file).transcripts] == [1]
    also = passage(203, 0, 203, 5, transcript_id=2)
    shown = seen(replace(file, restrictions=(first, second, own, also)))
    assert [t.transcript_id for t in shown.transcripts] == [1, 2]
    assert "Field" not in str(shown)


def test_a_passage_of_a_translation_settles_only_the_turns_it_touches() -> None:
    file = world(
        transcript("раз", "два", "три", "четыре"),
        transcript("one", "two", "three", "four", "five", id_=2),
        restrictions=(passage(101, 0, 103, 3), passage(203, 0, 204, 2, transcript_id=2)),
    )
    other = seen(file).transcripts[1]
    assert [t.text for t in other.turns] == [MARK, MARK, MARK, f"{MARK}ur", "five"]


def test_a_settled_translation_whose_turns_begin_a_little_early_keeps_its_neighbours() -> None:
    early = [
        turn(
            n,
            text,
            id=200 + n,
            transcript_id=2,
            start_ms=n * 10_000 - 800,
            end_ms=n * 10_000 + 9_200,
        )
        for n, text in enumerate(("one", "two", "three"), start=1)
    ]
    file = world(
        transcript("раз", "два", "три"),
        transcript(*early, id_=2),
        restrictions=(passage(102, 0, 102, 3), passage(202, 0, 202, 3, transcript_id=2)),
    )
    assert [t.text for t in seen(file).transcripts[1].turns] == ["one", MARK, "three"]


# -- what hangs on the text ------------------------------------------------------------------


def test_taggings_follow_names_and_grow_over_them() -> None:
    file = world(
        transcript(
            "Это Сергей Волков, сосед",
            taggings=(tagging(101, 6, 101, 9), tagging(101, 19, 101, 24)),
        )
    )
    shown = only_transcript(seen(file))
    assert [t.quote for t in shown.taggings] == ["Виктор", "сосед"]
    assert [(t.who, t.names["ru"]) for t in shown.taggings] == [("", "Дом")] * 2
    assert only_transcript(seen(file, STAFF)).taggings[0].who == "Мария"


def test_taggings_are_clipped_to_what_is_visible_or_gone() -> None:
    full = transcript(
        "один два",
        "три четыре",
        taggings=(
            tagging(101, 0, 101, 8),  # reaches into the passage
            tagging(101, 5, 101, 8),  # inside it
            tagging(101, 6, 102, 10),  # begins in it
            tagging(101, 0, 102, 10),  # goes over it
        ),
    )
    shown = only_transcript(seen(world(full, restrictions=(passage(101, 5, 102, 3),))))
    assert [t.quote for t in shown.taggings] == [
        "один ",
        " четыре",
        f"один {MARK} {MARK} четыре",
    ]
    assert [(t.start_turn, t.end_turn) for t in shown.taggings] == [(1, 1), (2, 2), (1, 2)]


def test_timed_words_and_footnotes_of_a_closed_passage_are_gone() -> None:
    words = turn(
        1,
        "на Лесной улице жил",
        id=101,
        timed=tuple(
            TimedText(s, e, 10 * s, 10 * e) for s, e in ((0, 2), (3, 9), (10, 15), (16, 19))
        ),
        footnotes=(Footnote(9, "house 4"), Footnote(19, "with Сергей", "http://x/sergei")),
    )
    file = world(transcript(words), restrictions=(passage(101, 3, 101, 15),))
    (shown,) = only_transcript(seen(file)).turns
    assert [shown.text[t.start : t.end] for t in shown.timed] == ["на", "жил"]
    (note,) = shown.footnotes
    assert (note.offset, note.text, note.link) == (
        len(shown.text),
        "with Виктор",
        "http://x/viktor",
    )


def test_the_words_of_a_replaced_name_become_one() -> None:
    words = turn(
        1,
        "Сергей Волков тут",
        id=101,
        timed=tuple(TimedText(s, e, 10 * s, 10 * e) for s, e in ((0, 6), (7, 13), (14, 17))),
    )
    (shown,) = only_transcript(seen(world(transcript(words)))).turns
    assert [(shown.text[t.start : t.end], t.start_ms, t.end_ms) for t in shown.timed] == [
        ("Виктор", 0, 130),
        ("тут", 140, 170),
    ]


# -- names everywhere ------------------------------------------------------------------------


def test_a_protected_name_is_replaced_in_every_field() -> None:
    name = "Сергей Волков"
    interview = Interview(
        1,
        "i",
        "VOLKOV-1",
        titles={"ru": f"Разговор с: {name}"},
        abstract=name,
        date="2022",
        circumstances=name,
        subjects=(name,),
        keywords=(name,),
        rights_holder=name,
        licence=name,
        usage_note=name,
        funder=name,
        identifiers=("sergei_volkov_1", "xsergeix"),
        extra={name: name},
    )
    point = IndexPoint(
        1,
        "x",
        1,
        0,
        None,
        name,
        name,
        name,
        (name,),
        (name,),
        1,
        (GpsPoint(name, "", name, name),),
        (Hyperlink("http://sergei", name, name),),
        {"title": name},
    )
    labelled = turn(1, f"Я {name}", id=101, speaker_id=None, speaker_label="СЕРГЕЙ:")
    file = world(
        transcript(labelled),
        interview=interview,
        people=(replace(VIKTOR, biography=name, sort_name="Волков, Сергей"),),
        place=Place(1, "pl", {"ru": f"Дача {name}"}),
        index_points=(point,),
        collections=(Collection(1, "c", None, "project", name),),
        recordings=(replace(RECORDING, device=f"iPhone {name}", recorded_at=name),),
    )
    for audience in (PUBLIC, ROOM):
        found = [s.casefold() for s in strings(seen(file, audience))]
        assert not any(n in s for s in found for n in ("серге", "волков", "serge", "volkov"))
    released = seen(file)
    assert only_transcript(released).turns[0].speaker == "ВИКТОР:"
    assert released.accession == "VIKTOR-1"
    assert released.recordings[0].file_name == "VIKTOR-1_01.wav"
    assert released.extra == {}


def test_staff_see_the_names_and_the_files_as_they_are() -> None:
    released = seen(world(transcript("Сергей")), STAFF)
    assert texts(released) == ["Сергей"]
    assert released.people[0].protected_name == "Сергей Волков"
    assert released.recordings[0].file_name == "Sergei_Volkov.wav"
    assert released.withheld == ()
    assert seen(world()).people[0].protected_name == ""


def test_names_of_people_elsewhere_are_hidden_too() -> None:
    hidden = {**HIDDEN, 77: (NameForm("Олег", "Пётр"),)}
    assert texts(seen(world(transcript("Сергей и Олег")), hidden=hidden)) == ["Виктор и Пётр"]


def test_this_interviews_people_come_first_where_forms_are_shared() -> None:
    hidden = {0: (NameForm("Сергей", "Никита"),), **HIDDEN}
    assert texts(seen(world(transcript("Сергей")), hidden=hidden)) == ["Виктор"]


def test_a_mark_that_would_name_somebody_is_not_used() -> None:
    hidden = {5: (NameForm("Closed", "Open"),)}
    file = world(transcript("а б"), restrictions=(passage(101, 0, 101, 1),))
    assert texts(seen(file, hidden=hidden)) == ["[…] б"]


def test_the_proof_stops_an_output_without_naming_the_name() -> None:
    check_for_leaks(["Виктор", "nothing"], HIDDEN)
    with pytest.raises(LeakPrevented) as caught:
        check_for_leaks(["ok", "x: Се́ргей"], HIDDEN)
    assert "ерг" not in caught.value.message + caught.value.details
    check_for_leaks(["Сергей"], {})


def test_fingerprints_follow_texts_and_speakers() -> None:
    one = only_transcript(seen(world(transcript("а", "б"))))
    same = only_transcript(seen(world(transcript("а", "б")), ROOM))
    other = only_transcript(seen(world(transcript("аб", ""))))
    assert fingerprint(one) == fingerprint(same) != fingerprint(other)
    assert len(fingerprint(one)) == 64
