from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.guidance.classes import LABELS, NAMES, PALETTE, SIGNS, Direction, parse_label

# Where a squared length cannot underflow, an angle is what it seems.
component = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6)


def test_classes_have_the_signs_and_colours_of_the_paper() -> None:
    assert SIGNS.tolist() == [[0, 0], [1, -1], [-1, -1], [-1, 1], [1, 1]]
    assert PALETTE.tolist() == [[0, 0, 0], [255, 0, 0], [0, 255, 0], [255, 255, 0], [0, 0, 255]]
    assert Direction.UP_LEFT.colour == (0, 255, 0)


@pytest.mark.parametrize(
    ("vector", "expected"),
    [
        ((0, 3), Direction.DOWN_RIGHT),
        ((0, -3), Direction.UP_LEFT),
        ((3, 0), Direction.UP_RIGHT),
        ((-3, 0), Direction.DOWN_LEFT),
        ((0, 0), Direction.STATIC),
    ],
)
def test_a_vector_on_an_axis_goes_to_its_agreed_quadrant(
    vector: tuple[float, float], expected: Direction
) -> None:
    assert Direction.from_vector(*vector) is expected


@given(component, component)
def test_a_vector_off_the_axes_keeps_its_signs(dx: float, dy: float) -> None:
    if dx and dy:
        sign = (int(math.copysign(1, dx)), int(math.copysign(1, dy)))
        assert Direction.from_vector(dx, dy).sign == sign


@given(component, component)
def test_the_reversed_vector_has_the_inverse_class_also_on_the_axes(dx: float, dy: float) -> None:
    direction = Direction.from_vector(dx, dy)
    assert Direction.from_vector(-dx, -dy) is direction.inverse
    assert direction.inverse.inverse is direction


def test_a_vector_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="no direction"):
        Direction.from_vector(math.nan, 1)


@pytest.mark.parametrize("direction", list(Direction))
def test_every_spelling_of_a_label_is_understood(direction: Direction) -> None:
    spellings = [LABELS[direction], NAMES[direction], str(int(direction)), direction.label.upper()]
    spellings += [NAMES[direction].replace("-", " "), NAMES[direction].replace("-", "_")]
    if direction:
        roman = ("I", "II", "III", "IV")[direction - 1]
        spellings += [roman, roman.lower(), f" {roman} ", f"quadrant {roman}"]
    assert [parse_label(text) for text in spellings] == [direction] * len(spellings)
    assert parse_label(direction.long_name).label == direction.label


@pytest.mark.parametrize("text", ["", "q5", "5", "-1", "person", "VI", "1.0", "x" * 5000])
def test_a_label_that_is_no_direction_is_refused_in_one_short_sentence(text: str) -> None:
    with pytest.raises(InputError, match="is not a direction") as caught:
        parse_label(text)
    assert len(str(caught.value)) < 200
