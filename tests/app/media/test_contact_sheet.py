"""Where pictures and labels lie on a contact sheet."""

from __future__ import annotations

import numpy as np
import pytest

from app.errors import InputError
from app.media.contact_sheet import contact_sheet


def block(height: int, width: int, value: int) -> np.ndarray:
    return np.full((height, width, 3), value, np.uint8)


def test_pictures_stand_side_by_side_unchanged() -> None:
    sheet = contact_sheet([[block(10, 20, 100), block(10, 5, 150)], [block(6, 8, 200)]], gap=4)
    assert sheet.shape == (4 + 10 + 4 + 6 + 4, 4 + 20 + 4 + 5 + 4, 3)
    assert (sheet[4:14, 4:24] == 100).all()
    assert (sheet[4:14, 28:33] == 150).all()
    assert (sheet[18:24, 4:12] == 200).all()
    for value, area in ((100, 200), (150, 50), (200, 48)):
        assert (sheet == value).all(axis=2).sum() == area


def test_labels_are_written_above_and_never_over_a_picture() -> None:
    rows = [[block(10, 60, 100), block(10, 60, 100)]]
    sheet = contact_sheet(rows, [["left", "right"]], gap=4, font_size=13)
    assert (sheet[21:31, 4:64] == 100).all()
    assert sheet[4:21, 4:64].max() > 150
    assert sheet[4:21, 68:128].max() > 150
    assert contact_sheet(rows, ["one label"]).shape == sheet.shape


def test_grey_and_16_bit_pictures_are_shown_too() -> None:
    grey = np.full((5, 5), 90, np.uint8)
    deep = np.full((5, 5, 3), 90 * 257, np.uint16)
    assert (contact_sheet([[grey, deep]]) == 90).all(axis=2).sum() == 50


def test_what_cannot_be_laid_out_is_refused() -> None:
    with pytest.raises(InputError, match="at least one"):
        contact_sheet([])
    with pytest.raises(InputError, match="at least one"):
        contact_sheet([[]])
    with pytest.raises(InputError, match="row 1"):
        contact_sheet([[block(4, 4, 0), block(5, 4, 0)]])
    with pytest.raises(InputError, match="2 labels"):
        contact_sheet([[block(4, 4, 0)]], ["a", "b"])
    with pytest.raises(InputError, match="pictures to label"):
        contact_sheet([[block(4, 4, 0)]], [["a", "b"]])
    with pytest.raises(InputError, match="uint8"):
        contact_sheet([[np.zeros((4, 4, 3))]])
