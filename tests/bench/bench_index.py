"""How fast the index is built, beside bare Whoosh in the same run.

Run it from the project's root: ``python tests/bench/bench_index.py [words]``.

Bare Whoosh gets the same interviews and the same analysis (each word under its
form and under its keys) the plain way: an analyser that yields tokens, a TEXT
field with phrases, one document a transcript, one writer with the same memory.
Each of the two runs in a process of its own, so that neither finds the other's
caches warm and the peak memory is its own.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archive_app.domain.query import parse_query
from archive_app.domain.records import Audience, TranscriptKind
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript, ReleasedTurn
from archive_app.language.folding import exact_form
from archive_app.language.stems import keys
from archive_app.language.words import word_texts

WORDS_AN_INTERVIEW = 9_000
WORDS_A_TURN = 60
QUERIES = ("мобилизация", "время", '"время дело"', "мо*", "время -дело", "слово OR дело")

_STEMS = (
    "мобилизац врем дел слов город войн работ дорог матер школ дом рук глаз стран язык друг "
    "сосед поезд границ памят письм улиц окн хлеб снег мор лес отъезд возвращен разговор"
)
_PREFIXES = ("", "по", "за", "при", "вы", "от", "про", "раз", "под", "без", "пере", "на", "до")
_ENDINGS = ("а", "у", "ы", "е", "ой", "ом", "ам", "ами", "ах", "ия", "ии", "ией", "ов", "о", "")


@dataclass(frozen=True, slots=True)
class Measured:
    """One way of indexing."""

    name: str
    seconds: float
    words: int
    peak_mib: float
    queries_ms: tuple[float, ...] = ()

    @property
    def words_a_second(self) -> float:
        """The rate."""
        return self.words / self.seconds


def synthetic(words: int) -> Iterator[ReleasedInterview]:
    """Yield interviews of synthetic Russian, with frequent and rare words as in speech."""
    chance = random.Random(1917)
    vocabulary = [p + s + e for s in _STEMS.split() for p in _PREFIXES for e in _ENDINGS]
    vocabulary += [f"{word}{n}" for n in range(3) for word in vocabulary]
    chance.shuffle(vocabulary)
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    for id_ in range(1, max(2, words // WORDS_AN_INTERVIEW + 1)):
        said = chance.choices(vocabulary, weights, k=WORDS_AN_INTERVIEW)
        turns = tuple(
            ReleasedTurn(
                n, n, ("Ана", "Виктор")[n % 2], n * 1000, n * 1000 + 900,
                " ".join(said[start : start + WORDS_A_TURN]) + ".",
            )
            for n, start in enumerate(range(0, WORDS_AN_INTERVIEW, WORDS_A_TURN), 1)
        )  # fmt: skip
        transcript = ReleasedTranscript(id_, f"t{id_}", "ru", TranscriptKind.VERBATIM, turns)
        yield ReleasedInterview(
            Audience.PUBLIC, date(2026, 1, 1), id_, f"i{id_}", f"ZZ{id_:05}", {"ru": "Разговор"},
            ("Собрание",), ("ru",), "2022", (), transcripts=(transcript,),
        )  # fmt: skip


def index_with_the_program(words: int, folder: str) -> Measured:
    """Build the program's index of all three audiences, and ask it."""
    from dataclasses import replace

    from archive_app.search.index import Index

    interviews = [
        (r.interview_id, [replace(r, audience=audience) for audience in Audience])
        for r in synthetic(words)
    ]
    with Index.open(Path(folder) / "own", archive_uuid="bench") as index:
        start = time.perf_counter()
        index.update(interviews, position=1)
        seconds = time.perf_counter() - start
        index.search(parse_query("слово"), audience=Audience.PUBLIC)
        took: list[float] = []
        for query in QUERIES:
            begin = time.perf_counter()
            index.search(parse_query(query), audience=Audience.PUBLIC)
            took.append((time.perf_counter() - begin) * 1000)
    count = len(interviews) * WORDS_AN_INTERVIEW
    return Measured("program", seconds, count, _peak_mib(), tuple(took))


class FormsAndKeys(Tokenizer):
    """Each word as its form and its keys, in one place."""

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Token]:  # type: ignore[override]
        token = Token(positions=True, mode=kwargs.get("mode", ""))
        token.boost = 1.0
        for position, word in enumerate(word_texts(value)):
            token.pos = position
            form = exact_form(word)
            for text in (form, *keys(form)):
                token.text = text
                yield token


def index_with_bare_whoosh(words: int, folder: str) -> Measured:
    """Build an index of the same texts the way Whoosh's documentation shows."""
    texts = [
        (str(r.interview_id), "\n".join(t.text for t in r.transcripts[0].turns))
        for r in synthetic(words)
    ]
    path = Path(folder) / "bare"
    path.mkdir()
    analyser: Any = FormsAndKeys()
    index = create_in(str(path), Schema(id=ID(unique=True), text=TEXT(analyzer=analyser)))
    start = time.perf_counter()
    writer = index.writer(limitmb=512)
    for id_, text in texts:
        writer.add_document(id=id_, text=text)
    writer.commit()
    seconds = time.perf_counter() - start
    return Measured("bare Whoosh", seconds, len(texts) * WORDS_AN_INTERVIEW, _peak_mib())


def measure(words: int = 500_000) -> tuple[Measured, Measured]:
    """Return how the program and bare Whoosh fared, one after the other."""
    context = multiprocessing.get_context("spawn")
    results: list[Measured] = []
    ways: tuple[Callable[[int, str], Measured], ...]
    ways = (index_with_bare_whoosh, index_with_the_program)
    for way in ways:
        with tempfile.TemporaryDirectory() as folder, context.Pool(1) as pool:
            results.append(pool.apply(way, (words, folder)))
    return results[1], results[0]


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the rates, their ratio and the peak memory."""
    own, bare = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 500_000)
    for one in (own, bare):
        print(
            f"{one.name}: {one.words} words in {one.seconds:.1f} s, "
            f"{one.words_a_second:,.0f} words/s, peak {one.peak_mib:.0f} MiB"
        )
    print(f"ratio {own.words_a_second / bare.words_a_second:.2f} (wanted: at least 0.80)")
    for query, took in zip(QUERIES, own.queries_ms, strict=True):
        print(f"  {query}: {took:.1f} ms")


if __name__ == "__main__":
    main()
