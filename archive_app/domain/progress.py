"""How long work tells how far it is, and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Handed to every function that may take long."""

    def report(self, done: int, total: int, what: str = "") -> None:
        """Say that ``done`` of ``total`` steps are behind us (``total`` 0: not known).

        ``what`` is shown to the person, already translated, without names or testimony.

        Raises:
            Cancelled: the person stopped it; clean up and leave nothing half done.
        """
        ...


class _Silent:
    def report(self, done: int, total: int, what: str = "") -> None:
        pass


NO_PROGRESS: Progress = _Silent()
"""For calls that nobody watches."""
