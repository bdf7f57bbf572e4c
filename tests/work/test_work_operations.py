"""Work at random on a real archive: tags never leave their words, and undo is exact."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive_app.domain import transcript as editing
from archive_app.domain.records import (
    Audience,
    Role,
    Span,
    Status,
    Tagging,
    TimedText,
    TranscriptKind,
    Turn,
)
from archive_app.domain.replacing import Sought
from archive_app.domain.spans import TextEdit
from archive_app.domain.transcript import POSITION_STEP, TranscriptChange
from archive_app.domain.turn_times import Edge
from archive_app.errors import BadValue, Conflict, NotFound
from archive_app.store import sqlite
from archive_app.store.archive import Archive
from archive_app.store.tables import TABLE_NAMES
from archive_app.work import (
    access,
    archives,
    footnotes,
    history,
    interviews,
    replacing,
    tagging,
    transcripts,
    turn_times,
    vocabulary,
)
from archive_app.work.spans import span_columns

Dump = dict[str, list[tuple[Any, ...]]]

TEXTS = (
    "Добар дан 😀, комшија. Како сте?",
    "Ža\u0301 live e\u0301toile 👩‍👩‍👧 а потом сели в поезд.",
    "",
    "Мы уехали осенью. И не вернулись.",
    "x",
    "Beograd je za svakoga, Београд је за свакога.",
    "Слово за слово 🇷🇸 и\u0306 обратно домой",
)
PIECES = ("", "", " ", "а", "слово ", "😀", "e\u0301", "\u0301", ". И", "\u200d", "дом", "\n", "žž")


@pytest.fixture(scope="session")
def small_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive: a short transcript with words' times, notes, tags, closed passages."""
    with archives.create_archive(tmp_path_factory.mktemp("small") / "Small") as archive:
        interview_id = interviews.create_interview(archive, accession="S-1").value
        with archive.write("Fill") as writer:
            interviews.add_contribution(writer, interview_id, Role.INTERVIEWEE, "Viktor")
            transcript_id = writer.insert(
                "transcript", interview_id=interview_id, language="ru", kind=TranscriptKind.VERBATIM
            )
            for n, text in enumerate(TEXTS, 1):
                turn_id = writer.insert(
                    "turn", transcript_id=transcript_id, position=n * POSITION_STEP, text=text,
                    speaker_label="V", start_ms=n * 10_000, end_ms=n * 10_000 + 9_000,
                    timed=words_of(text, n * 10_000),
                )  # fmt: skip
                if len(text) > 9:
                    writer.insert("footnote", turn_id=turn_id, offset=7, text="a note")
            for name in ("fear", "home", "work/start", "work/end", "road"):
                vocabulary.tag_at(writer, name.split("/"))
            turns, tags = writer.turns(transcript_id), writer.tags()
            dossier = writer.insert("dossier", title="D")
            first, last = turns[3], turns[5]
            for position, span in enumerate(
                (Span(first.id, 3, last.id, 7), Span(first.id, 0, first.id, 2))
            ):
                writer.insert(
                    "dossier_item", dossier_id=dossier, position=position, kind="passage",
                    interview_id=interview_id, transcript_id=transcript_id, span=span,
                )  # fmt: skip
        chance = random.Random(5)
        for _ in range(8):
            tagging.add_tagging(
                archive, transcript_id, some_span(chance, turns), [chance.choice(tags).id]
            )
        for span in (Span(turns[0].id, 2, turns[1].id, 5), Span(turns[5].id, 0, turns[5].id, 7)):
            access.restrict_span(archive, transcript_id, span, shut_out=Audience.PUBLIC)
        return archive.folder


def words_of(text: str, start_ms: int) -> tuple[TimedText, ...]:
    found: list[TimedText] = []
    place = 0
    for number, word in enumerate(text.split()):
        place = text.index(word, place)
        ms = start_ms + number * 400
        found.append(TimedText(place, place + len(word), ms, ms + 350))
        place += len(word)
    return tuple(found)


def some_span(chance: random.Random, turns: list[Turn]) -> Span:
    """A span with some text in it."""
    while True:
        first = chance.randrange(len(turns))
        last = min(len(turns) - 1, first + chance.choice((0, 0, 0, 1, 2)))
        start = chance.randint(0, len(turns[first].text))
        end = chance.randint(0, len(turns[last].text))
        if first == last and start > end:
            start, end = end, start
        texts = [turn.text for turn in turns[first : last + 1]]
        texts[-1] = texts[-1][:end]
        texts[0] = texts[0][start:]
        if any(texts) and (first < last or start < end):
            return Span(turns[first].id, start, turns[last].id, end)


def dump(archive: Archive) -> Dump:
    """Everything but what was done: every row as SQLite holds it."""
    with sqlite.plain_connection(archive.database) as connection:
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            for name in TABLE_NAMES
            if name not in ("journal", "operation")
        }


class RandomWork:
    """Does one operation after another, and watches over what must hold after each."""

    def __init__(self, archive: Archive, seed: int) -> None:
        self.archive = archive
        with archive.read() as reader:
            self.floor = max(operation.id for operation in reader.operations(1))
        """The newest operation that is not ours: it is neither undone nor done again."""
        self.chance = random.Random(seed)
        self.seed = seed
        self.first = self.now = dump(archive)
        self.past: dict[int, Dump] = {}
        """What stood before an operation, by its id."""
        self.after: dict[int, Dump] = {}
        self.done: list[str] = []
        with archive.read() as reader:
            (interview_id,) = reader.interview_ids()
            (transcript,) = reader.transcripts(interview_id)
        self.transcript_id = transcript.id

    def turns(self) -> list[Turn]:
        with self.archive.read() as reader:
            return reader.turns(self.transcript_id)

    def taggings(self) -> list[Tagging]:
        with self.archive.read() as reader:
            return reader.taggings(self.transcript_id)

    # -- operations: each returns its outcome, or None where there is nothing to do ----------

    def edit_text(self) -> Any:
        turns = {turn.id: turn.text for turn in self.turns()}
        edits: list[TextEdit] = []
        for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
            turn = self.chance.choice(list(turns))
            text = turns[turn]
            start = self.chance.randint(0, len(text))
            end = min(len(text), start + self.chance.choice((0, 0, 1, 3, 8, 99)))
            piece = self.chance.choice(PIECES)
            edits.append(TextEdit(turn, start, end, piece))
            turns[turn] = text[:start] + piece.replace("\n", " ") + text[end:]
        outcome = transcripts.edit_text(self.archive, self.transcript_id, edits)
        assert {turn.id: turn.text for turn in self.turns()} == turns
        return outcome

    def split_turn(self) -> Any:
        turn = self.chance.choice(self.turns())
        offset = self.chance.randint(0, len(turn.text))
        return transcripts.split_turn(self.archive, self.transcript_id, turn.id, offset)

    def merge_turns(self) -> Any:
        turns = self.turns()
        if len(turns) < 2:
            return None
        first = self.chance.choice(turns[:-1])
        return transcripts.merge_turns(self.archive, self.transcript_id, first.id)

    def insert_turn(self) -> Any:
        after = self.chance.choice([None, *(turn.id for turn in self.turns())])
        text = self.chance.choice((*PIECES, *TEXTS))
        return transcripts.insert_turn(
            self.archive, self.transcript_id, after_turn_id=after, text=text, speaker_label="Y"
        )

    def delete_turn(self) -> Any:
        turns = self.turns()
        if len(turns) < 3:
            return None
        turn = self.chance.choice(turns)
        return transcripts.delete_turn(self.archive, self.transcript_id, turn.id)

    def add_tagging(self) -> Any:
        turns = self.turns()
        if not any(turn.text for turn in turns):
            return None
        with self.archive.read() as reader:
            tag = self.chance.choice(reader.tags())
        return tagging.add_tagging(
            self.archive, self.transcript_id, some_span(self.chance, turns), [tag.id]
        )

    def remove_tagging(self) -> Any:
        found = self.taggings()
        return tagging.remove_tagging(self.archive, self.chance.choice(found).id) if found else None

    def put_back(self) -> Any:
        lost = [one for one in self.taggings() if one.is_orphan]
        return tagging.put_back(self.archive, self.chance.choice(lost).id) if lost else None

    def merge_tags(self) -> Any:
        with self.archive.read() as reader:
            tags = [tag.id for tag in reader.tags()]
        kept, merged = self.chance.choice(tags), self.chance.choice(tags)
        return vocabulary.merge_tags(self.archive, kept=kept, merged=merged)

    def set_speaker(self) -> Any:
        turn = self.chance.choice(self.turns())
        name = self.chance.choice(("Viktor", "Z", ""))
        return transcripts.set_speaker(self.archive, self.transcript_id, [turn.id], name)

    def begin_turn(self) -> Any:
        turn = self.chance.choice(self.turns())
        offset = self.chance.choice((0, len(turn.text), self.chance.randint(0, len(turn.text))))
        at_ms = self.chance.choice((None, (turn.start_ms or 0) + self.chance.randrange(12_000)))
        speaker = self.chance.choice((None, "", "Viktor", "Z"))
        return turn_times.begin_turn(
            self.archive, self.transcript_id, turn.id, offset, at_ms=at_ms, speaker=speaker
        )

    def set_start(self) -> Any:
        turn = self.chance.choice(self.turns())
        ms = max(0, (turn.start_ms or 0) + self.chance.randint(-9000, 9000))
        return turn_times.set_start(self.archive, self.transcript_id, turn.id, ms)

    def nudge(self) -> Any:
        turn = self.chance.choice(self.turns())
        edge, by_ms = self.chance.choice(list(Edge)), self.chance.choice((-100, 100, 3000))
        outcome = turn_times.nudge(
            self.archive, self.transcript_id, turn.id, by_ms=by_ms, edge=edge
        )
        return outcome if outcome.operation_id else None

    def replace_all(self) -> Any:
        sought = Sought(self.chance.choice(("а", "слово", "e", " ")), is_any_script=True)
        new = self.chance.choice(("", "ж", "другое слово"))
        hits = replacing.preview(self.archive, self.transcript_id, sought, new)
        outcome = replacing.replace_all(self.archive, self.transcript_id, hits)
        return outcome if outcome.operation_id else None

    def change_footnotes(self) -> Any:
        turn = self.chance.choice(self.turns())
        if not turn.footnotes:
            offset = self.chance.randint(0, len(turn.text))
            return footnotes.add_footnote(self.archive, turn.id, offset, "a new note")
        note = self.chance.choice(turn.footnotes)
        if note.text != "changed":
            return footnotes.change_footnote(self.archive, note.id, text="changed", link="x:y")
        return footnotes.delete_footnote(self.archive, note.id)

    def undo(self) -> Any:
        return history.undo(self.archive) if self.is_ours("last_undoable") else None

    def redo(self) -> Any:
        return history.redo(self.archive) if self.is_ours("last_redoable") else None

    def is_ours(self, which: str) -> bool:
        with self.archive.read() as reader:
            operation = getattr(reader, which)(None)
        return operation is not None and operation.id > self.floor

    # -- what must hold ----------------------------------------------------------------------

    OFTEN = ("edit_text",) * 5 + ("undo",) * 4 + ("redo",) * 3 + ("add_tagging",) * 2
    SELDOM = (
        "split_turn", "merge_turns", "insert_turn", "delete_turn", "remove_tagging", "put_back",
        "merge_tags", "set_speaker", "begin_turn", "set_start", "nudge", "replace_all",
        "change_footnotes",
    )  # fmt: skip
    MAY_TAKE_TAGGINGS = ("remove_tagging", "merge_tags", "undo", "redo")

    def step(self) -> None:
        name = self.chance.choice((*self.OFTEN, *self.SELDOM))
        self.done.append(name)
        before, ids = self.now, {one.id for one in self.taggings()}
        work: Callable[[], Any] = getattr(self, name)
        try:
            outcome = work()
        except (Conflict, NotFound):
            outcome = None
        except BadValue:
            assert name == "set_start", self.story("a good value was refused")
            outcome = None
        self.now = dump(self.archive)
        if outcome is None:
            assert self.now == before, self.story("a refusal changed something")
            return
        if name not in self.MAY_TAKE_TAGGINGS:
            lost = ids - {one.id for one in self.taggings()}
            assert not lost, self.story("a tagging was lost")
        if name in ("undo", "redo"):
            self.expect_exact(outcome.operation_id)
        else:
            self.past[outcome.operation_id] = before
            self.after[outcome.operation_id] = self.now
        self.expect_quotes()

    def expect_exact(self, operation_id: int) -> None:
        with self.archive.read() as reader:
            operation = reader.operation(operation_id)
        if operation.undoes is not None:
            assert self.now == self.past[operation.undoes], self.story("undo was not exact")
        else:
            assert operation.redoes is not None
            assert self.now == self.after[operation.redoes], self.story("redo was not exact")

    def expect_quotes(self) -> None:
        turns = self.turns()
        order = {turn.id: n for n, turn in enumerate(turns)}
        for one in self.taggings():
            if one.is_orphan:
                assert one.quote
                continue
            span = one.span
            texts = [t.text for t in turns[order[span.start_turn] : order[span.end_turn] + 1]]
            assert texts, self.story("a span runs backwards")
            texts[-1] = texts[-1][: span.end]
            texts[0] = texts[0][span.start :]
            assert any(texts), self.story("an empty span lives")
            assert " ".join(texts) == one.quote, self.story("a tag left its words")

    def undo_everything(self) -> None:
        """Take back all that was done, and see that everything is as it was."""
        while self.is_ours("last_undoable"):
            history.undo(self.archive)
        assert dump(self.archive) == self.first, self.story("not everything came back")
        assert archives.check(self.archive).problems == (), self.story("check complains")

    def story(self, what: str) -> str:
        return f"{what}; seed {self.seed}: {' '.join(self.done)}"


def work_at_random(
    folder: Path, place: Path, seeds: Iterator[int], *, steps: int = 25, anew_after: int = 40
) -> int:
    """Work through sequences, one a seed, and return how many operations that were."""
    count = 0
    for number, seed in enumerate(seeds):
        if number % anew_after == 0:
            shutil.rmtree(place / "Work.oralhistory", ignore_errors=True)
            shutil.copytree(folder, place / "Work.oralhistory")
        with archives.open_archive(place / "Work.oralhistory", who="Ana") as archive:
            work = RandomWork(archive, seed)
            for _ in range(steps):
                work.step()
            work.undo_everything()
            count += len(work.done)
    return count


def test_whatever_is_done_tags_keep_their_words_and_undo_brings_everything_back(
    small_archive: Path, tmp_path: Path
) -> None:
    assert work_at_random(small_archive, tmp_path, iter(range(15))) == 375


@pytest.mark.long
@pytest.mark.timeout(0)
def test_ten_thousand_sequences_leave_every_tag_on_its_words(
    small_archive: Path, tmp_path: Path
) -> None:
    assert work_at_random(small_archive, tmp_path, iter(range(1000, 11_000))) == 250_000


@pytest.fixture
def archive(small_archive: Path, tmp_path: Path) -> Iterator[Archive]:
    folder = shutil.copytree(small_archive, tmp_path / "Small.oralhistory")
    with archives.open_archive(folder, who="Ana") as opened:
        yield opened


def the_transcript(archive: Archive) -> tuple[int, list[Turn]]:
    with archive.read() as reader:
        (interview_id,) = reader.interview_ids()
        (transcript,) = reader.transcripts(interview_id)
        return transcript.id, reader.turns(transcript.id)


def test_passages_of_a_dossier_move_with_their_words(archive: Archive) -> None:
    transcript_id, turns = the_transcript(archive)

    def passages() -> list[Span | None]:
        with archive.read() as reader:
            (dossier,) = reader.dossiers()
            return [item.span for item in dossier.items]

    first, last = turns[3].id, turns[5].id
    assert passages() == [Span(first, 3, last, 7), Span(first, 0, first, 2)]
    transcripts.edit_text(archive, transcript_id, [TextEdit(first, 2, 2, "😀😀")])
    assert passages() == [Span(first, 5, last, 7), Span(first, 0, first, 2)]
    transcripts.split_turn(archive, transcript_id, first, 3)
    _, now = the_transcript(archive)
    assert passages()[0] == Span(now[4].id, 2, last, 7)
    history.undo(archive)
    history.undo(archive)
    assert passages() == [Span(first, 3, last, 7), Span(first, 0, first, 2)]


def test_a_closed_passage_stays_closed_when_its_words_are_typed_anew(archive: Archive) -> None:
    transcript_id, turns = the_transcript(archive)
    text = turns[5].text
    transcripts.edit_text(archive, transcript_id, [TextEdit(turns[5].id, 0, len(text), "Zemun je")])
    with archive.read() as reader:
        closed = [r for r in reader.restrictions(1) if r.span and r.span.start_turn == turns[5].id]
    assert [one.is_orphan for one in closed] in ([False], [True])
    with archive.read() as reader:
        copy = access.released(reader, 1, audience=Audience.PUBLIC, on=access.today(archive))
    assert copy is None or "Zemun" not in repr(copy.transcripts)


def test_undo_refuses_rather_than_lose_what_was_done_since(archive: Archive) -> None:
    transcript_id, turns = the_transcript(archive)
    edit = transcripts.edit_text(archive, transcript_id, [TextEdit(turns[0].id, 0, 5, "Ova")])
    transcripts.edit_text(archive, transcript_id, [TextEdit(turns[0].id, 0, 3, "Ta")])
    before = dump(archive)
    with pytest.raises(Conflict):
        history.undo_operation(archive, edit.operation_id)
    assert dump(archive) == before
    added = transcripts.insert_turn(archive, transcript_id, after_turn_id=None, text="New turn.")
    (new,) = added.value.new_turns
    with archive.read() as reader:
        tag = reader.tags()[0]
    tagging.add_tagging(archive, transcript_id, Span(new.id, 0, new.id, 3), [tag.id])
    before = dump(archive)
    with pytest.raises(Conflict):
        history.undo_operation(archive, added.operation_id)
    assert dump(archive) == before
    other = interviews.create_interview(archive, accession="S-2")
    interviews.set_status(archive, [other.value], Status.AUDITED)
    with pytest.raises(Conflict):
        history.undo_operation(archive, other.operation_id)


@pytest.mark.parametrize("start", [-1, 5, 10_000])
def test_an_edit_beyond_the_text_is_refused_and_changes_nothing(
    archive: Archive, start: int
) -> None:
    transcript_id, turns = the_transcript(archive)
    before = dump(archive)
    edit = TextEdit(turns[0].id, start, start - 1 if start == 5 else start + 1, "x")
    with pytest.raises(BadValue):
        transcripts.edit_text(archive, transcript_id, [edit])
    with pytest.raises(BadValue):
        transcripts.edit_text(archive, transcript_id, [TextEdit(99_999, 0, 0, "x")])
    with pytest.raises(BadValue):
        transcripts.merge_turns(archive, transcript_id, turns[-1].id)
    assert dump(archive) == before


def test_a_tagging_outside_its_transcript_is_refused(archive: Archive) -> None:
    transcript_id, turns = the_transcript(archive)
    with archive.read() as reader:
        tag = reader.tags()[0]
    one, other = turns[0].id, turns[1].id
    for span in (Span(one, 0, 99_999, 1), Span(other, 0, one, 1), Span(one, 3, one, 3),
                 Span(one, -1, one, 3), Span(turns[2].id, 0, turns[2].id, 0)):  # fmt: skip
        with pytest.raises(BadValue):
            tagging.add_tagging(archive, transcript_id, span, [tag.id])


def test_merging_tags_keeps_every_remark(archive: Archive) -> None:
    transcript_id, turns = the_transcript(archive)
    with archive.read() as reader:
        one, other = (vocabulary.find_tag(reader, name) for name in ("fear", "home"))
    assert one is not None
    assert other is not None
    span = Span(turns[5].id, 1, turns[5].id, 4)
    for tag, memo in ((one, "first"), (other, "second")):
        tagging.add_tagging(archive, transcript_id, span, [tag.id], memo=memo)
    vocabulary.merge_tags(archive, kept=one.id, merged=other.id)
    with archive.read() as reader:
        (left,) = [t for t in reader.taggings(transcript_id) if t.span == span]
    assert left.tag_id == one.id
    assert "first" in left.memo
    assert "second" in left.memo
    history.undo(archive)
    with archive.read() as reader:
        assert len([t for t in reader.taggings(transcript_id) if t.span == span]) == 2


def test_an_orphan_that_is_put_back_lies_on_its_words_again(archive: Archive) -> None:
    transcript_id, turns = the_transcript(archive)
    with archive.read() as reader:
        tag = reader.tags()[0]
    text = turns[5].text
    start = text.index("Београд")
    (laid,) = tagging.add_tagging(
        archive, transcript_id, Span(turns[5].id, start, turns[5].id, start + 7), [tag.id]
    ).value
    transcripts.delete_turn(archive, transcript_id, turns[5].id)
    with pytest.raises(NotFound):
        tagging.put_back(archive, laid)
    transcripts.insert_turn(archive, transcript_id, after_turn_id=turns[4].id, text=f"И {text}")
    (orphan,) = [o for o in tagging.orphans(archive) if o.tagging.id == laid]
    assert orphan.suggestion is not None
    tagging.put_back(archive, laid)
    with archive.read() as reader:
        back = reader.tagging(laid)
    assert (back.is_orphan, back.quote) == (False, "Београд")
    assert archives.check(archive).problems == ()


@pytest.fixture(scope="session")
def long_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive with a transcript so long that an edit reads a stretch of it only."""
    chance = random.Random(17)
    with archives.create_archive(tmp_path_factory.mktemp("long") / "Long") as archive:
        interview_id = interviews.create_interview(archive, accession="L-1").value
        with archive.write("Fill") as writer:
            transcript_id = writer.insert(
                "transcript", interview_id=interview_id, language="ru", kind=TranscriptKind.VERBATIM
            )
            rows = [
                {"transcript_id": transcript_id, "position": (n + 1) * POSITION_STEP,
                 "text": chance.choice([text for text in TEXTS if len(text) > 9])}
                for n in range(90)
            ]  # fmt: skip
            writer.insert_many("turn", rows)
            turns = writer.turns(transcript_id)
            tag_id = vocabulary.tag_at(writer, ["fear"])
            other = vocabulary.tag_at(writer, ["home"])
            dossier = writer.insert("dossier", title="D")
            for place in (4, 40, 80):
                writer.insert(
                    "dossier_item", dossier_id=dossier, position=place, kind="passage",
                    interview_id=interview_id, transcript_id=transcript_id,
                    span=Span(turns[place].id, 3, turns[place + 5].id, 7),
                )  # fmt: skip
        for _ in range(120):
            span = some_span(chance, turns)
            tagging.add_tagging(archive, transcript_id, span, [chance.choice((tag_id, other))])
        wide = Span(turns[20].id, 2, turns[60].id, 3)
        tagging.add_tagging(archive, transcript_id, wide, [tag_id])
        for place in (10, 50, 85):
            span = Span(turns[place].id, 1, turns[place + 3].id, 4)
            access.restrict_span(archive, transcript_id, span, shut_out=Audience.PUBLIC)
        return archive.folder


@pytest.mark.parametrize("seed", range(4))
def test_an_edit_that_reads_a_stretch_changes_just_what_one_that_reads_all_would(
    long_archive: Path, tmp_path: Path, seed: int
) -> None:
    folder = shutil.copytree(long_archive, tmp_path / "Long.oralhistory")
    chance = random.Random(seed)
    with archives.open_archive(folder, who="Ana") as archive:
        for _ in range(40):
            transcript_id, turns = the_transcript(archive)
            with archive.read() as reader:
                full = reader.full_transcript(transcript_id)
                marks: Any = {
                    "restrictions": reader.restrictions(1),
                    "passages": reader.passages_of(transcript_id),
                }
            turn = chance.choice(turns[:-1])
            at = chance.randint(0, len(turn.text))
            what = chance.choice(("edit", "edit", "split", "merge", "insert", "delete"))
            if what == "edit":
                edits = [
                    TextEdit(turn.id, at, min(len(turn.text), at + chance.choice((0, 2, 50))), "да")
                ]
                expected = editing.edit_text(full, edits, **marks)
                outcome = transcripts.edit_text(archive, transcript_id, edits)
            elif what == "split":
                expected = editing.split_turn(full, turn.id, at, **marks)
                outcome = transcripts.split_turn(archive, transcript_id, turn.id, at)
            elif what == "merge":
                expected = editing.merge_turns(full, turn.id, **marks)
                outcome = transcripts.merge_turns(archive, transcript_id, turn.id)
            elif what == "delete":
                expected = editing.delete_turn(full, turn.id, **marks)
                outcome = transcripts.delete_turn(archive, transcript_id, turn.id)
            else:
                after = chance.choice((turn.id, turns[-1].id, None))
                new = Turn(-1, "", transcript_id, 0, None, "", None, None, None, "Новый ход.")
                expected = editing.insert_turn(full, new, after_turn_id=after, **marks)
                outcome = transcripts.insert_turn(
                    archive, transcript_id, after_turn_id=after, text="Новый ход."
                )
            made = outcome.value.new_turns
            expected = expected.with_ids({-1: made[0].id} if made else {})
            assert in_any_order(outcome.value) == in_any_order(expected), what
        assert archives.check(archive).problems == ()


def in_any_order(change: TranscriptChange) -> list[list[Any]]:
    return [
        sorted(map(repr, getattr(change, field)))
        for field in (
            "updated_turns", "new_turns", "deleted_turn_ids", "updated_taggings",
            "updated_restrictions", "updated_passages", "orphaned_tagging_ids",
        )
    ]  # fmt: skip


def test_span_columns_are_those_of_the_tables() -> None:
    assert span_columns(Span(1, 2, 3, 4)) == {
        "start_turn": 1, "start": 2, "end_turn": 3, "end": 4,
    }  # fmt: skip
