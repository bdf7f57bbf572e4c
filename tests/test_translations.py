"""The catalogues: current with the source, complete, compiled, and in the right letters."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from archive_app import translation
from archive_app.paths import resource_path
from archive_app.translation import current_language, tr, trn, use_language

TOOL = Path(__file__).resolve().parent.parent / "tools" / "translations.py"
TRANSLATED = ("ru", "sr_Cyrl", "sr_Latn")


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


pytest.importorskip("babel", reason="babel is not installed")
tool = _tool()
WANTED = tool.messages()


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    before = current_language()
    yield
    use_language(before)


def _texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield every message's English and its translation, form by form."""
    for one in tool.written(language):
        if one.id:
            ids = tool.forms(one.id)
            for number, text in enumerate(tool.forms(one.string)):
                yield ids[min(number, len(ids) - 1)], text


def test_a_catalogue_for_every_language() -> None:
    assert {*tool.LANGUAGES} == {*TRANSLATED} == {*translation.LANGUAGES} - {"en"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_has_the_messages_of_the_source(language: str) -> None:
    there = {tool.forms(one.id) for one in tool.written(language) if one.id}
    assert {tool.forms(one) for one in WANTED} - there == set(), "run tools/translations.py"
    assert there - {tool.forms(one) for one in WANTED} == set(), "run tools/translations.py"


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_is_complete(language: str) -> None:
    assert tool.missing(tool.updated(language, WANTED)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_places_and_menu_letters_are_kept(language: str) -> None:
    assert tool.faults(tool.written(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_have_three_forms(language: str) -> None:
    catalog = tool.written(language)
    assert catalog.num_plurals == 3
    plurals = [one for one in catalog if one.id and isinstance(one.id, tuple)]
    assert plurals
    assert [one.id for one in plurals if len(one.string) != 3 or not all(one.string)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_files_are_as_the_tool_writes_them(language: str) -> None:
    catalog = tool.updated(language, WANTED)
    path = tool.catalogue_path(language)
    assert path.read_bytes() == tool.po_bytes(catalog), "run tools/translations.py"
    assert path.with_suffix(".mo").read_bytes() == tool.mo_bytes(catalog), "compile it anew"


@pytest.mark.parametrize("language", TRANSLATED)
def test_compiled_catalogue_gives_every_text(language: str) -> None:
    path = resource_path("translations", language, "LC_MESSAGES", "archive_app.mo")
    compiled = gettext.GNUTranslations(io.BytesIO(path.read_bytes()))
    for one in tool.written(language):
        if not one.id:
            continue
        texts = tool.forms(one.string)
        if isinstance(one.id, tuple):
            single, plural = one.id
            said = [compiled.ngettext(single, plural, count) for count in (1, 2, 5)]
            assert said == [*texts]
        else:
            assert compiled.gettext(one.id) == texts[0]


@pytest.mark.parametrize("language", TRANSLATED)
def test_tr_gives_the_text_and_fills_its_places(language: str) -> None:
    use_language(language)
    assert current_language() == language
    for english, text in _texts(language):
        if not any(isinstance(one, tuple) and english in one for one in WANTED):
            assert tr(english) == text
    assert "«X»" in tr("There is no tag “{name}”.", name="X") or language != "ru"


def test_translations_can_be_filled() -> None:
    for language in TRANSLATED:
        for english, text in _texts(language):
            names = re.findall(r"\{(\w+)\}", english) + re.findall(r"\{(\w+)\}", text)
            assert text.format(**dict.fromkeys(names, "7"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 interview", "2 interviews", "5 interviews", "21 interviews"]),
        ("ru", ["1 реплика", "2 реплики", "5 реплик", "21 реплика"]),
        ("sr_Latn", ["1 replika", "2 replike", "5 replika", "21 replika"]),
        ("sr_Cyrl", ["1 реплика", "2 реплике", "5 реплика", "21 реплика"]),
    ],
)
def test_plural_form_goes_by_the_number(language: str, said: list[str]) -> None:
    use_language(language)
    noun = "interview" if language == "en" else "turn"
    texts = [trn(f"{{count}} {noun}", f"{{count}} {noun}s", n) for n in (1, 2, 5, 21)]
    assert texts == said


def test_known_words() -> None:
    words = {
        "ru": ("Инвентарный номер", "Читальный зал"),
        "sr_Latn": ("Inventarski broj", "Čitaonica"),
        "sr_Cyrl": ("Инвентарски број", "Читаоница"),
    }
    for language, said in words.items():
        use_language(language)
        assert (tr("Accession number"), tr("Reading room")) == said


# -- Letters ---------------------------------------------------------------------------------


def test_cyrillic_serbian_has_latin_only_where_it_may() -> None:
    wrong = {text: found for _, text in _texts("sr_Cyrl") if (found := tool.latin_left(text))}
    assert wrong == {}


def test_latin_serbian_and_russian_have_no_strange_letters() -> None:
    assert [t for _, t in _texts("sr_Latn") if re.search("[Ѐ-ӿ]", t)] == []
    assert [t for _, t in _texts("ru") if re.search("[ђјљњћџĐđŽžŠšČčĆć]", t)] == []


def test_quotation_marks_of_each_language() -> None:
    """Russian has «…», Serbian „…“; the marks of a language stand in pairs."""
    for _, text in _texts("ru"):
        assert not re.search('[“”„"]', text), text
        assert text.count("«") == text.count("»"), text
    for language in ("sr_Latn", "sr_Cyrl"):
        for _, text in _texts(language):
            assert not re.search('[”«»"]', text), text
            assert text.count("„") == text.count("“"), text


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Ljudi i njihova reč, džep", "Људи и њихова реч, џеп"),
        ("Nadživeti injekciju, KONJUNKCIJA, Tanjug", "Надживети инјекцију, КОНЈУНКЦИЈА, Танјуг"),
        ("odžak, Odžaci i podžanr", "оџак, Оџаци и поджанр"),
        ("&Ljudi, Po&moć, Sl&edeći", "&Људи, По&моћ, Сл&едећи"),
        ("Fascikla {path}, {count} min, još {names}", "Фасцикла {path}, {count} min, још {names}"),
        (
            "Komanda „archive-app relink FOLDER“ ga nalazi",
            "Команда „archive-app relink FOLDER“ га налази",
        ),
        ("Polja tag: i speaker:Ana, jezik sr-Latn", "Поља tag: и speaker:Ana, језик sr-Latn"),
        ("Ctrl+T, F1 ili Enter", "Ctrl+T, F1 или Enter"),
        (
            "WebVTT, SRT, OHMS, XML, CSV, JSON, PDF, A4",
            "WebVTT, SRT, OHMS, XML, CSV, JSON, PDF, A4",
        ),
        ("snimak.mp3 je ceo. Kraj", "snimak.mp3 је цео. Крај"),
        ("Recite --archive PATH", "Реците --archive PATH"),
    ],
)
def test_serbian_in_cyrillic_letters(latin: str, cyrillic: str) -> None:
    assert tool.cyrillic(latin) == cyrillic


# -- The tool --------------------------------------------------------------------------------


def test_plural_with_an_empty_form_counts_as_untranslated() -> None:
    catalog = tool.Messages(locale="ru")
    catalog.add(("{count} turn", "{count} turns"), string=("{count} реплика", "", ""))
    catalog.add("Tag", string="Метка")
    assert tool.missing(catalog) == [("{count} turn", "{count} turns")]


def test_faults_are_found() -> None:
    catalog = tool.Messages(locale="ru")
    catalog.add("No {name}", string="Нет {nаme}")
    catalog.add(" and ", string="и")
    catalog.add("&File", string="Файл")
    catalog.add(("{count} turn", "{count} turns"), string=("реплика", "{count} реплики", "…"))
    assert len(tool.faults(catalog)) == 5


def test_messages_within_format_strings_are_found() -> None:
    source = "x = f\"{tr('one')} {trn('a' ' turn', 'b', 3)}\"\ny = tr(words)\nmark(\"two\")"
    assert sorted(tool._in_source(source), key=str) == [("a turn", "b"), "one", "two"]


def test_no_message_is_put_together_before_it_is_translated() -> None:
    """Nobody can translate ``tr(f"…{name}…")`` or ``tr("…" + name)``."""
    wrong = [
        f"{path.name}:{node.lineno}"
        for path in sorted((tool.ROOT / "archive_app").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and any(
            isinstance(one, ast.JoinedStr | ast.BinOp)
            for one in node.args[: tool.ARGUMENTS.get(node.func.id, 0)]
        )
    ]
    assert wrong == []


def test_check_says_that_all_is_well() -> None:
    done = subprocess.run(
        [sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_value_that_ends_with_a_full_stop_ends_the_sentence() -> None:
    use_language("en")
    assert tr("To be reviewed since {date}.", date="23. novembar 2026.").endswith("2026.")
    assert not tr("To be reviewed since {date}.", date="23. novembar 2026.").endswith("..")
    assert tr("To be reviewed since {date}.", date="2026-11-23").endswith("23.")
