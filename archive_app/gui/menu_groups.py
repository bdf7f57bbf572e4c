"""In which submenu each action of a page stands: a menu has to fit a screen of 768 pixels.

An action that is not named here stands at the end of its menu. A group of which
the page that is shown has no action is left out, and so is a line between nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from archive_app.translation import mark

LINE = ""
"""A line between two parts of a menu."""


@dataclass(frozen=True, slots=True)
class Group:
    """A submenu: its title, still to be translated, and its actions' names and lines."""

    title: str
    names: Sequence[str]


Entry = str | Group
"""The name of an action, LINE, or a submenu."""

PLAY = Group(
    mark("&Play"),
    (
        "interview.play", "interview.play_turn", "interview.again", "interview.loop",
        "interview.follow", LINE,
        "interview.back", "interview.forward", "interview.back_short", "interview.forward_short",
        "interview.back_long", "interview.forward_long", LINE,
        "interview.slower", "interview.faster", LINE,
        "interview.to_waveform", "interview.select_turn_time", "interview.select_no_time",
    ),
)  # fmt: skip
TURNS = Group(
    mark("&Turns"),
    (
        "interview.next_turn", "interview.previous_turn", LINE,
        "interview.insert_turn", "interview.merge", "interview.delete_turn", LINE,
        "interview.speaker", "interview.cycle_speaker",
    ),
)  # fmt: skip
TIMES = Group(
    mark("T&imes"),
    (
        "interview.turn_start", "interview.turn_end", LINE,
        "interview.start_earlier", "interview.start_later", "interview.end_earlier",
        "interview.end_later", LINE,
        "interview.copy_timecode", "interview.insert_timecode",
    ),
)  # fmt: skip
CHECK = Group(
    mark("&Check"),
    (
        "interview.next_doubt", "interview.previous_doubt", "interview.confirm_word", LINE,
        "interview.mend", "interview.mend_all", LINE,
        "interview.next_misspelt", "interview.previous_misspelt", "interview.suggest_spelling",
        "interview.spelling",
    ),
)  # fmt: skip
CONTENTS = Group(
    mark("C&ontents"),
    (
        "contents.add", "contents.edit", "contents.delete", LINE, "contents.next",
        "contents.previous",
    ),
)  # fmt: skip
TRANSCRIPTS = Group(
    mark("Tr&anscripts"),
    (
        "interview.next_transcript", "interview.other_column", LINE,
        "interview.new_transcript", "interview.begin_translation", "interview.lay_over",
    ),
)  # fmt: skip
RECENT_TAGS = Group(mark("Tags used &last"), tuple(f"tags.recent{n}" for n in range(1, 10)))
ENDS = Group(
    mark("&Move the passage's ends"),
    ("tags.start_earlier", "tags.start_later", LINE, "tags.end_earlier", "tags.end_later"),
)
GO_TO_TAGS = Group(
    mark("&Go to"),
    (
        "tags.cycle", "tags.cycle_back", LINE, "tags.next", "tags.previous", LINE,
        "tags.next_interview", "tags.previous_interview",
    ),
)  # fmt: skip
DOSSIER_ADD = Group(
    mark("&Add to the dossier"),
    (
        "dossier.heading", "dossier.text", "dossier.picture", LINE,
        "dossier.interviews", "dossier.points", LINE,
        "dossier.from_collection", "dossier.from_tags", "dossier.from_search",
        "dossier.from_basket",
    ),
)  # fmt: skip
DOSSIER_ORDER = Group(
    mark("O&rder"),
    ("dossier.up", "dossier.down", LINE, "dossier.higher", "dossier.deeper"),
)
DOSSIER_CHANGES = Group(
    mark("C&hanged sources"), ("dossier.next_change", "dossier.accept", "dossier.accept_all")
)
DOSSIER_PAGES = Group(
    mark("&Pages of the dossier"),
    (
        "dossier.pages", LINE, "dossier.next_page", "dossier.previous_page", LINE,
        "dossier.larger", "dossier.smaller", "dossier.fit",
    ),
)  # fmt: skip
WAVEFORM = Group(
    mark("Part of the w&aveform"),
    (
        "view.zoom_in", "view.zoom_out", "view.zoom_all", "view.zoom_selection", LINE,
        "view.draw_waveform",
    ),
)  # fmt: skip

GROUPED: dict[str, Sequence[Entry]] = {
    "edit": (
        "interview.find", "interview.replace", "interview.find_next", "interview.find_previous",
        LINE, DOSSIER_ADD, DOSSIER_ORDER, DOSSIER_CHANGES, LINE,
    ),
    "interview": (
        PLAY, TURNS, TIMES, CHECK, CONTENTS, TRANSCRIPTS, LINE,
        "interview.mark", "interview.footnote", "interview.footnotes", "interview.close_passage",
        "interview.cite", "interview.basket",
        LINE, "interview.record", "interview.pedal", LINE,
        "interview.next_open", "interview.previous_open", "interview.close", LINE,
    ),
    "tags": (
        "tags.lay", "tags.heard", "tags.stretch", RECENT_TAGS, LINE,
        "tags.change", "tags.memo", "tags.remove", ENDS, GO_TO_TAGS, LINE,
        "tags.lost", "tags.put_back_all", LINE,
    ),
    "view": (
        "view.contents", "view.inspector", "view.beside", LINE,
        "view.waveform", "view.video", WAVEFORM, LINE, DOSSIER_PAGES, LINE,
    ),
}  # fmt: skip
"""The names of the window's menus, and in what order a page's actions stand in each."""


def group_of(name: str) -> Group | None:
    """Return the submenu in which an action stands; None: it stands in its menu itself."""
    for entries in GROUPED.values():
        for entry in entries:
            if isinstance(entry, Group) and name in entry.names:
                return entry
    return None


def part_letters(menu: QMenu) -> None:
    """Let no two entries of a menu answer to the same letter; a later one takes another of its own.

    The letters are chosen by hand where an entry is named, once for each language;
    which entries meet in one menu depends on the page and on what is possible there.
    """
    taken: set[str] = set()
    displaced: list[QAction] = []
    for action in menu.actions():
        letter = _letter(action.text())
        if letter and letter in taken:
            displaced.append(action)
        taken.add(letter)
    for action in displaced:
        text = action.text()
        bare = _without_letter(text)
        free = next((at for at in _places(bare) if bare[at].casefold() not in taken), None)
        if free is None:
            action.setText(bare)
        else:
            taken.add(bare[free].casefold())
            action.setText(f"{bare[:free]}&{bare[free:]}")


def _letter(text: str) -> str:
    """Return the letter behind the mark, small; empty without one."""
    at = text.replace("&&", "\0\0").find("&")
    return text[at + 1 : at + 2].casefold() if at >= 0 else ""


def _without_letter(text: str) -> str:
    at = text.replace("&&", "\0\0").find("&")
    return text[:at] + text[at + 1 :] if at >= 0 else text


def _places(text: str) -> Sequence[int]:
    """Return where a letter may be marked: beginnings of words first."""
    letters = [at for at, letter in enumerate(text) if letter.isalpha()]
    return sorted(letters, key=lambda at: (at > 0 and text[at - 1].isalpha(), at))
