"""Keys as other transcribing programs have them, and what taking them would change.

Only what a person's fingers know is taken over: playing, going back and forward,
speed, the time in the text. A command of this program that stood on such a key
gets the same key with Ctrl or Alt, where that is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive_app.gui.actions import Actions, Registered, plain, sequences
from archive_app.translation import mark

OWN_KEYS = "own"
_SPARE = ("Ctrl+", "Alt+", "Ctrl+Shift+", "Ctrl+Alt+", "Ctrl+Alt+Shift+")
_SPARE_FOR_LETTERS = ("Ctrl+Shift+", "Ctrl+Alt+", "Ctrl+Alt+Shift+")
"""Alt with a letter opens a menu."""


@dataclass(frozen=True, slots=True)
class Preset:
    """Another program's keys by this program's commands."""

    id: str
    name: str
    keys: Mapping[str, str]
    note: str = ""
    """What of that program's keys has no counterpart here."""


PRESETS = (
    Preset(OWN_KEYS, mark("The program's own keys"), {}),
    # github.com/oTranscribe/oTranscribe, src/js/app/settings/defaults.json. Its second
    # keys, Ctrl+1 to Ctrl+4, would leave this program's four places without theirs.
    Preset(
        "otranscribe",
        "oTranscribe",
        {
            "interview.play": "Esc; Ctrl+Space; Media Play",
            "interview.back": "F1; Alt+Left",
            "interview.forward": "F2; Alt+Right",
            "interview.slower": "F3",
            "interview.faster": "F4",
            "interview.insert_timecode": "Ctrl+J",
        },
    ),
    # As f4transkript's manual gives them.
    Preset(
        "f4",
        "f4transkript",
        {
            "interview.play": "F4; Ctrl+Space; Media Play",
            "interview.back": "F3; Alt+Left",
            "interview.insert_timecode": "F5",
        },
    ),
    # MAXQDA 24's online manual, "Transcription mode".
    Preset(
        "maxqda",
        "MAXQDA",
        {
            "interview.play": "F4; F5; Ctrl+Space; Media Play",
            "interview.forward": "F12; Alt+Right",
            "interview.back": "Shift+F12; Alt+Left",
        },
        mark("Ctrl pressed twice, which also plays in MAXQDA, cannot be bound here."),
    ),
)


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A command whose keys would be others; both in portable form, empty: none."""

    id: str
    text: str
    before: str
    after: str


def preset_changes(actions: Actions, preset: Preset) -> list[KeyChange]:
    """Return what taking a preset would change, in the order of the commands.

    Commands that no preset has to do with keep the person's keys. Afterwards no two
    commands stand on the same keys in the same place.
    """
    known = {one.id: one for one in actions}
    touched = _touched(known.values())
    after = {
        name: one.own_shortcut if name in touched or preset.id == OWN_KEYS
        else actions.shortcut_of(one)
        for name, one in known.items()
    }  # fmt: skip
    wanted = {name: keys for name, keys in preset.keys.items() if name in known}
    after.update(wanted)
    for name in wanted:
        _make_way(known, after, name, kept=wanted.keys())
    return [
        KeyChange(name, plain(one.action.text()), before, after[name])
        for name, one in known.items()
        if (before := actions.shortcut_of(one)) != after[name]
    ]


def take(actions: Actions, changes: Iterable[KeyChange]) -> None:
    """Give the commands their new keys."""
    actions.set_shortcuts({change.id: change.after for change in changes})


def _touched(known: Iterable[Registered]) -> set[str]:
    names = {name for preset in PRESETS for name in preset.keys}
    keys = {one for preset in PRESETS for each in preset.keys.values() for one in sequences(each)}
    return names | {one.id for one in known if keys & set(sequences(one.own_shortcut))}


def _make_way(
    known: Mapping[str, Registered], after: dict[str, str], name: str, *, kept: Iterable[str]
) -> None:
    taken = set(sequences(after[name]))
    for other in _beside(known, name):
        lost = taken & set(sequences(after[other.id]))
        if not lost or other.id in kept:
            continue
        left = [keys for keys in sequences(after[other.id]) if keys not in lost]
        after[other.id] = "; ".join(left)
        if not left:
            after[other.id] = _spare_keys(known, after, other.id, min(lost))


def _spare_keys(
    known: Mapping[str, Registered], after: Mapping[str, str], name: str, lost: str
) -> str:
    used = {keys for other in _beside(known, name) for keys in sequences(after[other.id])}
    last = lost.rsplit("+", 1)[-1]
    for modifiers in _SPARE if len(last) > 1 else _SPARE_FOR_LETTERS:
        if modifiers + last not in used and modifiers + last != "Alt+F4":
            return modifiers + last
    return ""


def _beside(known: Mapping[str, Registered], name: str) -> list[Registered]:
    me = known[name]
    return [
        one
        for one in known.values()
        if one.id != name and (one.owner is None or me.owner is None or one.owner is me.owner)
    ]
