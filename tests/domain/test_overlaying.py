"""Where the marks on a transcript go when a new one is laid over it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from overlay_material import make_speech, overlaying, score, turns_of

from archive_app.domain.overlay_closing import CarriedClosing, Closing, carry_closed
from archive_app.domain.overlay_turns import carry_turns, differences
from archive_app.domain.overlaying import Carried, Fate, Why
from archive_app.domain.records import Span, TimedText

BEFORE = "tada smo mi svi zajedno živeli u velikoj kući pored mora i bilo je lepo"


def carry(old: str, new: str, passage: str) -> tuple[Carried, str]:
    """Carry the span of a passage of one turn's text; return what became of it and its words."""
    before, after = turns_of(old), turns_of(*new.split(" / "), first=-1)
    laid = overlaying(before, after)
    start = old.index(passage)
    carried = laid.carry(Span(1, start, 1, start + len(passage)))
    return carried, laid.new.texts.quote(carried.span) if carried.span else ""


@pytest.mark.parametrize(
    ("new", "passage", "fate", "words"),
    [
        (BEFORE, "velikoj kući", Fate.EXACT, "velikoj kući"),
        (BEFORE.upper(), "velikoj kući", Fate.EXACT, "VELIKOJ KUĆI"),
        (BEFORE.replace("kući", "sobi"), "velikoj kući", Fate.CORRECTED, "velikoj sobi"),
        (BEFORE.replace("kući", "sobi"), "kući", Fate.CORRECTED, "sobi"),
        (BEFORE.replace("kući", "našoj sobi"), "kući", Fate.CORRECTED, "našoj sobi"),
        (BEFORE.replace("kući ", ""), "velikoj kući", Fate.SHRUNK, "velikoj"),
        (BEFORE.replace("kući ", ""), "kući", Fate.LOST, ""),
        (BEFORE.replace("velikoj kući", "jednom starom gradu"), "kući", Fate.LOST, ""),
        (BEFORE.replace("u velikoj", "u baš velikoj"), "velikoj kući", Fate.EXACT, "velikoj kući"),
        (BEFORE.replace("pored", "po red"), "kući pored", Fate.EXACT, "kući po red"),
        (BEFORE.replace("u vel", "u / vel"), "živeli u velikoj", Fate.EXACT, "živeli u velikoj"),
        (BEFORE.replace("kući", "«kući»,"), "velikoj kući", Fate.EXACT, "velikoj «kući"),
    ],
)
def test_a_tag_goes_where_its_words_went(new: str, passage: str, fate: Fate, words: str) -> None:
    carried, quote = carry(BEFORE, new, passage)
    assert (carried.fate, quote) == (fate, words)


def test_a_tag_that_covered_a_full_stop_covers_it_again() -> None:
    assert carry("Da. Bilo je lepo. Posle", "da bilo je lepo! posle", "Bilo je lepo.")[1] == (
        "bilo je lepo!"
    )


def test_a_tag_inside_a_word_stays_inside_it() -> None:
    assert (
        carry("oni su beogradske ulice voleli", "da oni su beogradske ulice", "grad")[1] == "grad"
    )


def test_what_is_not_carried_says_why() -> None:
    assert carry(BEFORE, BEFORE.replace("kući ", ""), "kući")[0].why is Why.GONE
    assert carry("a b — c d", "a b c d", "—")[0].why is Why.NO_WORDS


@pytest.mark.parametrize("seed", range(3))
def test_tags_stay_on_their_words_when_a_tenth_of_the_words_differs(seed: int) -> None:
    speech = make_speech(seed, words=5_000, tags=1_000)
    found = score(speech, overlaying(speech.old, speech.new))
    assert found.share >= 0.98
    assert found.wrong <= 5


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_three_hours_and_five_thousand_tags(seed: int) -> None:
    speech = make_speech(seed)
    found = score(speech, overlaying(speech.old, speech.new))
    assert found.share >= 0.98
    assert found.wrong <= 15


# -- Closed passages ---------------------------------------------------------------------------


def close(old: str, new: str, passage: str) -> tuple[CarriedClosing, str]:
    before, after = turns_of(old), turns_of(*new.split(" / "), first=-1)
    laid = overlaying(before, after)
    start = old.index(passage)
    carried = carry_closed(laid, Span(1, start, 1, start + len(passage)))
    return carried, laid.new.texts.quote(carried.span) if carried.span else ""


def test_a_closed_passage_between_the_same_words_stays_as_it_is() -> None:
    carried, quote = close(BEFORE, BEFORE.upper(), "u velikoj kući")
    assert (carried.closing, quote) == (Closing.EXACT, "U VELIKOJ KUĆI")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (BEFORE.replace("u vel", "baš u vel"), "baš u velikoj kući"),
        (BEFORE.replace("živeli", "radili"), "radili u velikoj kući"),
        (BEFORE.replace("pored mora", "blizu mora"), "u velikoj kući blizu"),
        (BEFORE.replace("kući", "Petrovoj kući, Ana,"), "u velikoj Petrovoj kući, Ana,"),
        (BEFORE.replace("u velikoj kući ", "kod Petra "), "kod Petra"),
    ],
)
def test_words_at_its_edges_that_are_not_surely_the_same_are_closed_too(
    new: str, words: str
) -> None:
    assert close(BEFORE, new, "u velikoj kući")[1] == words


def test_of_a_word_said_twice_across_the_edge_both_are_closed() -> None:
    old = "tada smo mi svi zajedno rekli da da da i onda smo svi otišli odatle"
    assert close(old, old.replace("da da da", "da da"), "rekli da da")[1] == "rekli da da"
    assert close(old, old, "rekli da da")[1] == "rekli da da da"


def test_a_closed_passage_told_in_other_words_must_be_confirmed() -> None:
    carried, _ = close(
        BEFORE, BEFORE.replace("u velikoj kući", "kod Petra na tavanu"), "u velikoj kući"
    )
    assert carried.must_be_confirmed


def test_a_closed_passage_of_which_nothing_is_left_must_be_confirmed() -> None:
    carried, _ = close(BEFORE, BEFORE.replace("u velikoj kući ", ""), "u velikoj kući")
    assert carried.closing is Closing.GONE
    assert carried.must_be_confirmed


def test_a_closed_passage_that_moved_is_closed_where_it_went() -> None:
    new = BEFORE.replace("u velikoj kući ", "") + " a to je bilo u velikoj kući tamo"
    before, after = turns_of(BEFORE), turns_of(new, first=-1)
    laid = overlaying(before, after)
    start = BEFORE.index("u velikoj kući")
    carried = carry_closed(laid, Span(1, start, 1, start + len("u velikoj kući")))
    assert [laid.new.texts.quote(span) for span in carried.elsewhere] == ["u velikoj kući"]


@pytest.mark.parametrize("changed", [0.1, 0.3, 0.6])
@pytest.mark.parametrize("seed", range(4))
def test_not_one_word_of_a_closed_passage_opens(seed: int, changed: float) -> None:
    speech = make_speech(seed, words=2_000, tags=300, changed=changed)
    laid = overlaying(speech.old, speech.new)
    own_places: dict[int, set[int]] = {}
    for place, sources in enumerate(speech.sources):
        for source in sources:
            own_places.setdefault(source, set()).add(place)
    for tagging, own in zip(speech.taggings, speech.covered, strict=True):
        carried = carry_closed(laid, tagging.span)
        covers = set(laid.new.covered(carried.span)) if carried.span else set[int]()
        for span in carried.elsewhere:
            covers |= set(laid.new.covered(span))
        wanted = {place for source in own for place in own_places.get(source, ())}
        assert wanted <= covers or carried.must_be_confirmed


# -- Points, speakers, times ---------------------------------------------------------------------


def test_a_footnote_stays_behind_its_word() -> None:
    before, after = turns_of("a b c. d"), turns_of("x a b", "c! d", first=-1)
    laid = overlaying(before, after)
    points = [laid.carry_point(1, offset) for offset in (0, 1, 3, 6)]
    assert [(p.turn, p.offset, p.is_sure) for p in points] == [
        (-1, 2, True),
        (-1, 3, True),
        (-1, 5, True),
        (-2, 2, True),
    ]


def test_a_footnote_whose_word_is_gone_stands_behind_the_one_before() -> None:
    before, after = turns_of("jedan dva tri"), turns_of("jedan tri", first=-1)
    point = overlaying(before, after).carry_point(1, 9)
    assert (point.offset, point.is_sure) == (5, False)


def test_a_recognisers_label_becomes_the_person_who_said_most_of_its_words() -> None:
    old = turns_of("kako ste danas", "hvala dobro sam bila", "a juče", "nisam bila kod kuće juče")
    old = [
        replace(turn, speaker_id=7 + place % 2, speaker_label="AB"[place % 2])
        for place, turn in enumerate(old)
    ]
    new = turns_of("kako ste danas hvala", "dobro sam bila a", "nisam kod kuće", first=-1)
    new = [
        replace(turn, speaker_label=label)
        for turn, label in zip(new, ("SPEAKER_00", "SPEAKER_01", "SPEAKER_01"), strict=True)
    ]
    carried = carry_turns(overlaying(old, new), old, new)
    assert [(turn.speaker_id, turn.speaker_label) for turn in carried] == [
        (7, "A"),
        (8, "B"),
        (8, "B"),
    ]


def test_a_new_texts_own_times_stay_and_missing_ones_come_from_the_old_words() -> None:
    timed = (
        TimedText(0, 5, 1000, 1400),
        TimedText(6, 9, 1500, 1700),
        TimedText(10, 13, 1800, 2000),
    )
    old = [replace(turns_of("jedan dva tri")[0], start_ms=1000, end_ms=2000, timed=timed)]
    new = turns_of("jedan", "dva tri", first=-1)
    first, second = carry_turns(overlaying(old, new), old, new)
    assert (first.start_ms, first.end_ms, second.start_ms, second.end_ms) == (
        1000,
        1400,
        1500,
        2000,
    )
    assert second.timed == (TimedText(0, 3, 1500, 1700), TimedText(4, 7, 1800, 2000))
    assert second.is_time_estimated
    own = [replace(new[0], start_ms=5, end_ms=9), new[1]]
    assert carry_turns(overlaying(old, own), old, own)[0].start_ms == 5


def test_differences_stand_side_by_side_with_their_words_marked() -> None:
    old = turns_of("dobro jutro svima", "kako ste vi danas", "laku noć")
    new = turns_of("dobro jutro svima", "kako ste vi", "juče laku noć", first=-1)
    rows = differences(overlaying(old, new), old, new)
    assert [([t.id for t in row.old], [t.id for t in row.new]) for row in rows] == [
        ([1], [-1]),
        ([2], [-2]),
        ([3], [-3]),
    ]
    assert [row.is_same for row in rows] == [True, False, False]
    assert rows[1].old_marks == (((12, 17),),)
    assert rows[2].new_marks == (((0, 4),),)
