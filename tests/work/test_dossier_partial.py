"""A passage that begins or ends inside a turn shows those words, and never a closed one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_app.domain.names import NAME_WITHHELD
from archive_app.domain.records import Audience, Role, Span
from archive_app.domain.spans import TextEdit
from archive_app.dossier.contents import Excerpts, Passage
from archive_app.errors import BadValue
from archive_app.store.archive import Archive
from archive_app.work import access, collected, collecting, interviews, transcripts
from archive_app.work.collecting import Collected
from tests.work.dossier_material import TODAY, kept

TEXTS = ("We left Petrograd at night.", "Nobody knew. Not even Anna.", "And then the train.")
MARK = "[passage closed]"


class Material:
    """An archive with one interview of three turns, and a dossier."""

    def __init__(self, folder: Path) -> None:
        self.archive = Archive.create(folder, name="A")
        self.interview = interviews.create_interview(self.archive, accession="A-1").value
        with self.archive.write("Fill") as writer:
            interviews.add_contribution(writer, self.interview, Role.INTERVIEWEE, "Vera")
            self.transcript = writer.insert(
                "transcript", interview_id=self.interview, language="en"
            )
            self.turns = writer.insert_many(
                "turn",
                [
                    {"transcript_id": self.transcript, "position": 1024 * (n + 1), "text": text}
                    for n, text in enumerate(TEXTS)
                ],
            )
        self.dossier = collecting.create_dossier(self.archive, "D").value

    def collect(self, first: int, start: int, last: int, end: int) -> int:
        """Put a passage of turns by their numbers from 0 in."""
        one = Collected(
            self.interview, self.transcript, self.turns[first], self.turns[last],
            start=start, end=end,
        )  # fmt: skip
        return collecting.add_items(self.archive, self.dossier, [one]).value[0]

    def close(self, turn: int, start: int, end: int) -> None:
        span = Span(self.turns[turn], start, self.turns[turn], end)
        access.restrict_span(self.archive, self.transcript, span, shut_out=Audience.READING_ROOM)

    def shown(self, audience: Audience = Audience.PUBLIC) -> str | None:
        """What the only passage says to an audience."""
        (item,) = collected.outline(self.archive, self.dossier, audience=audience, on=TODAY).items
        return item.text if item.is_there else None

    def passage(self, audience: Audience = Audience.PUBLIC) -> Passage:
        pages = collected.contents_of(self.archive, self.dossier, audience=audience, on=TODAY)
        (part,) = pages.parts
        assert isinstance(part, Excerpts)
        (passage,) = part.passages
        return passage


@pytest.fixture
def material(tmp_path: Path) -> Iterator[Material]:
    made = Material(tmp_path / "A.oralhistory")
    with made.archive:
        yield made


def test_the_words_that_were_chosen_are_shown(material: Material) -> None:
    material.collect(0, 3, 1, 12)
    assert material.shown() == "left Petrograd at night. Nobody knew."
    found = material.passage()
    assert (found.first, found.start, found.last, found.end) == (1, 3, 2, 12)


def test_whole_turns_grow_with_their_turn_and_parts_do_not(material: Material) -> None:
    (whole,) = collecting.add_items(
        material.archive, material.dossier,
        [Collected(material.interview, material.transcript, material.turns[0])],
    ).value  # fmt: skip
    transcripts.edit_text(
        material.archive, material.transcript, [TextEdit(material.turns[0], 0, 0, "So, ")]
    )
    assert material.shown() == f"So, {TEXTS[0]}"
    collecting.narrow_passage(
        material.archive, whole, Span(material.turns[0], 4, material.turns[0], 11)
    )
    assert material.shown() == "We left"
    transcripts.edit_text(
        material.archive, material.transcript, [TextEdit(material.turns[0], 0, 4, "")]
    )
    assert material.shown() == "We left"
    full = Span(material.turns[0], 0, material.turns[0], len(TEXTS[0]))
    collecting.narrow_passage(material.archive, whole, full)
    assert kept(material.archive, material.dossier).items[0].settings == {}


@pytest.mark.parametrize("closed", [(3, 17), (0, 12), (8, 27), (0, 27), (12, 14)])
@pytest.mark.parametrize("chosen", [(3, 17), (5, 12), (0, 9), (10, 26), (8, 17), (16, 27), (9, 10)])
def test_no_closed_word_is_shown_wherever_a_passage_begins_or_ends(
    material: Material, closed: tuple[int, int], chosen: tuple[int, int]
) -> None:
    material.collect(0, chosen[0], 0, chosen[1])
    material.close(0, *closed)
    open_words = {
        n for n in range(*chosen) if not closed[0] <= n < closed[1] and not TEXTS[0][n].isspace()
    }
    shown = material.shown()
    if not open_words:
        assert shown is None
        return
    assert shown is not None
    letters = "".join(shown.replace(MARK, "").split())
    assert letters == "".join(TEXTS[0][n] for n in sorted(open_words))
    assert material.shown(Audience.STAFF) == TEXTS[0][slice(*chosen)]


def test_a_passage_that_begins_in_a_closed_turn_begins_with_what_is_open(
    material: Material,
) -> None:
    material.collect(0, 3, 2, 8)
    material.close(0, 0, len(TEXTS[0]))
    material.close(1, 0, 12)
    material.close(2, 4, 8)
    found = material.passage()
    assert (found.first, found.last) == (2, 3)
    assert material.shown() == "Not even Anna. And"


def test_a_name_is_hidden_whole_where_a_passage_cuts_it(material: Material) -> None:
    with material.archive.read() as reader:
        (person,) = reader.people()
    access.protect_name(material.archive, person.id, pseudonym="Vera", real_names=["Anna"])
    start = TEXTS[1].index("Anna")
    item = material.collect(1, start + 2, 2, 3)
    assert material.shown(Audience.STAFF) == "na. And"
    said = material.shown()
    assert said is not None
    assert "na." not in said.replace("Vera", "")
    assert said.endswith("And")
    assert "Anna" not in said
    assert NAME_WITHHELD not in said
    collecting.narrow_passage(
        material.archive, item, Span(material.turns[1], 0, material.turns[1], start + 2)
    )
    assert material.shown() == "Nobody knew. Not even Vera"


def test_offsets_count_in_the_kept_text_whatever_names_became(material: Material) -> None:
    with material.archive.read() as reader:
        (person,) = reader.people()
    access.protect_name(
        material.archive, person.id, pseudonym="Somebody Else", real_names=["Petrograd"]
    )
    material.collect(0, 18, 0, 26)
    assert material.shown() == material.shown(Audience.STAFF) == "at night"


@pytest.mark.parametrize("span", [(3, 3), (0, 99), (-1, 4)])
def test_a_part_that_is_not_there_is_refused(material: Material, span: tuple[int, int]) -> None:
    with pytest.raises(BadValue):
        material.collect(0, span[0], 0, span[1])
    item = material.collect(0, 3, 0, 7)
    with pytest.raises(BadValue):
        collecting.narrow_passage(
            material.archive, item,
            Span(material.turns[1], span[0], material.turns[1], span[1]),
        )  # fmt: skip


def test_two_parts_of_one_turn_are_two_passages(material: Material) -> None:
    first = material.collect(0, 0, 0, 7)
    assert material.collect(0, 8, 0, 17) != first
    assert material.collect(0, 0, 0, 7) == first
    pages = collected.contents_of(
        material.archive, material.dossier, audience=Audience.STAFF, on=TODAY
    )
    (part,) = pages.parts
    assert isinstance(part, Excerpts)
    assert [(one.start, one.end) for one in part.passages] == [(0, 7), (8, 17)]
    (text,) = part.interview.transcripts
    assert text.taggings == ()
