"""Coordinates as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.domain.coordinates import format_coordinates, parse_coordinates
from archive_app.errors import BadValue


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("44.8125, 20.4612", (44.8125, 20.4612)),
        ("44.8125 20.4612", (44.8125, 20.4612)),
        ("-33.5; 151", (-33.5, 151.0)),
        ("44°48′45″N 20°27′40″E", (44.8125, 20.461111)),
        ("20°27'40\"E, 44°48'45\"N", (44.8125, 20.461111)),
        ("55°45′С 37°37′В", (55.75, 37.616667)),
        ("12.5 S, 70 W", (-12.5, -70.0)),
    ],
)
def test_takes_what_maps_and_people_write(text: str, wanted: tuple[float, float]) -> None:
    found = parse_coordinates(text)
    assert found == pytest.approx(wanted, abs=1e-5)


def test_nothing_is_nowhere() -> None:
    assert parse_coordinates("  ") is None
    assert format_coordinates(None, 20.0) == ""


@pytest.mark.parametrize(
    "text", ["Belgrade", "91, 20", "44, 181", "44", "44N 20N", "44N 20", "44°61′N 20°E", "1,2,3"]
)
def test_refuses_what_is_no_place(text: str) -> None:
    with pytest.raises(BadValue, match="no place on the earth"):
        parse_coordinates(text)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_reads_again_what_it_shows(latitude: float, longitude: float) -> None:
    shown = format_coordinates(round(latitude, 5), round(longitude, 5))
    assert parse_coordinates(shown) == pytest.approx((latitude, longitude), abs=2e-5)
