"""Qt's own words ("Cancel", "Copy") in languages for which Qt brings no translation: Serbian."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from archive_app.translation import mark, tr

WORDS = frozenset((
    # Buttons of dialogs.
    mark("OK"), mark("Cancel"), mark("Close"), mark("&Close"), mark("Save"), mark("Open"),
    mark("Apply"), mark("Reset"), mark("Discard"), mark("&Yes"), mark("&No"), mark("Help"),
    # The menu of a field.
    mark("&Undo"), mark("&Redo"), mark("Cu&t"), mark("&Copy"), mark("Copy &Link Location"),
    mark("&Paste"), mark("Delete"), mark("Select All"), mark("&Select All"), mark("&Step up"),
    mark("Step &down"), mark("Press shortcut"),
    # The menu of a scroll bar.
    mark("Scroll here"), mark("Top"), mark("Bottom"), mark("Page up"), mark("Page down"),
    mark("Scroll up"), mark("Scroll down"), mark("Left edge"), mark("Right edge"),
    mark("Page left"), mark("Page right"), mark("Scroll left"), mark("Scroll right"),
    # Choosing a file, where the system has no dialog of its own.
    mark("Look in:"), mark("File &name:"), mark("Files of type:"), mark("Directory:"),
    mark("&Open"), mark("&Save"), mark("&Choose"), mark("Back"), mark("Forward"),
    mark("Parent Directory"), mark("Create New Folder"), mark("&New Folder"), mark("List View"),
    mark("Detail View"), mark("All Files (*)"), mark("Find Directory"), mark("Save As"),
    mark("Name"), mark("Size"), mark("Type"), mark("Date Modified"), mark("&Rename"),
    mark("&Delete"), mark("Show &hidden files"),
    # Choosing a colour.
    mark("Select Color"), mark("&Basic colors"), mark("&Custom colors"),
    mark("&Add to Custom Colors"), mark("&Pick Screen Color"), mark("Hu&e:"), mark("&Sat:"),
    mark("&Val:"), mark("&Red:"), mark("&Green:"), mark("Bl&ue:"), mark("&HTML:"),
))  # fmt: skip
"""What a person can meet of Qt in this program."""


class QtWords(QTranslator):
    """Looks Qt's words up among the program's own."""

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Return a word in the interface's language; None where it is not known."""
        del context, disambiguation, n
        # A string that is there, though empty, would be shown.
        return tr(sourceText) if sourceText in WORDS else None  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        """Have words."""
        return False
