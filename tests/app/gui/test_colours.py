"""The colour set for colour-blind eyes: measured, chosen in the menu, remembered, not in files."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from app.gui.drawing.glyphs import COLOURS, chosen_colours
from app.gui.window import MainWindow
from app.project.masks import read_guidance_png

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
EYES = {
    "all cones": np.eye(3),
    "no red cones": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green cones": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "no blue cones": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def least_difference(name: str, eyes: str) -> float:
    """The smallest CIE Lab distance between two colours of a set, as such eyes see them."""
    encoded = np.array(list(COLOURS[name].values())) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(EYES[eyes]).T, 0, 1)
    shown = np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055)
    lab = cv2.cvtColor(shown[None].astype(np.float32), cv2.COLOR_RGB2LAB)[0]
    return min(float(np.linalg.norm(one - other)) for one, other in combinations(lab, 2))


@pytest.mark.parametrize("eyes", list(EYES))
def test_the_distinct_colours_are_told_apart_by_all_eyes(eyes: str) -> None:
    assert least_difference("distinct", eyes) > 30


def test_the_colours_of_the_figure_are_not() -> None:
    assert least_difference("figure", "no red cones") < 10


def shown(window: MainWindow) -> tuple[int, int, int]:
    """The colour most seen in the square."""
    window.editor.select(None)
    window.overlay_panel.opacity.setValue(100)
    image = window.canvas.grab().toImage()
    place = window.canvas.viewportTransform().map(QPointF(26, 16)) * image.devicePixelRatio()
    seen = [
        QColor(image.pixel(int(place.x()) + x, int(place.y()) + y)).getRgb()[:3]
        for x in range(26)
        for y in range(26)
    ]
    return max(set(seen), key=seen.count)


def test_the_choice_is_seen_at_once_and_remembered_but_files_keep_their_colours(
    square: MainWindow, tmp_path: Path
) -> None:
    action = square.actions_by_name["distinct_colours"]
    assert shown(square) == (255, 0, 0)
    action.trigger()
    assert shown(square) == (204, 68, 0)
    assert square.preferences.colours() == "distinct"
    path = tmp_path / "guidance.png"
    assert square.controller.export_guidance(path)
    assert read_guidance_png(path).max() == 1
    assert (cv2.imread(str(path))[30, 40] == (0, 0, 255)).all()
    action.trigger()
    assert shown(square) == (255, 0, 0)
    assert chosen_colours() == "figure"
