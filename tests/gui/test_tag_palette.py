from __future__ import annotations

from pathlib import Path

import pytest
from letters import type_text
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archive_app.domain.records import Tag
from archive_app.gui.tag_palette import Chosen, TagPalette
from archive_app.gui.tag_recent import RecentTags
from archive_app.settings import Settings
from archive_app.work.tag_search import TagFinder, is_named
from archive_app.work.vocabulary import CountedTag

ARCHIVE = "archive-uuid"
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def tree() -> list[CountedTag]:
    names: list[tuple[int, int | None, dict[str, str], int]] = [
        (1, None, {"en": "war", "sr-Latn": "rat", "sr-Cyrl": "рат", "ru": "война"}, 3),
        (2, None, {"en": "work", "ru": "работа", "sr-Latn": "posao"}, 9),
        (3, 2, {"en": "night shift", "ru": "ночная смена"}, 1),
        (4, 2, {"en": "language", "ru": "язык", "sr-Latn": "jezik"}, 4),
        (5, None, {"en": "feast", "sr-Latn": "žurka", "ru": "ёлка"}, 0),
        (6, None, {"en": "rations"}, 7),
    ]
    by_id = {number: one["en"] for number, _, one, _ in names}
    found: list[CountedTag] = []
    for number, parent, one, count in names:
        path = (*((by_id[parent],) if parent else ()), one["en"])
        tag = Tag(number, f"uuid-{number}", 1, parent, one)
        found.append(CountedTag(tag, path, len(path) - 1, count))
    return found


def found_ids(typed: str, recent: tuple[int, ...] = ()) -> list[int]:
    return [found.one.tag.id for found in TagFinder(tree()).find(typed, recent)]


# Searching


@pytest.mark.parametrize("typed", ["rat", "рат", "РАТ", "Rat"])
def test_either_script_finds_the_other(typed: str) -> None:
    assert set(found_ids(typed)[:2]) == {1, 6}


@pytest.mark.parametrize("typed", ["zurka", "журка", "елка", "ёлка", "elka"])
def test_accents_and_yo_do_not_count(typed: str) -> None:
    assert found_ids(typed) == [5]


@pytest.mark.parametrize(
    "typed", ["work/lang", "работа/яз", "posao › jezik", "jezik work", "работа lang", "/lang"]
)
def test_a_path_finds_in_any_mixture_of_languages(typed: str) -> None:
    assert found_ids(typed)[0] == 4


def test_what_stands_before_the_slash_must_be_above() -> None:
    assert found_ids("lang/work") == []
    assert found_ids("night/") == [3]


def test_names_that_begin_so_come_before_words_inside_and_those_before_paths() -> None:
    assert found_ids("s")[0] in (3, 4)
    assert found_ids("shift") == [3]
    assert found_ids("work") == [2, 4, 3]


def test_recent_tags_come_first_then_the_most_used() -> None:
    assert found_ids("", (5, 3)) == [5, 3, 2, 6, 4, 1]


def test_the_name_that_answers_is_told() -> None:
    (found,) = TagFinder(tree()).find("jezik")
    assert found.by == "jezik"


def test_exact_names_in_any_language_and_paths_are_known() -> None:
    assert is_named(tree(), "Ночная смена")
    assert is_named(tree(), "work/language")
    assert not is_named(tree(), "nights")


# The dialog


@pytest.fixture
def palette(qtbot: QtBot) -> TagPalette:
    made = TagPalette(tree(), language="en", recent=(4, 2), numbers={4: 1, 2: 3})
    qtbot.addWidget(made)
    made.show()
    return made


def rows(palette: TagPalette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def test_recent_tags_stand_first_with_their_keys(palette: TagPalette) -> None:
    assert rows(palette)[:2] == ["work › language", "work"]
    spoken = palette.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("Alt+1")


def test_a_name_in_another_language_is_shown_beside(palette: TagPalette) -> None:
    type_text(palette.field, "posao")
    assert rows(palette)[0] == "work  (posao)"


def test_a_number_takes_its_tag_at_once(palette: TagPalette, qtbot: QtBot) -> None:
    with qtbot.waitSignal(palette.chosen) as told:
        qtbot.keyClick(palette.field, Qt.Key.Key_3, ALT)
    assert told.args == [Chosen(2, "work")]
    assert not palette.isVisible()


def test_a_number_is_given_to_the_chosen_tag(palette: TagPalette, qtbot: QtBot) -> None:
    type_text(palette.field, "война")
    with qtbot.waitSignal(palette.pin_asked) as told:
        qtbot.keyClick(palette.field, Qt.Key.Key_5, CTRL)
    assert told.args == [1, 5]
    assert palette.isVisible()


def test_a_new_tag_is_hung_below_another(palette: TagPalette, qtbot: QtBot) -> None:
    type_text(palette.field, "отпуск")
    assert rows(palette) == ["New tag “отпуск”", "New tag “отпуск” below another one…"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    type_text(palette.field, "рабо")
    with qtbot.waitSignal(palette.chosen) as told:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert told.args == [Chosen(None, "отпуск", 2)]


def test_esc_goes_back_from_choosing_a_parent(palette: TagPalette, qtbot: QtBot) -> None:
    type_text(palette.field, "отпуск")
    palette.list.setCurrentRow(1)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.field.text() == "отпуск"
    assert palette.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_parents_are_offered_in_the_order_of_the_tree(palette: TagPalette) -> None:
    type_text(palette.field, "отпуск")
    palette.list.setCurrentRow(1)
    palette._take()
    assert rows(palette)[:3] == ["war", "work", "work › night shift"]
    assert rows(palette)[-1] == "At the top of the vocabulary"


# Numbers


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


def recent_of(settings: Settings, archive: str = ARCHIVE) -> RecentTags:
    made = RecentTags(settings, archive)
    made.take_vocabulary(tree())
    return made


def many() -> list[CountedTag]:
    return [
        CountedTag(Tag(n, f"uuid-{n}", 1, None, {"en": f"tag {n}"}), (f"tag {n}",), 0, 0)
        for n in range(1, 13)
    ]


def test_the_most_used_stand_in_where_nothing_was_used_yet(settings: Settings) -> None:
    recent = recent_of(settings)
    assert [recent.tag(number) for number in range(1, 7)] == [2, 6, 4, 1, 3, None]


def test_numbers_and_order_are_kept_over_restarts_for_each_archive(settings: Settings) -> None:
    recent = recent_of(settings)
    recent.use(5)
    recent.use(1)
    assert settings.save()
    again = recent_of(Settings(settings._path.parent))
    assert again.order[:2] == [1, 5]
    assert again.numbers() == recent.numbers()
    assert recent_of(settings, "another").order[:1] == [2]


def test_a_number_does_not_move_while_its_tag_is_in_use(settings: Settings) -> None:
    recent = RecentTags(settings, ARCHIVE)
    recent.take_vocabulary(many())
    for tag_id in range(1, 10):
        recent.use(tag_id)
    assert recent.numbers() == {n: n for n in range(1, 10)}
    recent.use(1)
    recent.use(10)
    assert recent.tag(2) == 10
    assert recent.tag(1) == 1
    assert recent.tag(9) == 9


def test_a_pinned_tag_gives_its_number_to_none(settings: Settings) -> None:
    recent = RecentTags(settings, ARCHIVE)
    recent.take_vocabulary(many())
    recent.pin(12, 4)
    for tag_id in range(1, 12):
        recent.use(tag_id)
    assert recent.tag(4) == 12
    assert recent.is_pinned(12)
    recent.unpin(12)
    assert not recent.is_pinned(12)


def test_pinning_to_a_taken_number_changes_places(settings: Settings) -> None:
    recent = recent_of(settings)
    recent.pin(1, 1)
    assert (recent.tag(1), recent.tag(4)) == (1, 2)


def test_a_deleted_tag_frees_its_number(settings: Settings) -> None:
    recent = recent_of(settings)
    recent.take_vocabulary([one for one in tree() if one.tag.id != 2])
    assert 2 not in recent.numbers()
    assert 2 not in recent.order
