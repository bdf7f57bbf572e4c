"""How people and places are called in speech, in either script and every case."""

from __future__ import annotations

import pytest

from archive_app.language.folding import to_latin
from archive_app.language.mention_forms import is_common_word, ways_of_person, ways_of_place


def finds(ways: object, *words: str) -> bool:
    forms = [to_latin(word) for word in words]
    return any(
        len(way.words) == len(forms)
        and all(form in known for form, known in zip(forms, way.words, strict=True))
        for way in ways  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
    )


@pytest.mark.parametrize(
    "said",
    ["Анна Соколова", "Анной Соколовой", "Соколову Анну", "Соколовой", "Anne Sokolove",
     "Anni Sokolovoj", "Anna Sokolova", "Анны Петровны", "Анне Петровне Соколовой"],
)  # fmt: skip
def test_a_full_name_is_found_in_its_cases_and_scripts(said: str) -> None:
    assert finds(ways_of_person("Анна Петровна Соколова"), *said.split())


@pytest.mark.parametrize("said", ["Анна", "Анной", "Соколов", "Соколовы", "Соколовых", "Петровна"])
def test_what_may_be_somebody_else_is_not_taken_for_a_person(said: str) -> None:
    assert not finds(ways_of_person("Анна Петровна Соколова"), said)


@pytest.mark.parametrize(
    ("name", "said"),
    [("Виктор", "Виктором"), ("Viktor", "Виктору"), ("Viktor", "Viktorom"), ("Вадим", "Vadima"),
     ("Anna", "Анны"), ("Ђорђе", "Đorđu"), ("Ђорђе", "Ђорђа"), ("Đorđe", "Ђорђем"),
     ("Александра", "Aleksandri"), ("Юрий", "Yuri")],
)  # fmt: skip
def test_a_name_of_one_word_is_found_alone(name: str, said: str) -> None:
    assert finds(ways_of_person(name), said)


def test_an_initial_belongs_to_the_name() -> None:
    ways = ways_of_person("Сергей М.")
    assert not finds(ways, "Сергей")
    assert finds(ways, "Сергеем", "М")


@pytest.mark.parametrize(
    ("name", "said"),
    [("Београд", "Београду"), ("Београд", "Beogradu"), ("Beograd", "Београдом"),
     ("Белград", "Белграде"), ("Novi Sad", "Новом Саду"), ("Novi Sad", "Novog Sada"),
     ("Нови Сад", "Novim Sadom"), ("Врачар", "Vračaru"), ("Čukarica", "Чукарици"),
     ("Čukarica", "Cukarici"), ("Москва", "Москве"), ("Нижний Новгород", "Нижнем Новгороде"),
     ("Чебоксары", "Чебоксарах"), ("Sremski Karlovci", "Sremskim Karlovcima"),
     ("Belgrade, Serbia", "Belgrade"), ("Самара", "Самаре"), ("Stara Pazova", "Staroj Pazovi"),
     ("Ниш", "Niša"), ("Санкт-Петербург", "Санкт Петербурге")],
)  # fmt: skip
def test_a_place_is_found_in_its_cases_and_scripts(name: str, said: str) -> None:
    assert finds(ways_of_place(name), *said.split())


def test_a_part_of_a_places_name_is_not_the_place() -> None:
    assert not finds(ways_of_place("Novi Sad"), "Sad")
    assert not finds(ways_of_place("Novi Sad"), "Novi")


def test_common_words_are_known() -> None:
    assert is_common_word("Вера")
    assert is_common_word("Роман")
    assert is_common_word("Will")
    assert not is_common_word("Виктор")
    assert not is_common_word("Белграда")


def test_the_register_says_which_word_is_the_surname() -> None:
    assert finds(ways_of_person("Никола Ђорђевић", "Ђорђевић"), "Đorđevićem")
    assert finds(ways_of_person("Nikola Đorđević"), "Ђорђевића")
    assert not finds(ways_of_person("Nikola Đorđević", "Đorđević"), "Николе")
    assert finds(ways_of_person("Римский-Корсаков Николай", "Римский-Корсаков"),
                 "Римского", "Корсакова")  # fmt: skip


def test_what_nobody_inflects_is_looked_for_as_it_is_written() -> None:
    long = "Щ" * 5000
    assert finds(ways_of_person(long), long)
    assert finds(ways_of_place(f"{long} Š"), long, "Š")
    assert ways_of_person("") == ways_of_place("🙂") == ()
