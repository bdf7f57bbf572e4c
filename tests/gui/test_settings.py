from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app import settings as declared
from archive_app.settings import DECLARED, Settings


def test_a_choice_is_there_at_the_next_start(tmp_path: Path) -> None:
    first = Settings(tmp_path)
    first.set(declared.THEME, "dark")
    first.set(declared.SPLITTERS, {"interview": [200, 600, 240]})
    assert first.save()
    second = Settings(tmp_path)
    assert second.get(declared.THEME) == "dark"
    assert second.get(declared.SPLITTERS) == {"interview": [200, 600, 240]}


def test_keys_of_a_later_version_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"holograms": True, "theme": "light"}))
    settings = Settings(tmp_path)
    settings.set(declared.WHO, "Јелена")
    settings.save()
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "holograms": True,
        "theme": "light",
        "who": "Јелена",
    }


@pytest.mark.parametrize("damage", ['{"theme": ', "[]", "\x00\x00", '"dark"'])
def test_a_damaged_file_is_set_aside_and_defaults_hold(tmp_path: Path, damage: str) -> None:
    (tmp_path / "settings.json").write_text(damage)
    settings = Settings(tmp_path)
    assert settings.get(declared.THEME) == "system"
    assert (tmp_path / "settings.damaged.json").read_text() == damage
    assert settings.save()
    assert Settings(tmp_path).get(declared.THEME) == "system"


@given(
    st.dictionaries(
        st.sampled_from([*DECLARED, "x"]),
        st.from_type(type(None)) | st.text() | st.integers() | st.lists(st.integers()),
        max_size=6,
    )
)
def test_whatever_the_file_says_every_setting_has_a_value_of_its_kind(
    tmp_path_factory: pytest.TempPathFactory, found: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / "settings.json").write_text(json.dumps(found))
    settings = Settings(folder)
    for setting in DECLARED.values():
        assert setting.fits(settings.get(setting))


def test_every_setting_has_a_description_and_a_default_of_its_kind() -> None:
    for setting in DECLARED.values():
        assert setting.description
        assert setting.fits(setting.default)


def test_a_value_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="theme"):
        Settings(tmp_path).set(declared.THEME, "pink")


def test_who_watches_a_setting_hears_of_each_change_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    heard: list[str] = []
    forget = settings.watch(declared.THEME, lambda: heard.append(settings.get(declared.THEME)))
    settings.set(declared.THEME, "dark")
    settings.set(declared.THEME, "dark")
    settings.reset(declared.THEME)
    forget()
    settings.set(declared.THEME, "light")
    assert heard == ["dark", "system"]


def test_recent_archives_are_remembered_last_first_without_doubles(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for number in range(12):
        settings.remember_archive(tmp_path / str(number))
    settings.remember_archive(tmp_path / "5")
    recent = settings.get(declared.RECENT_ARCHIVES)
    assert recent[:2] == [str(tmp_path / "5"), str(tmp_path / "11")]
    assert len(recent) == 10
    assert settings.get(declared.LAST_ARCHIVE) == str(tmp_path / "5")


def test_a_folder_that_cannot_be_made_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "below")
    assert settings.get(declared.STEP_BACK_MS) == 1500
    assert not settings.save()
