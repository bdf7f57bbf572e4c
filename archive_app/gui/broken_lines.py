"""Breaking the words of a control into lines: a check box and a button do not by themselves."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton


def break_lines(button: QAbstractButton, width: int) -> None:
    """Break a button's words into lines of at most so many pixels, as far as they have spaces.

    Its accessible name stays in one line.
    """
    text = button.text()
    metrics = button.fontMetrics()
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer.replace("&", "")) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    button.setText("\n".join(lines))
    if not button.accessibleName():
        button.setAccessibleName(text.replace("&", ""))
