"""What judges who know nothing of us say of the dossiers: veraPDF, qpdf, a checker of tags."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import tag_checker
import verapdf
from archival_samples import hostile_contents, rich_contents
from dossier_samples import sample_contents

from archive_app.dossier.build import build_dossier
from archive_app.dossier.design import Design, Layout
from archive_app.translation import LANGUAGES, current_language, use_language


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, tuple[str, str]]:
    """The sample in every layout and language, everything at once, and hostile texts.

    To each the standards that it claims to follow.
    """
    folder = tmp_path_factory.mktemp("standards")
    made: dict[Path, tuple[str, str]] = {}
    before = current_language()
    try:
        for number, layout in enumerate(Layout):
            for language in LANGUAGES:
                use_language(language)
                tag, design = language.replace("_", "-"), Design(layout=layout)
                plain = folder / f"{layout}-{language}.pdf"
                build_dossier(plain, sample_contents(language=tag, design=design))
                made[plain] = ("2a", "ua1")
            language = LANGUAGES[number % len(LANGUAGES)]
            use_language(language)
            rich = folder / f"rich-{layout}-{language}.pdf"
            build_dossier(rich, rich_contents(layout=layout, language=language.replace("_", "-")))
            made[rich] = ("3a", "ua1")
    finally:
        use_language(before)
    hostile = folder / "hostile.pdf"
    build_dossier(hostile, hostile_contents())
    made[hostile] = ("3a", "ua1")
    return made


def test_verapdf_finds_no_failure_for_pdf_a_or_pdf_ua(files: dict[Path, tuple[str, str]]) -> None:
    assert verapdf.failures(files) == {}


def test_every_mark_of_every_layout_has_its_place_in_the_structure(
    files: dict[Path, tuple[str, str]],
) -> None:
    found = {path.name: tag_checker.problems(path) for path in files}
    assert {name: held for name, held in found.items() if held} == {}


def test_qpdf_finds_nothing_to_say(files: dict[Path, tuple[str, str]]) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    for path in files:
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
        assert done.returncode == 0, f"{path.name}: {done.stdout}{done.stderr}"


def test_the_sample_archives_dossier_holds_in_every_language(
    sample_archive: Path,
    cli: Callable[..., CompletedProcess[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Path] = []
    before = current_language()
    try:
        for language in LANGUAGES:
            monkeypatch.setenv("ORAL_HISTORY_LANGUAGE", language)
            made.append(tmp_path / f"sample-{language}.pdf")
            cli("--archive", sample_archive, "dossier", "-o", made[-1])
    finally:
        use_language(before)
    assert {p.name: tag_checker.problems(p) for p in made} == {p.name: [] for p in made}
    assert verapdf.failures(dict.fromkeys(made, ("2a", "ua1"))) == {}
