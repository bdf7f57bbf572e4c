"""What every test may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long forms of the tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    wanted = [item for item in items if "long" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if "long" in item.keywords])
    items[:] = wanted


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI a test that a missing tool skipped has failed: there the tools are installed."""
    report = yield
    if report.skipped and os.environ.get("CI") and "is not installed" in str(report.longrepr):
        report.outcome = "failed"
    return report


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has settings, cache and logs of its own, never the person's."""
    home = tmp_path / "home"
    monkeypatch.setenv("ORAL_HISTORY_HOME", str(home))
    monkeypatch.setenv("ORAL_HISTORY_DICTIONARIES", "")
    return home


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real files that other systems wrote."""
    folder = Path(os.environ.get("ORAL_HISTORY_SAMPLES", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real files of other systems at {folder}")
    return folder


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample archive, closed, and a home in which it is indexed already."""
    from archive_app.work import searching
    from archive_app.work.archives import open_archive
    from archive_app.work.sample import make_sample

    place = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORAL_HISTORY_HOME", str(place / "home"))
        with open_archive(make_sample(place / "Sample")) as archive:
            searching.catch_up(archive)
            searching.close_index(archive)
    return place


@pytest.fixture
def sample_archive(tmp_path: Path, own_home: Path, sample_template: Path) -> Path:
    """The folder of a sample archive of the test's own, closed and indexed."""
    shutil.copytree(sample_template / "home", own_home, dirs_exist_ok=True)
    return shutil.copytree(sample_template / "Sample.oralhistory", tmp_path / "Sample.oralhistory")


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., CompletedProcess[str]]:
    """Run the command line in this process: words in; exit status and what it printed out.

    The words may be paths. With ``status`` that exit status is expected.
    """
    from archive_app.__main__ import main

    def run(*words: object, status: int | None = 0) -> CompletedProcess[str]:
        said = [str(word) for word in words]
        capsys.readouterr()
        try:
            code = main(said)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        out, err = capsys.readouterr()
        assert status is None or code == status, f"{said}: {code}\n{out}\n{err}"
        return CompletedProcess(said, code, out, err)

    return run
