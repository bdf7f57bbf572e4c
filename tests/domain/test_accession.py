from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.accession import accession_key, clean_accession, next_accession
from archive_app.errors import BadValue


def test_numbers_in_accessions_sort_as_numbers() -> None:
    accessions = ["MRB-10", "mrb-9", "MRB-9a", "2022.3.11", "2022.3.2", "MRB"]
    assert sorted(accessions, key=accession_key) == [
        "2022.3.2",
        "2022.3.11",
        "MRB",
        "mrb-9",
        "MRB-9a",
        "MRB-10",
    ]


@pytest.mark.parametrize(
    ("after", "following"),
    [
        ("MRB-009", "MRB-010"),
        ("MRB-999", "MRB-1000"),
        ("2022.3.1", "2022.3.2"),
        ("OH 7b", "OH 8b"),
        ("Memoir", "Memoir-2"),
        ("", "2"),
    ],
)
def test_the_next_accession_counts_its_last_number_on(after: str, following: str) -> None:
    assert next_accession([], after=after) == following


def test_the_next_accession_passes_over_those_that_are_taken() -> None:
    assert next_accession(["MRB-002", "mrb-003"], after="MRB-001") == "MRB-004"


def test_an_accession_is_tidied_or_refused() -> None:
    assert clean_accession("  MRB\n 001 ") == "MRB 001"
    for bad in ("", " \t", "x" * 101):
        with pytest.raises(BadValue, match="accession"):
            clean_accession(bad)


@given(st.lists(st.text(max_size=6), max_size=6))
def test_any_accessions_can_be_ordered(accessions: list[str]) -> None:
    assert len(sorted(accessions, key=accession_key)) == len(accessions)
