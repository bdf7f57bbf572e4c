"""Speakers typed in short: ``v:`` and a space at the start of a turn is Viktor, in any script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive_app.language.folding import fold

_TYPED = re.compile(r"\s*([^\W\d_][^\s:]{0,29})\s?:\s")


@dataclass(frozen=True, slots=True)
class TypedSpeaker:
    """A speaker that was typed in short, and how much of the turn's text that took."""

    name: str
    length: int
    """Code points from the start of the turn, with colon and space: to be deleted."""


def speaker_shortcuts(names: Sequence[str]) -> dict[str, str]:
    """Return a short form for each speaker, in the order given: {"v": "Viktor", "vi": "Vida"}.

    The first with a letter gets that letter, the next one as many as tell it from
    those before; where a whole name is taken, a number follows. Forms are small
    Latin letters; compare what was typed by ``typed_speaker``.
    """
    shortcuts: dict[str, str] = {}
    for name in dict.fromkeys(names):
        letters = _letters(name)
        if not letters:
            continue
        short = next(
            (letters[:n] for n in range(1, len(letters) + 1) if letters[:n] not in shortcuts), ""
        )
        number = 2
        while not short:
            if f"{letters}{number}" not in shortcuts:
                short = f"{letters}{number}"
            number += 1
        shortcuts[short] = name
    return shortcuts


def typed_speaker(text: str, names: Sequence[str]) -> TypedSpeaker | None:
    """Return whom a turn's text names in short at its start, up to colon and space.

    Takes the shortcut, in whichever script, the whole name, or the first letters of
    one only name. ``None`` where it names nobody, or it is not clear whom.
    """
    found = _TYPED.match(text)
    if found is None:
        return None
    typed = _letters(found[1])
    shortcuts = speaker_shortcuts(names)
    name = shortcuts.get(typed)
    if name is None:
        meant = [one for one in dict.fromkeys(names) if _letters(one).startswith(typed)]
        name = meant[0] if typed and len(meant) == 1 else None
    return TypedSpeaker(name, found.end()) if name is not None else None


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())
