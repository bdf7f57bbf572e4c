"""The help of each place, in the interface's language."""

from __future__ import annotations

from archive_app.translation import tr


def help_text(place: str) -> str:
    """Return the help of a place as Markdown."""
    texts = {
        "start": _start, "library": _library, "interview": _interview, "search": _search,
        "dossiers": _dossiers,
    }  # fmt: skip
    return texts.get(place, _start)()


def _page(title: str, *paragraphs: str) -> str:
    return "\n\n".join((f"# {title}", *paragraphs))


def _start() -> str:
    return _page(
        tr("An archive is a folder"),
        tr("Everything you bring in lives in one folder: recordings, transcripts, tags, and who "
           "may see what. You can copy it, back it up, and carry it on a drive."),
        tr("**Try the sample archive** to look around. **Make a new archive** to begin your own. "
           "**Open an archive** to go on with one."),
        tr("Nothing has to be saved: each step is stored when you take it, and each can be taken "
           "back (Ctrl+Z), even tomorrow."),
    )  # fmt: skip


def _library() -> str:
    return _page(
        tr("Library"),
        tr("The list in the middle holds every interview. At the left choose a collection or a "
           "tag to narrow it; type into the filter to find a name or number."),
        tr("At the right is the record of the chosen interview. Click into a field and type; "
           "leaving the field stores it. “Close a layer” keeps the recording, the transcript or "
           "everything from the public or the reading room."),
        tr("**Bring in** recordings and transcripts with Ctrl+I, or drop files and folders on the "
           "window: you see what would come in before anything does. Drag interviews onto a "
           "collection to move them."),
        tr("The choice **Audience** at the top shows the archive through other eyes: what the "
           "reading room sees, or the public."),
    )  # fmt: skip


def _interview() -> str:
    return _page(
        tr("Interview"),
        tr("Above is the recording, below its words. The turn that plays is marked. Correct the "
           "text where it stands: times and tags stay on their words."),
        tr("Select a passage to lay a tag on it, to close it to an audience, or to remark on it."),
        tr("**Type along**: Ctrl+Space plays and pauses, Enter begins a turn at the sound, and the "
           "first letters of a name, a colon and a space say who speaks. In the waveform a click "
           "goes there and a drag chooses a stretch; Ctrl+L repeats it. Ctrl+Alt+O folds the "
           "waveform away."),
        tr("**Look over** what a recogniser wrote: Ctrl+D goes to the next doubtful word and plays "
           "it. Ctrl+F finds, Ctrl+H replaces and shows every place first. A newer transcript is "
           "laid over this one with its tags from the menu “Interview”, “Transcripts”."),
        tr("**Divide** the interview while you listen: Ctrl+Shift+I begins a part of the contents "
           "at the sound. Ctrl+Alt+B shows a translation, or the other Serbian script, beside the "
           "text."),
        tr("**Record** with Ctrl+R: set the level first, then record. M marks a moment, which "
           "becomes a part of the contents. Everything is on the disk each second; what a crash "
           "cuts off is offered again."),
        tr("**Tag** with Ctrl+T, or with Alt and a number; Ctrl+Shift+H tags what was just heard. "
           "The knobs at a tagged passage's ends can be dragged. Tags whose words were deleted "
           "lie in a tray under the transcript."),
        tr("A **pedal** plays while it is held and works in every field: bind it in the "
           "preferences, where the keys of other transcribing programs can be chosen too. "
           "Underlined words are in no dictionary: Alt+F7 goes to the next, Ctrl+. says what it "
           "may have been meant to be."),
        tr("Undo here takes back the last step on this interview. Press ? for the keys."),
    )  # fmt: skip


def _search() -> str:
    return _page(
        tr("Search"),
        tr("Type words in Russian, Serbian or English. Endings do not matter, nor which of the two "
           "Serbian scripts; words between quotation marks are found exactly as written."),
        tr("At the left narrow what was found; at the right read the passage where it stands and "
           "hear it. What an audience may not see it does not find."),
    )  # fmt: skip


def _dossiers() -> str:
    return _page(
        tr("Dossiers"),
        tr("A dossier is a PDF of interviews or passages in the order you give them, under "
           "headings of your own, with title page, contents, notes, index and citations."),
        tr("At the left stands its **outline**. **Add** puts in headings, your own text, pictures, "
           "whole interviews, points of their contents, and passages by tag, by search or from "
           "the basket (Ctrl+B on the search page). Drag items to order them, or press Ctrl+Up "
           "and Ctrl+Down; Left folds a heading, Ctrl+Right lets it stand deeper."),
        tr("At the right stand its **true pages**, set anew after each change. **Settings** "
           "chooses the layout: transcript volume, thematic reader, finding aid or passage "
           "cards; the type, what stands beside the text, and the title page."),
        tr("When a source has changed since you collected it, a line above the outline says so: "
           "look at it (F8) and accept it."),
        tr("**Export PDF** (Ctrl+E): choose the audience it is for. What that audience may not see "
           "is not in it; the finished file is read again and the proof shown. It is kept under "
           "**Exports and proofs**."),
    )  # fmt: skip
