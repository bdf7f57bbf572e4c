"""Headings, texts, pictures, index points, covers and the basket: each step one operation."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive_app.domain.records import Audience, Span
from archive_app.domain.rich_text import BlockKind, RichBlock, RichRun, from_plain
from archive_app.dossier.contents import Heading, Picture, Prose, Segment
from archive_app.errors import ArchiveError, BadInput, BadValue, NotFound
from archive_app.store import sqlite
from archive_app.store.archive import Archive
from archive_app.work import access, archives, collected, collecting, dossiers
from archive_app.work.archives import open_archive
from archive_app.work.collecting import Collected
from archive_app.work.history import redo, undo
from tests.work.dossier_material import TODAY, drawn, dump, kept, text_of, turns_of, whole_turn

STAFF = {"audience": Audience.STAFF, "on": TODAY}


@pytest.fixture
def archive(sample_archive: Path) -> Iterator[Archive]:
    with open_archive(sample_archive) as opened:
        yield opened


@pytest.fixture
def dossier(archive: Archive) -> int:
    return collecting.create_dossier(archive, "D").value


def points_of(archive: Archive, accession: str) -> list[int]:
    with archive.read() as reader:
        return [one.id for one in reader.index_points(turns_of(archive, accession)[0])]


def test_a_text_goes_into_the_pages_as_it_was_written(archive: Archive, dossier: int) -> None:
    text = (
        RichBlock((RichRun("On "), RichRun("leaving", is_italic=True, note="In 2022."))),
        RichBlock((RichRun("first"),), BlockKind.NUMBER),
    )
    item = collecting.add_text(archive, dossier, text).value
    (shown,) = collected.outline(archive, dossier, **STAFF).items
    assert shown.rich == text
    assert shown.text == "On leaving first"
    changed = from_plain("Other words.")
    collecting.edit_text(archive, item, changed)
    (part,) = collected.contents_of(archive, dossier, **STAFF).parts
    assert part == Prose(changed)
    with pytest.raises(BadValue):
        collecting.edit_text(archive, collecting.add_heading(archive, dossier, "H").value, ())


def test_a_heading_has_one_of_three_levels(archive: Archive, dossier: int) -> None:
    item = collecting.add_heading(archive, dossier, "H", level=2).value
    collecting.set_levels(archive, {item: 3})
    assert kept(archive, dossier).items[0].level == 3
    for level in (0, 4):
        with pytest.raises(BadValue):
            collecting.set_levels(archive, {item: level})
    assert collected.contents_of(archive, dossier, **STAFF).parts == (Heading("H", level=3),)


def test_a_picture_is_kept_in_the_archive_and_checked_with_it(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    item = collecting.add_picture(
        archive, dossier, drawn(tmp_path / "a.png"), caption=" A street ", alt="A street at dusk"
    ).value
    (shown,) = collected.outline(archive, dossier, **STAFF).items
    assert shown.picture is not None
    assert shown.picture.is_file()
    (part,) = collected.contents_of(archive, dossier, **STAFF).parts
    assert isinstance(part, Picture)
    assert (part.caption, part.alt) == ("A street", "A street at dusk")
    assert part.data == shown.picture.read_bytes()
    collecting.edit_picture(archive, item, caption="Knez Mihailova", alt="")
    assert kept(archive, dossier).items[0].settings == {}
    assert not archives.check(archive).problems
    shown.picture.chmod(0o644)
    shown.picture.write_bytes(b"x")
    assert len(archives.check(archive).problems) == 1
    pages = collected.contents_of(archive, dossier, **STAFF)
    assert pages.parts == ()
    assert len(pages.left_out) == 1


def test_the_same_picture_is_kept_once(archive: Archive, dossier: int, tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.png")
    with archive.read() as reader:
        before = len(reader.pictures())
    for _ in range(2):
        collecting.add_picture(archive, dossier, path)
    collecting.set_cover(archive, dossier, path, alt="A street")
    with archive.read() as reader:
        assert len(reader.pictures()) == before + 1
    cover = collected.contents_of(archive, dossier, **STAFF).contents.cover
    assert cover is not None
    assert cover.alt == "A street"
    collecting.set_cover(archive, dossier, None)
    assert collected.contents_of(archive, dossier, **STAFF).contents.cover is None
    assert kept(archive, dossier).settings == {}


def test_what_is_no_picture_changes_nothing(archive: Archive, dossier: int, tmp_path: Path) -> None:
    before = dump(archive)
    files = sorted(archive.media_folder.rglob("*"))
    (tmp_path / "a.png").write_bytes(b"MZ")
    with pytest.raises(BadInput):
        collecting.add_picture(archive, dossier, tmp_path / "a.png")
    assert dump(archive) == before
    assert sorted(archive.media_folder.rglob("*")) == files


def test_pictures_travel_in_a_backup(archive: Archive, dossier: int, tmp_path: Path) -> None:
    collecting.add_picture(archive, dossier, drawn(tmp_path / "a.png"))
    collecting.set_cover(archive, dossier, drawn(tmp_path / "b.png", 7))
    copy = archives.backup(archive, tmp_path / "copy.oralhistory-backup")
    folder = archives.restore(copy, tmp_path / "Again")
    with open_archive(folder) as again:
        assert not archives.check(again).problems
        assert len(collected.contents_of(again, dossier, **STAFF).parts) == 1


def test_a_picture_of_a_foreign_archive_leads_nowhere(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    for kept_as in ("../../etc/passwd", "media/ab/" + "a" * 64 + ".png", "/etc/passwd"):
        with archive.write("Tamper") as writer:
            writer.insert("dossier_item", dossier_id=dossier, kind="picture", picture=kept_as)
    assert collected.contents_of(archive, dossier, **STAFF).parts == ()
    assert all(one.picture is None for one in collected.outline(archive, dossier, **STAFF).items)
    assert archives.check(archive).problems


def test_index_points_are_collected_once_and_shown_by_their_title(
    archive: Archive, dossier: int
) -> None:
    first, second = points_of(archive, "MRB-001")[:2]
    items = collecting.add_points(archive, dossier, [first, second, first]).value
    assert collecting.add_points(archive, dossier, [second]).value == items[1:2]
    parts = collected.contents_of(archive, dossier, **STAFF).parts
    assert [(part.number, type(part)) for part in parts if isinstance(part, Segment)] == [
        (0, Segment), (1, Segment),
    ]  # fmt: skip
    shown = collected.outline(archive, dossier, **STAFF).items
    with archive.read() as reader:
        assert shown[0].text.startswith(reader.index_point(first).title)
    with archive.write("Delete") as writer:
        writer.delete("index_point", first)
    shown = collected.outline(archive, dossier, **STAFF).items
    assert [(one.is_there, one.change) for one in shown] == [(False, "gone"), (True, "")]
    pages = collected.contents_of(archive, dossier, **STAFF)
    assert len(pages.parts) == len(pages.left_out) == 1


def test_the_basket_is_no_dossier_of_the_list_and_is_poured_whole(
    archive: Archive, dossier: int
) -> None:
    assert collecting.basket_of(archive) is None
    interview, transcript, turns = turns_of(archive, "MRB-001")
    chosen = [Collected(interview, transcript, turns[n]) for n in (1, 5, 9)]
    assert collecting.pour_basket(archive, dossier).value == ()
    collecting.add_items(archive, dossier, [chosen[1], Collected(interview)])
    first, last = [item.id for item in kept(archive, dossier).items]
    collecting.put_in_basket(archive, chosen[:2])
    collecting.put_in_basket(archive, chosen)
    basket = collecting.basket_of(archive)
    assert basket is not None
    assert len(kept(archive, basket).items) == 3
    listed = collected.kept_dossiers(archive, audience=Audience.STAFF)
    assert basket not in [one.id for one in listed]
    ids = collecting.pour_basket(archive, dossier, after_item=first).value
    assert ids[1] == first
    order = [item.id for item in kept(archive, dossier).items]
    assert order == [first, ids[0], ids[2], last]
    assert not kept(archive, basket).items
    undo(archive)
    assert len(kept(archive, basket).items) == 3


def test_names_in_texts_captions_and_alternative_texts_are_hidden(
    archive: Archive, dossier: int, tmp_path: Path
) -> None:
    with archive.read() as reader:
        real = reader.protected_people()[0].real_names[0]
    text = (RichBlock((RichRun(f"So {real}.", note=f"That is {real}."),)),)
    collecting.add_text(archive, dossier, text)
    path = drawn(tmp_path / f"{real}.png")
    collecting.add_picture(archive, dossier, path, caption=f"{real} at home", alt=f"{real}")
    collecting.set_cover(archive, dossier, path, alt=real)
    collecting.edit_dossier(archive, dossier, settings={"method": real, "keywords": f"a; {real}"})
    public = {"audience": Audience.PUBLIC, "on": TODAY}
    pages = collected.contents_of(archive, dossier, **public)
    shown = collected.outline(archive, dossier, **public)
    assert real not in repr((pages.parts, pages.contents, shown))
    assert real in repr(collected.contents_of(archive, dossier, **STAFF).parts)


def test_a_heading_over_nothing_but_what_is_closed_is_left_out_with_those_below(
    archive: Archive, dossier: int
) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-001")
    access.restrict_span(
        archive, transcript, whole_turn(archive, turns[7]), shut_out=Audience.READING_ROOM
    )
    closed, open_ = (Collected(interview, transcript, turns[n]) for n in (7, 2))
    collecting.add_heading(archive, dossier, "Secret")
    collecting.add_heading(archive, dossier, "More of it", level=2)
    collecting.add_items(archive, dossier, [closed])
    collecting.add_heading(archive, dossier, "Open")
    collecting.add_heading(archive, dossier, "Below", level=2)
    collecting.add_items(archive, dossier, [open_])
    collecting.add_heading(archive, dossier, "Empty")
    pages = collected.contents_of(archive, dossier, audience=Audience.PUBLIC, on=TODAY)
    titles = [part.title for part in pages.parts if isinstance(part, Heading)]
    assert titles == ["Open", "Below", "Empty"]
    everything = collected.contents_of(archive, dossier, **STAFF).parts
    assert sum(isinstance(part, Heading) for part in everything) == 5


def random_step(archive: Archive, dossier: int, chance: random.Random, tmp_path: Path) -> None:
    """Do one thing that a scholar can do to a dossier, whatever it is."""
    interview, transcript, turns = turns_of(archive, chance.choice(("MRB-001", "MRB-004")))
    items = [item.id for item in kept(archive, dossier).items]
    after = chance.choice([None, *items])
    first = chance.choice(turns)
    some = [Collected(interview, transcript, first), Collected(interview)]
    item = chance.choice(items)
    turn = chance.choice(turns)
    text = from_plain(chance.choice(("Words.", "", "a\nb")))
    steps: list[Callable[[], object]] = [
        lambda: collecting.add_items(archive, dossier, some, after_item=after),
        lambda: collecting.add_heading(archive, dossier, "H", level=2, after_item=after),
        lambda: collecting.set_levels(archive, {item: chance.randint(1, 3)}),
        lambda: collecting.add_text(archive, dossier, text, after_item=after),
        lambda: collecting.edit_text(archive, item, text),
        lambda: collecting.add_picture(archive, dossier, drawn(tmp_path / "p.png"), caption="c"),
        lambda: collecting.edit_picture(archive, item, caption="d", alt="e"),
        lambda: collecting.set_cover(
            archive, dossier, chance.choice((None, drawn(tmp_path / "q.png", 5)))
        ),
        lambda: collecting.add_points(archive, dossier, points_of(archive, "MRB-002")[:3]),
        lambda: collecting.narrow_passage(
            archive, item, Span(turn, 0, turn, max(1, len(text_of(archive, turn)) // 2))
        ),
        lambda: collecting.reorder(archive, dossier, chance.sample(items, len(items))),
        lambda: collecting.remove_items(archive, chance.sample(items, min(2, len(items) - 1))),
        lambda: collecting.reword_item(archive, item, "other words"),
        lambda: collecting.edit_dossier(archive, dossier, settings={"layout": "cards"}),
        lambda: collecting.put_in_basket(archive, some),
        lambda: collecting.pour_basket(archive, dossier, after_item=after),
        lambda: collected.accept_changes(archive, items, **STAFF),
    ]
    chance.choice(steps)()


@pytest.mark.parametrize("seed", range(3))
def test_undo_and_redo_of_whatever_a_scholar_does_are_exact(
    archive: Archive, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    with archive.read() as reader:
        dossier = reader.dossiers()[0].id
    start = dump(archive)
    done = 0
    states = [start]
    for _ in range(40):
        before = dump(archive)
        try:
            random_step(archive, dossier, chance, tmp_path)
        except (BadValue, NotFound):
            assert dump(archive) == before
            continue
        if dump(archive) != before:
            done += 1
            states.append(dump(archive))
    assert done > 15
    for state in reversed(states[:-1]):
        undo(archive)
        assert dump(archive) == state
    for state in states[1:]:
        redo(archive)
        assert dump(archive) == state


def test_what_goes_with_an_interview_goes_with_its_purge(archive: Archive, dossier: int) -> None:
    interview, transcript, turns = turns_of(archive, "MRB-002")
    words = text_of(archive, turns[4])
    collecting.add_items(archive, dossier, [Collected(interview, transcript, turns[4])])
    item = kept(archive, dossier).items[0]
    assert len(item.seen) == 64
    assert words not in repr(item)
    with archive.write("Purge") as writer:
        writer.delete("interview", interview)
    assert not kept(archive, dossier).items
    archive.purge_from_journal([("dossier_item", item.id)])
    assert item.seen.encode() not in archive.database.read_bytes()
    with pytest.raises(ArchiveError):
        undo(archive)


def test_a_name_parted_between_two_looks_is_replaced_as_well(
    archive: Archive, dossier: int
) -> None:
    with archive.read() as reader:
        real = next(name for one in reader.protected_people() for name in one.real_names)
    half = len(real.split()[-1]) // 2
    runs = (RichRun(f"As {real[:-half]}"), RichRun(real[-half:], is_bold=True, note="So."))
    collecting.add_text(archive, dossier, (RichBlock((*runs, RichRun(" said."))),))
    for audience in (Audience.PUBLIC, Audience.STAFF):
        (shown,) = collected.outline(archive, dossier, audience=audience, on=TODAY).items
        assert (real in shown.text) is (audience is Audience.STAFF)
        assert shown.is_worded is (audience is Audience.PUBLIC)
        assert shown.text.startswith("As ")
        assert shown.text.endswith(" said.")
        assert [run.note for run in shown.rich[0].runs if run.note] == ["So."]


DAMAGED = (
    "[" * 100_000, "{}", "5", '[{"kind": "paragraph", "runs": [{"text": "\\ud800 half a sign"}]}]',
    '[{"kind": "paragraph", "runs": []}]', '[{"kind": "poem", "runs": []}]', '{"layout": 5}',
    '{"layout": null, "subtitle": ["x"], "cover": {}, "cover_alt": 1, "basket": true}',
    '{"paper": "a0", "time_step_s": "-5", "qr": "perhaps", "cover": "media/../../x.png"}', "[]",
    '"yes"', '{"alt": 7, "cut": 1}', '{"cut": "yes"}', "not JSON",
)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED, ids=range(len(DAMAGED)))
def test_what_was_damaged_by_hand_does_not_stop_the_rest(
    archive: Archive, dossier: int, damage: str, tmp_path: Path
) -> None:
    one, transcript, turns = turns_of(archive, "MRB-001")
    collecting.add_items(archive, dossier, [Collected(one, transcript, turns[1])])
    collecting.add_heading(archive, dossier, "H")
    collecting.add_text(archive, dossier, from_plain("T"))
    collecting.add_picture(archive, dossier, drawn(tmp_path / "a.png"))
    with sqlite.plain_connection(archive.database) as connection, connection:
        connection.execute("UPDATE dossier_item SET settings = ?", (damage,))
        connection.execute("UPDATE dossier_item SET body = ? WHERE kind = 'text'", (damage,))
        connection.execute("UPDATE dossier SET settings = ? WHERE id = ?", (damage, dossier))
    for audience in (Audience.PUBLIC, Audience.STAFF):
        found = collected.outline(archive, dossier, audience=audience, on=TODAY)
        assert len(found.items) == 4
        collected.kept_dossiers(archive, audience=audience)
        dossiers.make_stored_dossier(
            archive, dossier, tmp_path / "d.pdf", audience=audience, on=TODAY
        )
