from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.timecode import (
    LONGEST_MS,
    TimeRange,
    clip,
    format_timecode,
    format_timecode_ms,
    overlap_ms,
    parse_timecode,
)
from archive_app.errors import BadValue

times = st.integers(0, LONGEST_MS)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1:02:03", 3_723_000),
        ("01:02:03.004", 3_723_004),
        ("01:02:03,004", 3_723_004),
        ("02:03,5", 123_500),
        ("3723", 3_723_000),
        ("12.25", 12_250),
        ("1:2:0", 3_720_000),
        ("90:00", 5_400_000),
        (" 0:00:42 ", 42_000),
        ("0:00.0006", 1),
        ("0:00:59.9999", 60_000),
    ],
)
def test_what_people_and_formats_write_is_read(text: str, ms: int) -> None:
    assert parse_timecode(text) == ms


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "soon",
        "1:60",
        "1:60:00",
        "1:2:3:4",
        "-5",
        "1:",
        ":30",
        "1.",
        "१:२",
        "9" * 40,
        "10000:00:00",
        "1:02:03.004.5",
        "1 02 03",
    ],
)
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadValue, match="1:02:03"):
        parse_timecode(text)


@given(times)
def test_a_time_to_the_millisecond_survives_writing_and_reading(ms: int) -> None:
    assert parse_timecode(format_timecode_ms(ms)) == ms


@given(times)
def test_a_shown_time_is_read_back_as_its_whole_seconds(ms: int) -> None:
    assert parse_timecode(format_timecode(ms)) == ms // 1000 * 1000


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_a_bad_value(text: str) -> None:
    with suppress(BadValue):
        assert 0 <= parse_timecode(text) <= LONGEST_MS


def test_the_hour_is_always_shown() -> None:
    assert format_timecode(42_999) == "0:00:42"
    assert format_timecode(3_723_004) == "1:02:03"
    assert format_timecode(-1500) == "-0:00:01"
    assert format_timecode_ms(3_723_004) == "01:02:03.004"


ranges = st.builds(TimeRange, st.integers(0, 50), st.integers(0, 50))


@given(ranges, ranges, st.integers(0, 50))
def test_a_moment_is_in_the_clip_if_it_is_in_both_stretches(
    one: TimeRange, other: TimeRange, moment: int
) -> None:
    def holds(stretch: TimeRange | None) -> bool:
        return stretch is not None and stretch.start_ms <= moment < stretch.end_ms

    assert holds(clip(one, other)) == (holds(one) and holds(other))
    shared = clip(one, other)
    assert overlap_ms(one, other) == (shared.duration_ms if shared else 0)
