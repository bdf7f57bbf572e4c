"""A dossier's layout is kept as settings, and what is kept wrongly does no harm."""

from __future__ import annotations

import random
from dataclasses import fields
from enum import StrEnum
from typing import Any

import pytest

from archive_app.domain.records import Dossier
from archive_app.dossier.design import Design, Layout, Paper
from archive_app.work.dossier_design import DESIGN_KEYS, design_from, design_of, settings_of


def some_design(chance: random.Random) -> Design:
    values: dict[str, Any] = {}
    for field in fields(Design):
        value = getattr(Design(), field.name)
        if isinstance(value, StrEnum):
            values[field.name] = chance.choice(list(type(value)))
        elif isinstance(value, bool):
            values[field.name] = chance.random() < 0.5
        else:
            values[field.name] = chance.randint(1, 86_400)
    return Design(**values)


@pytest.mark.parametrize("seed", range(30))
def test_a_design_is_read_as_it_was_kept(seed: int) -> None:
    design = some_design(random.Random(seed))
    settings = settings_of(design)
    assert set(settings) == DESIGN_KEYS
    assert design_of(Dossier(1, "", "D", settings=settings)) == design


def test_every_choice_of_a_design_is_kept() -> None:
    assert len(DESIGN_KEYS) == len(fields(Design))


@pytest.mark.parametrize("wrong", ["", "nonsense", "-1", "0", "99999999999999999999", "٣", "½"])
def test_what_is_kept_wrongly_is_the_default(wrong: str) -> None:
    assert design_from(dict.fromkeys(DESIGN_KEYS, wrong)) == Design()


def test_settings_from_before_layouts_were_kept_still_hold() -> None:
    assert design_from({"paper": "A5"}) == Design(paper=Paper.A5)
    assert design_from({}).layout is Layout.VOLUME
