"""The spelling of the transcript that is shown: marked as it rests, mended from the menu."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from archive_app.domain.records import Change, Span
from archive_app.gui.interview_parts import AddAction, PagePart
from archive_app.gui.interview_words import language_name
from archive_app.gui.spelling_menu import SpellingMenu
from archive_app.gui.spelling_run import Checked, Ready, SpellingRun, gather
from archive_app.gui.transcript_document import Mark, MarkKind
from archive_app.language.spelling import dictionaries_for
from archive_app.settings import DICTIONARY_FOLDER, SPELLING
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.interview_data import Loaded
    from archive_app.gui.interview_page import InterviewPage

REST_MS = 700
"""How long the keys rest before an edited turn is checked."""
_NAMES = frozenset(("person", "person_name", "place", "tag"))
_PACKAGES = {"ru": "hunspell-ru", "sr": "hunspell-sr", "en": "hunspell-en-us"}


class Spelling(PagePart):
    """Marks words that no dictionary knows, goes from one to the next, offers what was meant."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self.view = page.pane.view
        self.ready: Ready | None = None
        self.run = SpellingRun(self.session, self._text_of)
        self.run.setParent(self)
        self.run.checked.connect(self._take)
        self.run.failed.connect(self.tell_problem)
        self.menu = SpellingMenu(self)
        self._is_gathering = False
        self._problem = ""
        self._shown: tuple[int, str] = (0, "")
        self._checked: dict[int, Checked] = {}
        self._edited: set[int] = set()
        self._numbers = itertools.count()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._check_edited)
        self.view.text_edited.connect(self._note_edit)
        self.session.changed.connect(self._archive_changed)
        settings = self.session.settings
        forget = (
            settings.watch(SPELLING, self._switched),
            settings.watch(DICTIONARY_FOLDER, self.look_again),
        )
        # The settings outlive the page.
        self.destroyed.connect(lambda: [one() for one in forget])

    def add_actions(self, add: AddAction) -> None:
        """Register them."""
        self._switch = add(
            "interview.spelling", tr("Check spellin&g"), lambda: None,
            tip=tr("Mark words that no dictionary knows"), is_checkable=True,
        )  # fmt: skip
        self._switch.setChecked(self.session.settings.get(SPELLING))
        self._switch.triggered.connect(
            lambda is_on: self.session.settings.set(SPELLING, bool(is_on))
        )
        add("interview.next_misspelt", tr("Next misspelt word"), lambda: self.step(1), "Alt+F7")
        add("interview.previous_misspelt", tr("Previous misspelt word"), lambda: self.step(-1),
            "Alt+Shift+F7")  # fmt: skip
        add("interview.suggest_spelling", tr("Suggest a spelling…"), self.open_suggestions,
            "Ctrl+.", tip=tr("What the misspelt word at the cursor may have been meant to be, "
                             "or keep it as a word of your own"))  # fmt: skip

    def allow_actions(self) -> None:
        """Only where there is text, a dictionary for it, and somebody who may edit."""
        reason = self._why_not()
        actions = self.session.actions
        actions.allow("interview.spelling", not reason, reason)
        reason = reason or ("" if self.is_on else tr("Switch the checking of spelling on first."))
        for name in ("next_misspelt", "previous_misspelt", "suggest_spelling"):
            actions.allow(f"interview.{name}", not reason, reason)

    @property
    def is_on(self) -> bool:
        """Whether misspelt words are marked now."""
        return self.session.settings.get(SPELLING) and not self._why_not()

    def _why_not(self) -> str:
        if not self.session.can_edit:
            return self.session.why_not
        if not self.page.transcript_id:
            return tr("Open an interview with a transcript first.")
        language = self.language
        if self._problem or self.ready is None or language in ("", "und"):
            unknown = tr("The language of this transcript is not known; say which it is first.")
            waiting = tr("Dictionaries are being looked for.")
            return self._problem or (waiting if language not in ("", "und") else unknown)
        if not dictionaries_for(language, self.ready.dictionaries):
            return _what_to_install(language)
        return ""

    @property
    def language(self) -> str:
        """The language of the transcript that is shown; empty without one."""
        loaded = self.page.loaded
        full = loaded.transcript(self.page.transcript_id) if loaded else None
        return full.transcript.language if full else ""

    # What the page shows ------------------------------------------------------

    def show_loaded(self, loaded: Loaded) -> None:
        """Check what is new on the page, or all of another transcript."""
        del loaded
        if not self.session.can_edit or not self.page.transcript_id:
            self.show_nothing()
            return
        if self.ready is None:
            self.look_again()
            return
        shown = (self.page.transcript_id, self.language)
        if shown != self._shown:
            self._begin()
        else:
            self._check_changed()

    def show_changed(self, loaded: Loaded, turns: Set[int]) -> None:
        """Check the turns that changed, once the keys rest."""
        del loaded
        self._edited |= turns
        if turns and self.is_on:
            self._rest.start()

    def show_nothing(self) -> None:
        """There is nothing to check."""
        self._shown = (0, "")
        self._forget()

    def leave(self) -> None:
        """Another interview comes, or another audience."""
        self.show_nothing()

    def look_again(self) -> None:
        """Look for dictionaries, names and own words anew, then check all of it."""
        if self._is_gathering:
            return
        self._is_gathering, self._problem = True, ""
        folder = self.session.settings.get(DICTIONARY_FOLDER)
        self.session.read(gather, folder, done=self._take_ready, owner=self)

    def _take_ready(self, ready: Ready) -> None:
        self._is_gathering = False
        self.ready = ready
        if self._shown == (self.page.transcript_id, self.language):
            self.check_all_again()
        else:
            self._begin()
        self.allow_actions()

    def _archive_changed(self, changes: Sequence[Change]) -> None:
        if self.ready is not None and any(one.table in _NAMES for one in changes):
            self.look_again()

    def _switched(self) -> None:
        self._switch.setChecked(self.session.settings.get(SPELLING))
        self._begin()
        self.allow_actions()

    def _forget(self) -> None:
        self.run.stop()
        self._rest.stop()
        self._checked.clear()
        self._edited.clear()
        if any(kind is MarkKind.SPELLING for kind, _ in self.view.document_copy.marks):
            self.view.lay_marks(MarkKind.SPELLING, ())

    def _begin(self) -> None:
        """Check all of the transcript, what is in sight first."""
        self._forget()
        self._shown = (self.page.transcript_id, self.language)
        self.check_all_again()

    def _check_changed(self) -> None:
        """Check the turns whose text is another than the one that was checked."""
        if not self.is_on or not self.run.is_over:
            return
        known = self._checked
        changed = [
            turn.id for turn in self.view.document_copy.turns
            if (one := known.get(turn.id)) is None or one.text != turn.text
        ]  # fmt: skip
        if changed:
            self.run.add(changed)

    def _note_edit(self, turn: int, *_what: object) -> None:
        # Called at every key: nothing more may happen here.
        self._edited.add(turn)
        self._rest.start()

    def _check_edited(self) -> None:
        edited, self._edited = self._edited, set()
        if self.is_on:
            self.run.add([turn for turn in edited if turn in self.view.document_copy])

    def _text_of(self, turn: int) -> str | None:
        document = self.view.document_copy
        return document.turn(turn).text if turn in document else None

    # Marks --------------------------------------------------------------------

    def _take(self, checked: Mapping[int, Checked]) -> None:
        """Mark what came back for turns that still are what they were; the rest comes again."""
        document = self.view.document_copy
        gone: set[int] = set()
        fresh: list[Mark] = []
        for turn, one in checked.items():
            if self._text_of(turn) != one.text:
                continue  # Typed into meanwhile: it is checked again when the keys rest.
            self._checked[turn] = one
            pieces = document.pieces(document.place(turn))
            marks = [piece.mark for piece in pieces if piece.mark.kind is MarkKind.SPELLING]
            places = self._without_unfinished(turn, one.places)
            if {(mark.span.start, mark.span.end) for mark in marks} == set(places):
                continue
            gone.update(mark.key for mark in marks)
            fresh += [
                Mark(MarkKind.SPELLING, next(self._numbers), Span(turn, start, turn, end))
                for start, end in places
            ]
        if gone or fresh:
            document.replace_marks(MarkKind.SPELLING, gone, fresh)
            self.view.viewport().update()

    def _without_unfinished(
        self, turn: int, places: Iterable[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Leave out the word at whose end one types: it may go on."""
        where = self.view.cursor_turn()
        is_here = where is not None and where[0] == turn and self.view.hasFocus()
        at = where[1] if where is not None and is_here and turn in self._typed_in() else -1
        if at >= 0 and any(end == at for _, end in places):
            self._edited.add(turn)
            self._rest.start()
        return [place for place in places if place[1] != at]

    def _typed_in(self) -> Set[int]:
        saver = self.page.editor.saver
        return {edit.turn for edit in saver.unsaved(self.page.transcript_id)}

    def tell_problem(self, message: str) -> None:
        """Check no more: a dictionary cannot be used."""
        self._problem = message
        self._forget()
        self.allow_actions()
        self.session.said.emit(message)

    # Going from one to the next, and mending ------------------------------------

    def step(self, by: int) -> None:
        """Select the next misspelt word behind the cursor, or the one before; then round again."""
        document, where = self.view.document_copy, self.view.cursor_turn()
        marks = [mark for (kind, _), mark in document.marks.items() if kind is MarkKind.SPELLING]
        found = sorted((document.place(mark.span.start_turn), mark.span.start, mark.key, mark)
                       for mark in marks)  # fmt: skip
        if not found or where is None:
            self.session.said.emit(
                tr("No misspelt word was found.")
                if self.run.is_over
                else tr("The spelling is still being checked.")
            )
            return
        span = self.view.selection_span()
        here = (document.place(where[0]), where[1])
        if span is not None:
            here = (document.place(span.start_turn), span.start)
        if by > 0:
            later = [one for one in found if one[:2] > here or (span is None and one[:2] == here)]
            target = later[0] if later else found[0]
        else:
            earlier = [one for one in found if one[:2] < here]
            target = earlier[-1] if earlier else found[-1]
        self.view.select_span(target[3].span)
        self.view.scroll_to(target[3].span.start_turn, target[3].span.start)
        self.view.setFocus()

    def check_all_again(self) -> None:
        """Check every turn anew: a word counts as known by now."""
        if self.is_on and self.ready is not None:
            turns = self.view.document_copy.turns
            in_sight = [turns[one.place].id for one in self.view.visible_turns()]
            order = [*in_sight, *(turn.id for turn in turns)]
            self.run.start(self.ready, self._shown[1], order)

    def open_suggestions(self) -> QMenu | None:
        """Open a menu of suggestions at the cursor, by key."""
        return self.menu.open_here()

    def fill_menu(self, menu: QMenu, span: Span | None) -> None:
        """Put suggestions for the misspelt word at the cursor first into a menu."""
        del span
        self.menu.fill(menu)


def _what_to_install(language: str) -> str:
    short = language.split("-", maxsplit=1)[0]
    said = tr("No dictionary for this language was found: {language}.",
              language=language_name(language))  # fmt: skip
    if sys.platform.startswith("linux"):
        package = _PACKAGES.get(short, f"hunspell-{short}")
        how = tr("On Debian or Ubuntu install it with: sudo apt install {package}", package=package)
    else:
        how = tr("Install LibreOffice with this language, or name a folder with .aff and .dic "
                 "files in the preferences.")  # fmt: skip
    return f"{said} {how}"
