from __future__ import annotations

import contextlib
import re
import time
from pathlib import Path

import pytest

from archive_app.domain.parsed import Loss
from archive_app.errors import BadInput
from archive_app.exchange import formats
from archive_app.exchange.losses import MOST_ALIKE, told_shortly

CUE = b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"


def ohms(inner: str) -> bytes:
    return f'<ROOT><record id="1" dt="2020-01-01">{inner}</record></ROOT>'.encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vtt", CUE + b"<v " * 30_000),
        ("vtt", CUE + b"<c.a>x" * 30_000),
        ("vtt", CUE + b"<c" + b".a" * 90_000),
        ("vtt", CUE + b"{\\a" * 90_000),
        ("vtt", CUE + b" " * 300_000 + b"x"),
        ("vtt", b"WEBVTT\n\nNOTE\nANNOTATIONS BEGIN\n" + b"<annotation " * 30_000),
        ("vtt", b"WEBVTT\n\n" + b"00:00:03.000 --> 00:00:02.000\nhello\n\n" * 8_000),
        ("srt", b"1\n" * 90_000 + b"-->"),
        ("text", b" " * 500_000 + b"x"),
        ("text", b"\n" * 300_000),
        ("text", ("\u00a0" * 300_000 + "x").encode()),
        ("text", b"1:1" * 200_000),
        ("text", b"(00:00" * 60_000),
        ("text", "\n".join(f"N{chr(65 + i % 26) * (i % 40)}: x. Y" for i in range(9000)).encode()),
        ("ohms", ohms("<transcript>" + "[[footnotes]]" * 20_000 + "</transcript>")),
        ("ohms", ohms("<transcript>[[footnotes]][[note]]" + "[[link]]" * 9_000 + "</transcript>")),
        ("ohms", b"<ROOT>" + b"<record>" * 50_000),
        ("ohms", ohms("<usage>" + "& " * 200_000 + "</usage>")),
        ("csv", b"text,tags\nx," + b"\\" * 50_000),
        ("csv", b"text,tags\nx," + b"a[" * 50_000),
        ("json", b"[" * 200_000),
        ("recogniser", b'{"segments":' + b"[" * 200_000),
        ("recogniser", b'{"text":"a"}\n' * 200_000),
        ("vtt", b"WEBVTT\n\n" + b"00:00:03.000 --> 00:00:04.000\nhello\nyou\n\n" * 8_000),
        ("ohms", ohms("<transcript>" + "&lt;a href=" * 30_000 + "</transcript>")),
        ("ohms", ohms("<transcript>" + "<b>" * 200 + "</b>" * 200 + "</transcript>")),
        ("text", b"**" * 200_000 + b"\n" + b"[NAME] " * 50_000),
        ("text", b"SPEAKER 1\nx [00:00:01]\n\n" * 20_000),
        ("csv", b"start\tend\ttext\n" + b'0\t1\t"x\n' * 100_000),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_takes_long_whatever_it_holds(name: str, data: bytes) -> None:
    start = time.process_time()
    with contextlib.suppress(BadInput):
        formats.read_bytes(data, format=name)
    # Each takes well under a second; what grows with the square would take minutes.
    assert time.process_time() - start < 10


def test_losses_of_one_kind_are_counted_after_the_first() -> None:
    losses = [Loss("same", f"line {i}") for i in range(1000)] + [Loss("other", "line 1")]
    told = told_shortly(losses)
    assert len(told) == MOST_ALIKE + 2
    assert told[MOST_ALIKE] == Loss("same", "and 980 more places")
    assert told[-1] == Loss("other", "line 1")


@pytest.mark.parametrize("name", ["chappelear-ohmsvtt-example.xml", "small-sample-vtt-ohms.xml"])
def test_every_word_of_captions_within_ohms_arrives_in_order(samples: Path, name: str) -> None:
    path = samples / "ohms" / name
    body = re.search(r"CDATA\[(.*?)\]\]>", path.read_text("utf-8"), re.DOTALL)
    assert body
    text = re.sub(r"NOTE\nTRANSCRIPTION \w+|WEBVTT|.*-->.*|<v [^>]*>", "", body[1])
    expected = text.replace("<br>", " ").split()
    found = formats.read(path)
    assert [w for t in found.transcripts[0].turns for w in t.text.split()] == expected


@pytest.mark.parametrize("name", formats.READABLE)
def test_a_file_beyond_all_measure_is_refused(name: str) -> None:
    data = b" " * (65 * 1024 * 1024)
    with pytest.raises(BadInput, match="MiB"):
        formats.read_bytes(data, format=name)
