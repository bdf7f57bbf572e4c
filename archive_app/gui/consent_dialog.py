"""The consent form's fields, asked for before an interview is first recorded."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from archive_app.gui.access_dialog import ConsentDialog
from archive_app.gui.session import Session
from archive_app.translation import mark, tr
from archive_app.work import recording_consent


class ConsentBeforeRecording(ConsentDialog):
    """Accepted: the form was filled in or put off, and recording may begin; rejected: it may not.

    What is put off stands among the open questions until the form is filled in.
    """

    TITLE = mark("Consent before recording")
    VERB = mark("Keep and record")
    WORDS = mark(
        "Who agreed to this recording, and to which uses of it? What was not allowed stays inside "
        "the archive. If the form is signed after the conversation, choose “Later”: it then "
        "stands among the open questions, and recording begins now."
    )

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        interview_id: int,
        people: Mapping[int, str],
    ) -> None:
        super().__init__(session, parent, interview_id=interview_id, people=people)
        buttons = self.findChild(QDialogButtonBox)
        assert buttons is not None
        self.later = buttons.addButton(
            tr("Later – record now"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.later.setAutoDefault(False)
        self.later.setToolTip(tr("The form is asked for among the open questions until it is "
                                 "filled in"))  # fmt: skip
        self.later.clicked.connect(self.put_off)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(tr("Do not record yet"))
        cancel.setAutoDefault(False)

    def do(self) -> None:
        """Keep the form; one that allows nothing is more likely forgotten than meant."""
        if not any(box.isChecked() for box in self.uses.values()):
            self.tell(tr("Tick what was allowed, or choose “Later”."))
            return
        super().do()

    def put_off(self) -> None:
        """Record now; the form is remembered."""
        self._session.write(
            recording_consent.postpone_consent, self._interview_id,
            done=self._done, failed=self._refused,
        )  # fmt: skip
