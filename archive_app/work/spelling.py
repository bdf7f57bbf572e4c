"""Checking the spelling of transcripts: dictionaries, names that count, the person's own words.

The person's own words are names as often as not: they stay in one file of the
person's settings folder, which nobody else on the computer can read, and leave it
by no export.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive_app.language import spelling_check
from archive_app.language.folding import exact_form, to_latin
from archive_app.language.spelling import Dictionary, find_dictionaries, usual_folders
from archive_app.language.spelling_check import Place
from archive_app.language.spelling_process import speller
from archive_app.language.stems import keys
from archive_app.language.words import word_texts
from archive_app.paths import config_folder
from archive_app.store.archive import Archive

FILE_NAME = "own-words.txt"
_OWN_FOLDER = "dictionaries"


def dictionaries(further: str = "") -> dict[str, Dictionary]:
    """Return the dictionaries of this computer by language.

    Those of the folder ``further`` come first, then those in the folder
    ``dictionaries`` beside the settings, then the system's.
    """
    own = [Path(further)] if further else []
    return find_dictionaries([*own, config_folder() / _OWN_FOLDER, *usual_folders()])


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The words of the registers: people, places, tags, in whatever case and script."""

    forms: frozenset[str] = frozenset()
    name_keys: frozenset[str] = frozenset()
    """Stems of names: they count for words with a capital."""
    tag_keys: frozenset[str] = frozenset()

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or not word:
            return False
        form = exact_form(word)
        if form in self.forms:
            return True
        found = keys(form)
        return bool(found & self.tag_keys or (word[0].isupper() and found & self.name_keys))


def known_names(archive: Archive) -> KnownNames:
    """Return the words of every name in the archive, protected ones too: only staff check."""
    with archive.read() as reader:
        people, places, tags = reader.people(), reader.places(), reader.tags()
    names: list[str] = []
    for person in people:
        names += [person.public_name, person.sort_name, *(one.name for one in person.names)]
    for place in places:
        names += place.names.values()
    own = _forms(names)
    of_tags = _forms(name for tag in tags for name in tag.names.values())
    return KnownNames(
        own | of_tags,
        frozenset(key for form in own for key in keys(form)),
        frozenset(key for form in of_tags for key in keys(form)),
    )


def _forms(names: Iterable[str]) -> frozenset[str]:
    return frozenset(exact_form(word) for name in names for word in word_texts(name))


def check_spelling(
    _archive: Archive,
    texts: Sequence[str],
    language: str,
    known: Mapping[str, Dictionary],
    *,
    names: KnownNames,
    own: OwnWords,
) -> list[list[Place]]:
    """Return for each text the places of its words that nobody knows (code points, in order).

    Raises:
        Environment: a dictionary cannot be used.
    """
    return spelling_check.misspelt(
        texts,
        language,
        known,
        speller=speller(),
        is_name=lambda word: word in own or word in names,
    )


def suggest_spellings(
    _archive: Archive, word: str, language: str, known: Mapping[str, Dictionary]
) -> list[str]:
    """Return what a word may have been meant to be, the likeliest first.

    Raises:
        Environment: the dictionary cannot be used.
    """
    return spelling_check.suggestions(word, language, known, speller=speller())


class OwnWords:
    """The person's own dictionary: one word a line, for all archives and languages.

    A word counts in both scripts; one with a capital counts only with it.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or config_folder()) / FILE_NAME
        self._may_write = True
        self._words = self._read()
        self._unkept: set[str] = set()
        """Words that the disk refused."""
        self._folded = self._fold()

    @property
    def words(self) -> tuple[str, ...]:
        """All of them, in the order of the alphabet."""
        return tuple(sorted(self._words, key=str.casefold))

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or not word:
            return False
        form = to_latin(word)
        return form in self._folded or (word[0].isupper() and f"^{form}" in self._folded)

    def add(self, word: str) -> None:
        """Keep a word.

        Raises:
            OSError: the file cannot be written; the word counts until the program ends.
        """
        self._unkept.add(word.strip())
        self._take_others()
        self._write()
        self._unkept.clear()

    def remove(self, word: str) -> None:
        """Forget a word.

        Raises:
            OSError: the file cannot be written.
        """
        self._unkept.discard(word)
        self._take_others(without=word)
        self._write()

    def _take_others(self, without: str = "") -> None:
        """Take what another window, or another start of the program, kept meanwhile."""
        found = self._read()
        if not self._may_write:
            found = self._words
        self._words = (found | self._unkept) - {without}
        self._folded = self._fold()

    def _fold(self) -> frozenset[str]:
        return frozenset(
            ("^" if word[:1].isupper() else "") + to_latin(word) for word in self._words
        )

    def _read(self) -> set[str]:
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return set()
        except OSError:
            # What cannot be read must not be written over.
            self._may_write = False
            return set()
        self._may_write = True
        return {line.strip() for line in text.splitlines() if line.strip()}

    def _write(self) -> None:
        if not self._may_write:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(f"{FILE_NAME}.{os.getpid()}.part")
        # For the person's eyes only, from the first byte on.
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        try:
            with os.fdopen(os.open(beside, flags, 0o600), "w", encoding="utf-8") as file:
                file.writelines(f"{word}\n" for word in self.words)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
