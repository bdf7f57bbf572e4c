"""The consent form before the first recording: asked for, or put off and remembered."""

from __future__ import annotations

from archive_app.domain.records import Outcome
from archive_app.store.archive import Archive
from archive_app.store.reading import Reader


def consent_is_due(reader: Reader, interview_id: int) -> bool:
    """Tell whether to ask for the consent form's fields: none on file, and not put off."""
    raise NotImplementedError


def postpone_consent(archive: Archive, interview_id: int) -> Outcome[None]:
    """Remember that the form comes later; it stands among the open questions until then.

    Raises:
        NotFound: there is no such interview.
    """
    raise NotImplementedError
