"""What a person chose and what the window remembers, declared once and kept in one JSON file.

Each setting has a name, a default, a description and a check. A value that does
not pass its check reads as the default; keys that this version does not know
are kept as they are. The file is written beside itself and moved into place.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, cast

log = logging.getLogger(__name__)

T = TypeVar("T")

FILE_NAME = "settings.json"
RECENT_ARCHIVES_KEPT = 10


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting: where it is kept, what it is without a choice, and which values it takes."""

    name: str
    default: T
    description: str
    """English, for the settings page and the help."""
    fits: Callable[[object], bool]
    """Whether a value read from the file is of this setting's kind."""


DECLARED: dict[str, Setting[object]] = {}
"""Every setting by name, in the order of declaration."""


def _declare(name: str, default: T, description: str, fits: Callable[[object], bool]) -> Setting[T]:
    setting = Setting(name, default, description, fits)
    DECLARED[name] = cast("Setting[object]", setting)
    return setting


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_claim(value: object) -> bool:
    return isinstance(value, bool)


def _is_one_of(*choices: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in choices


def _is_whole(lowest: int, highest: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and lowest <= value <= highest


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(x, str) for x in cast("list[object]", value))


def _is_mapping(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    def fits_mapping(value: object) -> bool:
        if not isinstance(value, dict):
            return False
        items = cast("dict[object, object]", value).items()
        return all(isinstance(key, str) and fits(item) for key, item in items)

    return fits_mapping


def _is_whole_list(value: object) -> bool:
    return isinstance(value, list) and all(type(x) is int for x in cast("list[object]", value))


RECENT_ARCHIVES = _declare(
    "recent_archives", cast("list[str]", []), "Archives opened lately, the last first", _is_texts
)
LAST_ARCHIVE = _declare("last_archive", "", "The archive that opens at start", _is_text)
INTERFACE_LANGUAGE = _declare(
    "interface_language",
    "",
    "Language of the interface; empty: the system's",
    _is_one_of("", "en", "ru", "sr_Cyrl", "sr_Latn"),
)
THEME = _declare(
    "theme",
    "system",
    "Light, dark, or as the system has it",
    _is_one_of("system", "light", "dark"),
)
TEXT_SIZE = _declare(
    "text_size", "normal", "Size of all text", _is_one_of("small", "normal", "large")
)
STEP_BACK_MS = _declare(
    "step_back_ms",
    1500,
    "How far playing steps back after a pause, in milliseconds",
    _is_whole(0, 30_000),
)
REPEAT_MS = _declare(
    "repeat_ms",
    4000,
    "How much “Play the last seconds again” plays, in milliseconds",
    _is_whole(500, 60_000),
)
VOLUME = _declare("volume", 80, "Volume of playing, in per cent", _is_whole(0, 100))
WHO = _declare("who", "", "Your name, as the history shows it", _is_text)
WINDOW_GEOMETRY = _declare("window_geometry", "", "Size and place of the window", _is_text)
WINDOW_STATE = _declare("window_state", "", "Layout of the window's bars", _is_text)
COLUMNS = _declare(
    "columns",
    cast("dict[str, str]", {}),
    "State of each table's columns, by table",
    _is_mapping(_is_text),
)
SPLITTERS = _declare(
    "splitters",
    cast("dict[str, list[int]]", {}),
    "Widths of the parts of each page, in pixels",
    _is_mapping(_is_whole_list),
)
SHORTCUTS = _declare(
    "shortcuts",
    cast("dict[str, str]", {}),
    "Shortcuts that differ from the program's own, by action",
    _is_mapping(_is_text),
)
PEDAL_SWITCHES = _declare(
    "pedal_switches",
    cast("dict[str, str]", {}),
    "What each switch of the pedal sends: play, back, forward",
    _is_mapping(_is_text),
)
PEDAL_MODE = _declare(
    "pedal_mode",
    "hold",
    "Whether the pedal plays while it is held, or each tap changes over",
    _is_one_of("hold", "tap"),
)
PEDAL_STEP_MS = _declare(
    "pedal_step_ms",
    1000,
    "How far the pedal goes back or forward at a time, in milliseconds",
    _is_whole(100, 60_000),
)
PEDAL_EVERY_MS = _declare(
    "pedal_every_ms",
    300,
    "How often it does so while the switch is held, in milliseconds",
    _is_whole(50, 5_000),
)
SPELLING = _declare(
    "spelling",
    True,
    "Whether words that no dictionary knows are marked, where a dictionary is found",
    _is_claim,
)
DOUBT_PER_CENT = _declare(
    "doubt_per_cent",
    50,
    "A recogniser's words that it was less sure of are shaded, in per cent; 0: none",
    _is_whole(0, 100),
)
DICTIONARY_FOLDER = _declare(
    "dictionary_folder", "", "A folder with further dictionaries (.aff and .dic)", _is_text
)
LAST_PAGE = _declare("last_page", "library", "The place that is shown at start", _is_text)
CITATION_STYLE = _declare(
    "citation_style", "chicago", "The style in which interviews were last cited", _is_text
)
LAST_FOLDER = _declare("last_folder", "", "Where a file was last chosen", _is_text)
UNFOLDED = _declare(
    "unfolded", cast("list[str]", []), "Parts of the inspector that were unfolded", _is_texts
)
RECENT_TAGS = _declare(
    "recent_tags",
    cast("dict[str, list[str]]", {}),
    "UUIDs of the tags used last, the last first, by the archive's UUID",
    _is_mapping(_is_texts),
)
NUMBERED_TAGS = _declare(
    "numbered_tags",
    cast("dict[str, list[str]]", {}),
    "UUIDs of the tags on the numbers 1 to 9, empty where none is, by the archive's UUID",
    _is_mapping(_is_texts),
)
PINNED_TAGS = _declare(
    "pinned_tags",
    cast("dict[str, list[str]]", {}),
    "UUIDs of the tags that keep their number, by the archive's UUID",
    _is_mapping(_is_texts),
)
TAG_LAST_SECONDS = _declare(
    "tag_last_seconds",
    10,
    "How many seconds back a tag reaches that is laid while listening",
    _is_whole(1, 120),
)
LIBRARY_STATUS = _declare(
    "library_status",
    cast("dict[str, str]", {}),
    "The status that the library lists only, by the archive's UUID",
    _is_mapping(_is_text),
)
OPEN_INTERVIEWS = _declare(
    "open_interviews",
    cast("dict[str, list[int]]", {}),
    "Interviews that were open, by the archive's UUID",
    _is_mapping(_is_whole_list),
)
RECORDER_INPUT = _declare("recorder_input", "", "The input that was last recorded from", _is_text)
RECORDER_RATE_HZ = _declare(
    "recorder_rate_hz", 48_000, "Frames a second of recordings", _is_whole(8_000, 192_000)
)
RECORDER_BITS = _declare("recorder_bits", 24, "Bits a sample of recordings", _is_whole(16, 24))
RECORDER_CHANNELS = _declare("recorder_channels", 1, "Channels of recordings", _is_whole(1, 2))
RECORDER_IN_FRONT = _declare(
    "recorder_in_front",
    False,
    "Whether the recorder stays before other windows",
    lambda value: isinstance(value, bool),
)
SCROLL_POSITIONS = _declare(
    "scroll_positions",
    cast("dict[str, list[int]]", {}),
    "Turn and offset at the top of the page, by the transcript's UUID",
    _is_mapping(_is_whole_list),
)


class Settings:
    """The person's settings, read from ``folder`` and written back by ``save``.

    A file that cannot be read as settings is set aside as ``settings.damaged.json``
    and every setting starts from its default.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._watchers: dict[str, list[Callable[[], None]]] = {}
        self._values: dict[str, object] = self._read()

    def get(self, setting: Setting[T]) -> T:
        """Return the person's choice, or the default. The value is not to be changed in place."""
        value = self._values.get(setting.name, setting.default)
        return cast("T", value) if setting.fits(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep a choice (in memory, until ``save``) and tell whoever watches the setting.

        Raises:
            ValueError: the value is not of the setting's kind.
        """
        if not setting.fits(value):
            raise ValueError(f"not a value of the setting {setting.name}")
        if self.get(setting) == value and setting.name in self._values:
            return
        self._values[setting.name] = value
        for tell in tuple(self._watchers.get(setting.name, ())):
            tell()

    def reset(self, setting: Setting[T]) -> None:
        """Go back to the default."""
        if self._values.pop(setting.name, None) is not None:
            for tell in tuple(self._watchers.get(setting.name, ())):
                tell()

    def watch(self, setting: Setting[T], tell: Callable[[], None]) -> Callable[[], None]:
        """Call ``tell`` after each change of the setting; return what ends the watch."""
        watchers = self._watchers.setdefault(setting.name, [])
        watchers.append(tell)

        def forget() -> None:
            with contextlib.suppress(ValueError):
                watchers.remove(tell)

        return forget

    def remember_archive(self, folder: Path) -> None:
        """Put an archive first among the recent ones and open it at the next start."""
        path = str(folder)
        others = [known for known in self.get(RECENT_ARCHIVES) if known != path]
        self.set(RECENT_ARCHIVES, [path, *others][:RECENT_ARCHIVES_KEPT])
        self.set(LAST_ARCHIVE, path)

    def save(self) -> bool:
        """Write the file, whole or not at all; return whether that could be done.

        Settings are not worth stopping for: a folder that cannot be written is
        logged and the old file stays.
        """
        beside = self._path.with_name(f"{FILE_NAME}.{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("w", encoding="utf-8") as file:
                json.dump(self._values, file, ensure_ascii=False, indent=2, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            log.warning("settings were not saved: %s", type(error).__name__)
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            return False
        return True

    def _read(self) -> dict[str, object]:
        try:
            text = self._path.read_text(encoding="utf-8")
            found: object = json.loads(text)
        except FileNotFoundError:
            return {}
        except OSError as error:
            log.warning("settings cannot be read: %s", type(error).__name__)
            return {}
        except (ValueError, RecursionError):
            return self._set_aside()
        if not isinstance(found, dict):
            return self._set_aside()
        return dict(cast("Mapping[str, object]", found))

    def _set_aside(self) -> dict[str, object]:
        log.warning("the settings file was damaged and was set aside")
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_name("settings.damaged.json"))
        return {}
