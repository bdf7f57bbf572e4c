"""The dossier that the search page collects into."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QInputDialog, QWidget

from archive_app.domain.records import Dossier, Outcome
from archive_app.gui.search_rows import Row
from archive_app.gui.session import Session
from archive_app.translation import tr, trn
from archive_app.work import collecting
from archive_app.work.collecting import Collected

_NEW = -1


class DossierChoice(QComboBox):
    """Which dossier passages go into; the last entry makes a new one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._dossiers: Sequence[Dossier] = ()
        self.dossier_id: int | None = None
        self.setAccessibleName(tr("Dossier to collect into"))
        self.setToolTip(tr("Dossier to collect into"))
        self.setMinimumContentsLength(14)
        self.activated.connect(self._choose)

    def show_dossiers(self, dossiers: Sequence[Dossier]) -> None:
        """Offer these dossiers; the one chosen before stays chosen."""
        self._dossiers = dossiers
        known = [one.id for one in dossiers]
        if self.dossier_id not in known:
            self.dossier_id = known[-1] if known else None
        with QSignalBlocker(self):
            self.clear()
            for one in dossiers:
                self.addItem(one.title, one.id)
            self.addItem(tr("New dossier…"), _NEW)
            if self.dossier_id is not None:
                self.setCurrentIndex(known.index(self.dossier_id))

    def put_in_basket(self, rows: Sequence[Row]) -> None:
        """Lay what is chosen aside, for any dossier."""
        passages = [row for row in rows if row.passage is not None]
        chosen = [_collected(row) for row in passages or rows]
        if not chosen:
            self._session.said.emit(tr("Choose the passages first."))
            return
        self._session.write(collecting.put_in_basket, chosen, done=self._say_basket)

    def _say_basket(self, outcome: Outcome[tuple[int, ...]]) -> None:
        count = len(set(outcome.value))
        self._session.said.emit(
            trn("{count} passage lies in the basket now. On the dossiers page, “Add” puts it into "
                "one.",
                "{count} passages lie in the basket now. On the dossiers page, “Add” puts them "
                "into one.", count)
        )  # fmt: skip

    def collect(self, rows: Sequence[Row], *, title: str) -> None:
        """Put what is chosen into the dossier; without one, one with the title is made."""
        # A stretch of passages often runs over an interview's heading: that is not meant then.
        passages = [row for row in rows if row.passage is not None]
        chosen = [_collected(row) for row in passages or rows]
        if not chosen:
            self._session.said.emit(tr("Choose the passages first."))
        elif self.dossier_id is not None:
            self._collect_into(self.dossier_id, chosen)
        else:
            self._session.write(
                collecting.create_dossier,
                title,
                done=lambda outcome: self._collect_into(outcome.value, chosen),
            )

    def _collect_into(self, dossier_id: int, chosen: list[Collected]) -> None:
        self.dossier_id = dossier_id
        self._session.write(collecting.add_items, dossier_id, chosen, done=self._say_collected)

    def _say_collected(self, outcome: Outcome[tuple[int, ...]]) -> None:
        count = len(set(outcome.value))
        title = next((one.title for one in self._dossiers if one.id == self.dossier_id), "")
        self._session.said.emit(
            trn("{count} passage stands in “{title}”.", "{count} passages stand in “{title}”.",
                count, title=title)
        )  # fmt: skip

    def _choose(self, index: int) -> None:
        chosen = self.itemData(index)
        if chosen != _NEW:
            self.dossier_id = chosen
            return
        name, is_given = QInputDialog.getText(self, tr("New dossier"), tr("Its title:"))
        if is_given and name.strip():
            self._session.write(collecting.create_dossier, name, done=self._made)
        else:
            self.show_dossiers(self._dossiers)

    def _made(self, outcome: Outcome[int]) -> None:
        self.dossier_id = outcome.value
        known = [one.id for one in self._dossiers]
        if outcome.value in known:
            self.setCurrentIndex(known.index(outcome.value))


def _collected(row: Row) -> Collected:
    one = row.passage
    if one is None:
        return Collected(row.interview.interview_id)
    return Collected(row.interview.interview_id, one.transcript_id, one.turn_id)
