"""Before a dossier is written, each turn is compared with what the archive releases now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from proof_material import CLOSED, ON, close_passage, contents_for, fill, pdf_of

from archive_app.domain.proof import (
    MOST_FINDINGS,
    Check,
    Finding,
    Looked,
    Problem,
    Proof,
    Where,
    from_json,
    to_json,
)
from archive_app.domain.records import Audience, Layer, Span
from archive_app.dossier.contents import DossierContents, WholeInterview
from archive_app.errors import BadValue, Cancelled
from archive_app.store.archive import Archive
from archive_app.translation import LANGUAGES, use_language
from archive_app.work import access, proving


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "A.oralhistory", name="A") as opened:
        yield opened


@pytest.fixture
def contents(archive: Archive) -> DossierContents:
    fill(archive)
    return contents_for(archive, Audience.PUBLIC)[0]


def turn_of(archive: Archive, n: int) -> Any:
    with archive.read() as reader:
        (one,) = reader.interview_ids()
        file = reader.interview_file(one)
    (russian,) = [t for t in file.transcripts if t.transcript.language == "ru"]
    return russian.turns[n - 1]


def russian_of(archive: Archive) -> int:
    with archive.read() as reader:
        (one,) = reader.interview_ids()
        return next(t.id for t in reader.transcripts(one) if t.language == "ru")


def test_nothing_is_found_where_nothing_changed(
    archive: Archive, contents: DossierContents
) -> None:
    looked = proving.check_before(archive, contents)
    assert (looked.check, looked.looked_at, looked.findings) == (Check.SOURCES, 12, ())


def test_a_turn_that_was_corrected_since(archive: Archive, contents: DossierContents) -> None:
    with archive.write("Edit") as writer:
        writer.update("turn", turn_of(archive, 6).id, text="Весной.")
    (finding,) = proving.check_before(archive, contents).findings
    assert finding == Finding(Problem.ALTERED, Where.TURN, item="OH-7 · ru · 6")


def test_a_passage_that_was_closed_since(archive: Archive, contents: DossierContents) -> None:
    close_passage(archive, contents.interviews[3].interview.interview_id)  # type: ignore[union-attr]
    findings = proving.check_before(archive, contents).findings
    assert Finding(Problem.NOT_RELEASED, Where.TURN, item="OH-7 · ru · 4") in findings
    assert CLOSED[:12] not in repr(findings)


def test_an_embargo_counts_on_the_dossiers_day(archive: Archive) -> None:
    one = fill(archive)
    access.restrict_layer(archive, one, Layer.LISTING, shut_out=Audience.PUBLIC,
                          until=date(2027, 1, 1), opens_by_itself=True)  # fmt: skip
    contents, _ = contents_for(archive, Audience.PUBLIC, on=date(2027, 1, 2))
    assert proving.check_before(archive, contents).findings == ()
    (finding,) = proving.check_before(archive, replace(contents, on=ON)).findings
    assert finding == Finding(Problem.NOT_RELEASED, Where.ARCHIVE, item="OH-7")


def test_a_copy_for_staff_in_a_dossier_for_the_public(archive: Archive) -> None:
    close_passage(archive, fill(archive))
    staff, _ = contents_for(archive, Audience.STAFF)
    findings = proving.check_before(archive, replace(staff, audience=Audience.PUBLIC)).findings
    assert {f.problem for f in findings} == {Problem.NOT_RELEASED}
    assert Finding(Problem.NOT_RELEASED, Where.TURN, item="OH-7 · ru · 4") in findings


def test_a_turn_that_was_slipped_in(archive: Archive, contents: DossierContents) -> None:
    part = contents.interviews[3]
    assert isinstance(part, WholeInterview)
    first = part.interview.transcripts[0]
    more = replace(first.turns[0], n=7, turn_id=99, text="Никогда не сказано.")
    held = replace(part.interview, transcripts=(replace(first, turns=(*first.turns, more)),))
    forged = replace(contents, interviews=[WholeInterview(held)])
    (finding,) = proving.check_before(archive, forged).findings
    assert (finding.problem, finding.item) == (Problem.NOT_RELEASED, "OH-7 · ru · 7")


def test_an_interview_that_is_gone(archive: Archive, contents: DossierContents) -> None:
    part = contents.interviews[3]
    assert isinstance(part, WholeInterview)
    gone = WholeInterview(replace(part.interview, uuid="another", interview_id=4711))
    (finding,) = proving.check_before(archive, replace(contents, interviews=[gone])).findings
    assert (finding.problem, finding.where) == (Problem.NOT_RELEASED, Where.ARCHIVE)


def test_proving_can_be_stopped(archive: Archive, contents: DossierContents) -> None:
    class Stop:
        def report(self, done: int, total: int, what: str = "") -> None:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        proving.check_before(archive, contents, progress=Stop())
    with pytest.raises(Cancelled):
        proving.prove(archive, b"", contents, {}, file_name="a.pdf", progress=Stop())


# What is kept and what is said


def proof(**more: Any) -> Proof:
    facts: dict[str, Any] = {
        "audience": Audience.PUBLIC, "on": ON, "made_at": datetime(2026, 5, 4, 12, tzinfo=UTC),
        "file_name": "voices.pdf", "sha256": "ab" * 32, "size_bytes": 1234, "pages": 12, "turns": 7,
        "checks": (Looked(Check.SOURCES, 7), Looked(Check.NAMES, 90)),
    }  # fmt: skip
    return Proof(**(facts | more))


def every_finding() -> list[Finding]:
    return [
        Finding(problem, where, page=3, label="iii", item="/Title")
        for problem in Problem
        for where in Where
    ]


def test_a_proof_comes_back_from_what_is_kept() -> None:
    found = Looked.of(Check.NAMES, 90, every_finding(), holds=2)
    assert found.more == len(Problem) * len(Where) - MOST_FINDINGS
    kept = proof(checks=(found,), missing_glyphs=("𓀀", "\ue000"), claims=("PDF/A-2a",))
    assert from_json(to_json(kept)) == kept


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"audience": "nobody"}', "null", "7"])
def test_a_damaged_proof_is_said_to_be_one(kept: str) -> None:
    with pytest.raises(BadValue):
        from_json(kept)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proof_is_told_in_sentences(language: str) -> None:
    use_language(language)
    try:
        clean = proving.summary(proof())
        checks = tuple(Looked.of(check, 3, every_finding()) for check in Check)
        bad = proving.summary(proof(checks=checks, missing_glyphs=("𓀀",)))
    finally:
        use_language("en")
    assert [sentence.kind for sentence in clean].count("good") == 2
    assert "bad" not in {sentence.kind for sentence in clean}
    assert {sentence.kind for sentence in bad} == {"title", "bad", "note", "advice"}
    told = [sentence for sentence in bad if sentence.finding is not None]
    assert len(told) == len(Check) * MOST_FINDINGS
    assert all("{" not in sentence.text for sentence in bad)
    assert "U+13000" in " ".join(sentence.text for sentence in bad)


def test_leaks_come_first() -> None:
    findings = [Finding(Problem.MISSING, Where.TURN), Finding(Problem.NAME, Where.LINK)]
    looked = Looked.of(Check.NAMES, 2, [*findings, *findings])
    assert [f.problem for f in looked.findings] == [Problem.NAME, Problem.MISSING]


def test_what_is_closed_while_the_file_is_set_does_not_go_out(
    archive: Archive, contents: DossierContents
) -> None:
    before = proving.check_before(archive, contents)
    data = pdf_of(contents)
    with archive.read() as reader:
        (one,) = reader.interview_ids()
    access.restrict_layer(archive, one, Layer.DESCRIPTION, shut_out=Audience.READING_ROOM)
    proof = proving.prove(archive, data, contents, {}, file_name="d.pdf", before=before)
    assert proof.is_leaking
    assert Finding(Problem.NOT_RELEASED, Where.ARCHIVE, item="OH-7") in proof.findings


def test_a_passage_of_one_word_that_was_closed_since_counts(
    archive: Archive, contents: DossierContents
) -> None:
    turn = turn_of(archive, 3)
    access.restrict_span(
        archive, russian_of(archive), Span(turn.id, 0, turn.id, len(turn.text)),
        shut_out=Audience.READING_ROOM,
    )  # fmt: skip
    looked = proving.check_before(archive, contents)
    assert any(found.problem is Problem.NOT_RELEASED for found in looked.findings)
