"""Questions about access in words, with what they are about where that is at hand."""

from __future__ import annotations

from archive_app.domain.records import Restriction
from archive_app.domain.release_rules import Question, QuestionKind
from archive_app.gui.inspector_sections import LAYER_NAMES
from archive_app.gui.library_model import shown_date
from archive_app.translation import mark, tr

KINDS = {
    QuestionKind.EMBARGO_ENDED: mark("Embargo ended"),
    QuestionKind.REVIEW_DUE: mark("Review due"),
    QuestionKind.PASSAGE_LOST: mark("Closed passage lost"),
    QuestionKind.CONSENT_MISSING: mark("No consent"),
    QuestionKind.CONSENT_POSTPONED: mark("Consent form put off"),
    QuestionKind.CONSENT_INCOMPLETE: mark("Consent of somebody missing"),
    QuestionKind.CONSENT_UNDATED: mark("Consent without a date"),
    QuestionKind.NAME_SHOWN: mark("Protected name shown"),
}
"""Each kind by a short name, the most urgent first."""


def question_in_words(question: Question, restriction: Restriction | None = None) -> str:
    """Return a question as a sentence, dates in the interface's language."""
    day = shown_date(str(question.since)) if question.since else ""
    what = closed_in_words(restriction) if restriction is not None else ""
    if question.kind is QuestionKind.EMBARGO_ENDED:
        if not what:
            return tr("An embargo ended on {date}; it stays closed until somebody decides.",
                      date=day)  # fmt: skip
        return tr("{what}: the embargo ended on {date}; it stays closed until somebody decides.",
                  what=what, date=day)  # fmt: skip
    if question.kind is QuestionKind.REVIEW_DUE:
        if not what:
            return tr("To be reviewed since {date}.", date=day)
        return tr("{what}: to be reviewed since {date}.", what=what, date=day)
    if question.kind is QuestionKind.CONSENT_POSTPONED:
        return tr("The consent form was put off on {date} and is still to come.", date=day)
    return question.text


def closed_in_words(one: Restriction) -> str:
    """Return what a restriction closes: a layer's name, or the passage's words."""
    if one.layer is not None:
        words = tr(LAYER_NAMES[one.layer])
        return words[:1].upper() + words[1:]
    return f"“{one.quote}”" if len(one.quote) <= 60 else f"“{one.quote[:57]}…”"
