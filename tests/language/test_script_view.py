"""The same Serbian text in the other script: a view in which every offset stays true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.language.script_view import Script, ScriptView, other_script, script_of
from archive_app.language.transliteration import serbian_cyrillic

CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџшАЉЊЏШЈ"
LATIN = "abcčćdđefghijklmnoprsštuvzžLNDJŽ\u030c"
OTHERS = " .,-[]1éыqжљǉ\u0301\u00ad\U0001f600"

texts = st.text(CYRILLIC + LATIN + OTHERS, max_size=40)
views = st.builds(ScriptView, texts, st.sampled_from(Script))


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Ljubav i njegov džep.", "Љубав и његов џеп."),
        ("LJUBAV NJEGOŠ, DŽEZ", "ЉУБАВ ЊЕГОШ, ЏЕЗ"),
        ("nadživeti, podžupan, odžaliti", "надживети, поджупан, оджалити"),
        ("odžak, Odžaci, nadžak", "оџак, Оџаци, наџак"),
        ("injekcija, konjunktura, vanjezički", "инјекција, конјунктура, ванјезички"),
        ("Beograd [unclear] ćao", "Београд [unclear] ћао"),
        ("na www.b92.net/ljubav ili ana@nj.rs danas", "на www.b92.net/ljubav или ana@nj.rs данас"),
        ("Wi-Fi, Google-a, Windows i srpsko-ruski", "Wi-Fi, Google-a, Windows и српско-руски"),
        ("u XX i II veku", "у XX и II веку"),
    ],
)
def test_words_are_shown_in_cyrillic_and_what_is_foreign_stays(latin: str, cyrillic: str) -> None:
    assert ScriptView(latin, Script.CYRILLIC).shown == cyrillic
    assert ScriptView(cyrillic, Script.LATIN).shown == latin


def test_decomposed_letters_are_one_letter() -> None:
    view = ScriptView("s\u030cis\u030canje dz\u030cez", Script.CYRILLIC)
    assert view.shown == "шишање џез"
    assert view.span_to_kept(1, 2) == (2, 3)


def test_russian_words_are_not_made_latin() -> None:
    assert ScriptView("рекла је был и ещё", Script.LATIN).shown == "rekla je был i ещё"


def test_a_tag_lies_on_the_same_word_in_both_scripts() -> None:
    kept = "Voljena njiva, ljubav i džem"
    view = ScriptView(kept, Script.CYRILLIC)
    for word in kept.replace(",", "").split():
        at = kept.index(word)
        start, end = view.span_to_shown(at, at + len(word))
        assert view.shown[start:end] == serbian_cyrillic(word)
        assert view.span_to_kept(start, end) == (at, at + len(word))


@given(texts)
def test_every_offset_of_cyrillic_text_comes_back(text: str) -> None:
    view = ScriptView(text, Script.LATIN)
    assert [view.to_kept(view.to_shown(x)) for x in range(len(text) + 1)] == list(
        range(len(text) + 1)
    )


@given(views)
def test_offsets_come_back_but_those_within_a_letter_which_give_its_start(view: ScriptView) -> None:
    for x in range(len(view.kept) + 1):
        back = view.to_kept(view.to_shown(x))
        start, end = view.span_to_kept(*view.span_to_shown(x, x))
        assert back == start <= x <= end
        assert end - start <= 3
        assert back == x or end > x
    for y in range(len(view.shown) + 1):
        back = view.to_shown(view.to_kept(y))
        start, end = view.span_to_shown(*view.span_to_kept(y, y))
        assert back == start <= y <= end


@given(views)
def test_offsets_never_run_backwards_and_ends_are_ends(view: ScriptView) -> None:
    shown = [view.to_shown(x) for x in range(len(view.kept) + 1)]
    kept = [view.to_kept(y) for y in range(len(view.shown) + 1)]
    assert shown == sorted(shown)
    assert kept == sorted(kept)
    assert (shown[0], shown[-1]) == (0, len(view.shown))
    assert (kept[0], kept[-1]) == (0, len(view.kept))


@given(st.lists(st.text(CYRILLIC[:30], min_size=1, max_size=8), max_size=8))
def test_spans_of_words_cover_the_words_shown(words: list[str]) -> None:
    kept = " ".join(words)
    view = ScriptView(kept, Script.LATIN)
    shown = view.shown.split()
    assert len(shown) == len(words)
    at = 0
    for number, word in enumerate(words):
        start, end = view.span_to_shown(at, at + len(word))
        assert view.shown[start:end] == shown[number]
        at += len(word) + 1


@pytest.mark.parametrize(
    ("language", "sample", "script"),
    [
        ("sr-Cyrl", "", Script.LATIN),
        ("sr-Latn-RS", "", Script.CYRILLIC),
        ("sr", "Добар дан свима", Script.LATIN),
        ("sr", "Dobar dan svima", Script.CYRILLIC),
        ("ru", "Добрый день", None),
        ("en", "", None),
    ],
)
def test_only_serbian_and_its_sisters_have_another_script(
    language: str, sample: str, script: Script | None
) -> None:
    assert other_script(language, sample) is script


def test_the_script_of_a_text_is_that_of_most_of_its_letters() -> None:
    assert script_of("") is Script.LATIN
    assert script_of("Живим у Beogradu одавно") is Script.CYRILLIC
