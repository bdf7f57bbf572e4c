"""Each released turn stands in a dossier's pages as often as it should, in order, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from proof_material import Case, case_of, close_passage, contents_for, fill, found, pdf_of

from archive_app.domain.names import NameForm
from archive_app.domain.proof import Problem, Where
from archive_app.domain.records import Audience
from archive_app.domain.released import ReleasedTurn
from archive_app.dossier.contents import DossierContents, Excerpts, Heading, WholeInterview
from archive_app.dossier.design import Design, Grouping, Layout, Marks, Paper, Speakers, Times
from archive_app.store.archive import Archive
from archive_app.translation import LANGUAGES, use_language
from archive_app.work import proving


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    place = tmp_path_factory.mktemp("proof")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORAL_HISTORY_HOME", str(place / "home"))
        with Archive.create(place / "A.oralhistory", name="A") as archive:
            close_passage(archive, fill(archive))
            yield case_of(archive, Audience.PUBLIC)


@pytest.fixture
def english() -> Iterator[None]:
    yield
    use_language("en")


def with_turns(contents: DossierContents, change: Any) -> DossierContents:
    """Return contents whose first transcript's turns were changed."""
    parts: list[Any] = []
    for part in contents.interviews:
        if isinstance(part, WholeInterview):
            first, *others = part.interview.transcripts
            turns = tuple(change(list(first.turns)))
            held = replace(part.interview, transcripts=(replace(first, turns=turns), *others))
            part = replace(part, interview=held)
        elif isinstance(part, Excerpts):
            continue
        parts.append(part)
    return replace(contents, interviews=parts)


def alone(contents: DossierContents) -> DossierContents:
    return with_turns(contents, lambda turns: turns)


def proof_of(case: Case, change: Any) -> Any:
    """Return the proof of a file whose turns were changed behind the program's back."""
    return case.prove(pdf_of(with_turns(case.contents, change)), contents=alone(case.contents))


def test_a_changed_word(case: Case) -> None:
    def change(turns: list[ReleasedTurn]) -> list[ReleasedTurn]:
        turns[5] = replace(turns[5], text=turns[5].text.replace("сын", "брат"))
        return turns

    (finding,) = proof_of(case, change).findings
    assert (finding.problem, finding.where) == (Problem.CHANGED, Where.TURN)
    assert finding.item == "OH-7 · ru · 6"
    assert finding.page > 0
    assert finding.label.isdecimal()


@pytest.mark.parametrize(
    ("before", "after"),
    [("осенью. ", "осенью "), ("Ћирилица", "Тирилица"), ("за́мок", "замо́к"), ("🙂", ""),
     ("всё", "все"), (" сразу", "сразу"), ("«е́жели»", "„е́жели“")],
)  # fmt: skip
def test_the_least_of_changes(case: Case, before: str, after: str) -> None:
    def change(turns: list[ReleasedTurn]) -> list[ReleasedTurn]:
        assert before in turns[1].text
        turns[1] = replace(turns[1], text=turns[1].text.replace(before, after))
        return turns

    (finding,) = proof_of(case, change).findings
    assert (finding.problem, finding.item) == (Problem.CHANGED, "OH-7 · ru · 2")


def test_a_missing_turn(case: Case) -> None:
    (finding,) = proof_of(case, lambda turns: turns[:5]).findings
    assert (finding.problem, finding.item) == (Problem.MISSING, "OH-7 · ru · 6")


def test_a_missing_turn_whose_words_stand_elsewhere_too(case: Case) -> None:
    (finding,) = proof_of(case, lambda turns: [*turns[:2], *turns[3:]]).findings
    assert (finding.problem, finding.item) == (Problem.MISSING, "OH-7 · ru · 3")


def test_a_turn_that_stands_there_twice(case: Case) -> None:
    proof = proof_of(case, lambda turns: [*turns, turns[5]])
    assert {(f.problem, f.where) for f in proof.findings} == {(Problem.REPEATED, Where.TURN)}


def test_turns_that_changed_places(case: Case) -> None:
    proof = proof_of(case, lambda turns: [*turns[:1], turns[5], *turns[2:5], turns[1]])
    assert {f.problem for f in proof.findings} == {Problem.MISPLACED}


def test_another_speaker(case: Case) -> None:
    def change(turns: list[ReleasedTurn]) -> list[ReleasedTurn]:
        turns[1] = replace(turns[1], speaker="Анна Петрова")
        return turns

    assert proof_of(case, change).findings


def test_a_paragraph_too_many(case: Case) -> None:
    more = replace(case.contents, interviews=[*case.contents.interviews, Heading("One more")])
    proof = case.prove(pdf_of(more))
    assert found(proof, Problem.UNEXPECTED, Where.HEADING)
    assert found(proof, Problem.UNEXPECTED, Where.BOOKMARK)


def test_a_changed_footnote_and_title(case: Case) -> None:
    proof = case.prove(pdf_of(replace(case.contents, title="Last winters")))
    assert Where.METADATA in {f.where for f in proof.findings}
    assert Where.BOOKMARK in {f.where for f in proof.findings}


# No false alarms


def designs() -> Iterator[Design]:
    for layout in Layout:
        yield Design(layout=layout)
        yield Design(
            layout=layout, is_facing=True, has_qr=True, has_line_numbers=True, has_data=True,
            speakers=Speakers.SHORT, marks=Marks.SMOOTHED, times=Times.STEP, paper=Paper.A5,
        )  # fmt: skip
        yield Design(layout=layout, grouping=Grouping.TIME, times=Times.NONE, has_links=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", Audience)
def test_files_as_they_are_made_are_clean(
    case: Case, language: str, audience: Audience, english: None
) -> None:
    """Each layout in each language and for each audience, by turns in one of three designs."""
    turn = LANGUAGES.index(language) + audience.rank
    every = list(designs())
    _are_clean(case, language, audience, [every[n + (turn + n) % 3] for n in range(0, 12, 3)])


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", Audience)
def test_files_of_all_designs_are_clean(
    case: Case, language: str, audience: Audience, english: None
) -> None:
    _are_clean(case, language, audience, list(designs()))


def _are_clean(case: Case, language: str, audience: Audience, made_as: list[Design]) -> None:
    use_language(language)
    for design in made_as:
        made = case_of(case.archive, audience, design)
        proof = made.prove()
        assert (design.layout, proof.findings) == (design.layout, ())
        is_finding_aid = design.layout is Layout.FINDING_AID
        assert proof.turns == (0 if is_finding_aid else proof.turns)
        assert proof.turns > 0 or is_finding_aid


HOSTILE = (
    "Emoji 👩‍👩‍👧‍👦 🇷🇸 👍🏽 and a keycap 1️⃣.",
    "Combining: é ё й ј̇ а́ о̏ р̂ ̈ alone, Z̷͔̚a̶l̵g̴o̶.",
    "Ligatures: office, efficient, waffle, ﬁne, ﬂow, Ǆ ǅ ǆ.",
    "<b>bold</b> a < b & c </para> {{x}} %s \\n (par) [ ] ) Tj ET",
    "Bidi \u202ehidden\u202c and \u2066isolated\u2069 شكرا תודה.",
    "Zero\u200bwidth\u200djoiners\ufeff and soft\u00adhyphens, no\u00a0break\u202fspaces.",
    "x" * 3000,
    "Missing: 𓀀 ꙮ \U0001f9ff \ue000.",
    "из-за — «где-то там», кое-что; два   пробела\tи табуляция\nи строка",
    "",
    "   ",
    "Ђорђе је рекао: „Људи, џаба се љутите“. Đorđe: Ljudi, džaba se ljutite.",
    "12 345 678 0:12:05 ~0:12:05 1–400 iv, x",
    "Да: нет: да: нет.",
)


def test_hostile_texts_are_no_alarm(case: Case) -> None:
    long = " ".join(f"слово{n % 97} реч{n % 89} word{n % 83}" for n in range(1700))

    def change(turns: list[ReleasedTurn]) -> list[ReleasedTurn]:
        first = turns[0]
        return [
            replace(first, n=n, turn_id=1000 + n, text=text, start_ms=n * 1000, withheld=())
            for n, text in enumerate((*HOSTILE, long, *HOSTILE), start=1)
        ]

    contents = with_turns(case.contents, change)
    for design in (Design(), Design(paper=Paper.A5, has_line_numbers=True, has_data=True)):
        made = replace(contents, design=design)
        proof = case.prove(pdf_of(made), contents=made)
        assert proof.findings == ()


def test_staff_is_told_that_names_stand_there(case: Case) -> None:
    contents, hidden = contents_for(case.archive, Audience.STAFF)
    contents = replace(contents, description="Told by Сергей Волков.")
    proof = proving.prove(case.archive, pdf_of(contents), contents, hidden, file_name="a.pdf")
    assert proof.findings == ()
    assert sum(looked.holds for looked in proof.checks) > 0
    assert any("staff" in sentence.text for sentence in proving.summary(proof))


def test_a_name_that_is_a_word_of_pdf_is_no_alarm(case: Case) -> None:
    forms = {9: (NameForm("Art", "Orest"), NameForm("Aris", "Orest"), NameForm("Ли", "Оль"))}
    proof = proving.prove(case.archive, case.data, case.contents, forms, file_name="a.pdf")
    assert proof.findings == ()


def test_no_pdf_at_all_cannot_be_read(case: Case) -> None:
    proof = case.prove(b"%PDF-1.7 nothing")
    assert {f.problem for f in proof.findings} == {Problem.UNREADABLE}
    assert not proof.is_clean
