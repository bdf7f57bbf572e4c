"""A button that switches between two views of the same result."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton


def view_switch(text: str, tip: str) -> QToolButton:
    """Return a button that stays down; its word is bold while it is."""
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setCheckable(True)

    def embolden(is_on: bool) -> None:
        font = button.font()
        font.setBold(is_on)
        button.setFont(font)

    # Some styles hardly show which of two buttons is down.
    button.toggled.connect(embolden)
    return button
