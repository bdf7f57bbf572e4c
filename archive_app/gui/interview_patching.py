"""What the page's own operations changed, shown without reading all of the interview anew."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from archive_app.domain.records import Change, Outcome
from archive_app.gui.interview_patch import Patch, Patched, patched, turns_with_footnotes
from archive_app.gui.interview_places import TextPlaces

if TYPE_CHECKING:
    from archive_app.gui.interview_page import InterviewPage

AT_REST_MS = 1_200
"""How long typing rests before the columns beside the text hear of it."""


class Patching(QObject):
    """Keeps what the page has read in step with what the page does, step by step."""

    def __init__(self, page: InterviewPage) -> None:
        super().__init__(page)
        self._page = page
        self._turns: set[int] = set()
        self._taggings: set[int] = set()
        self._told: set[int] = set()
        self._has_marks = False
        self._wants_all = False
        self._is_same_order = True
        """No turn or tagging came, went or moved since the page showed all of it."""
        self._places = TextPlaces()
        self._unheard: Sequence[Change] | None = None
        self._where: tuple[int, int] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AT_REST_MS)
        self._rest.timeout.connect(self._at_rest)
        page.editor.saver.stored.connect(self._take_typed)

    def forget(self) -> None:
        """All of the interview was read anew: nothing of it waits to be shown."""
        self._rest.stop()
        self._turns.clear()
        self._taggings.clear()
        self._told.clear()
        self._has_marks = self._wants_all = False
        self._is_same_order = True

    def expect(self, changes: Sequence[Change]) -> None:
        """Something was changed while the page does something: most often by the page itself."""
        self._unheard = changes
        QTimer.singleShot(0, self, self._look_for_unheard)

    def _look_for_unheard(self) -> None:
        if self._unheard is not None:
            self._unheard = None
            self._page.reload()

    def take(
        self,
        outcome: Outcome[Patched],
        *,
        where: tuple[int, int] | None = None,
        goes_there: bool = False,
    ) -> None:
        """Show what an operation changed; ``goes_there`` puts the cursor where that is."""
        if not self._keep(outcome):
            self._page.reload(where=where)
            return
        self._where = where or self._where
        if self._page.editor.is_waiting:
            return
        self._show(goes_there=goes_there)

    def _take_typed(self, outcome: Outcome[Patched]) -> None:
        """What was typed is stored: the text shows it already, the rest hears of it at rest."""
        if not self._keep(outcome):
            self._page.reload()
        elif self._page.editor.keys.is_holding and not self._page.editor.is_waiting:
            self._show()
        else:
            self._rest.start()

    def _keep(self, outcome: Outcome[Patched]) -> bool:
        """Bring what the page has read up to an operation; False: it must be read anew."""
        if self._unheard is outcome.changes:
            self._unheard = None
        patch, page = outcome.value.patch, self._page
        loaded = page.loaded
        if patch is None or loaded is None or loaded.file is None:
            return False
        if not patch.operation_id:
            return True
        if patch.interview_id != loaded.interview_id:
            # What was typed in another interview, stored after this one was opened.
            return True
        if patch.operation_id < loaded.operation_id:
            return False
        before = {full.transcript.id: self._places.of(full) for full in loaded.file.transcripts}
        page.loaded = patched(loaded, patch, self._places)
        now = page.loaded.transcript(page.transcript_id)
        # Carried over whole where nothing came, went or moved.
        is_same = now is not None and self._places.of(now) is before.get(page.transcript_id)
        self._is_same_order &= is_same
        self._turns.update(turns_with_footnotes(loaded, patch.footnotes))
        self._note(
            patch,
            {one for one in patch.taggings if any(one in at.taggings for at in before.values())},
        )
        return True

    def _note(self, patch: Patch, known: Set[int]) -> None:
        self._turns.update(patch.turns)
        self._taggings.update(patch.taggings)
        self._has_marks |= patch.restrictions is not None or patch.orphans is not None
        # How often each tag is used stands in the vocabulary, which a patch does not hold.
        self._wants_all |= any(
            one is None or number not in known for number, one in patch.taggings.items()
        )

    def _at_rest(self) -> None:
        page = self._page
        if page.editor.is_waiting or not page.editor.saver.is_clean:
            self._rest.start()
        elif self._wants_all:
            page.reload()
        elif page.loaded is not None:
            self._show()

    def _show(self, *, goes_there: bool = False) -> None:
        page = self._page
        loaded = page.loaded
        full = loaded.transcript(page.transcript_id) if loaded else None
        if loaded is None or loaded.file is None or full is None:
            page.reload(where=self._where)
            return
        view, unsaved = page.pane.view, page.editor.saver.unsaved(page.transcript_id)
        changed = set(self._turns)
        where, self._where = self._where, None
        restrictions = loaded.file.restrictions
        if unsaved:
            view.refresh(full.turns, full.taggings, restrictions=restrictions, unsaved=unsaved)
            place = None
        else:
            at = self._places.of(full)
            place = view.show_patch(
                [full.turns[at.turns[one]] for one in changed if one in at.turns],
                [full.taggings[at.taggings[one]] for one in self._taggings if one in at.taggings],
                tagging_ids=self._taggings,
                order=None if self._is_same_order else full.turns,
                restrictions=restrictions if self._has_marks else None,
                speakers=loaded.speakers(),
            )
        if where is None and goes_there:
            where = place
        if self._has_marks or self._taggings:
            page.inspector.show_loaded(loaded)
        wants_all = self._wants_all
        self.forget()
        for part in page.parts:
            part.show_changed(loaded, changed)
        if where is not None:
            view.place_cursor(*where)
            view.ensureCursorVisible()
        page.show_here_soon()
        page.editor.keys.release()
        if wants_all:
            self._wants_all = True
            self._rest.start()
