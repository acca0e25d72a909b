"""How far regions moved goes through every format that has regions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.guidance.classes import Direction
from app.guidance.region import Region
from app.project.coco import CocoDocument, CocoImage, read_coco, write_coco
from app.project.displacements import displacement_in
from app.project.labelme import LabelmeDocument, read_labelme, write_labelme

SQUARE = ((2.0, 1.0), (9.5, 1.0), (9.5, 8.25), (2.0, 8.25))
HOLE = ((4.0, 3.0), (7.0, 3.0), (7.0, 6.0), (4.0, 6.0))
REGIONS = (
    Region(Direction.UP_RIGHT, (SQUARE,), displacement=(12.5, -3.0)),
    Region(Direction.DOWN_LEFT, (SQUARE,)),
)


def test_labelme_files_keep_it_in_a_key_of_the_shape(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_labelme(path, LabelmeDocument(REGIONS, 20, 10, "a.jpg"))
    shapes = json.loads(path.read_text())["shapes"]
    assert shapes[0]["displacement"] == [12.5, -3.0]
    assert "displacement" not in shapes[1]
    again = read_labelme(path)
    assert again.regions == REGIONS
    assert again.shape_extras[0].keys() == again.shape_extras[1].keys()


@pytest.mark.parametrize("rings", [(SQUARE,), (SQUARE, HOLE)])
def test_coco_files_keep_it_in_a_key_of_the_annotation(tmp_path: Path, rings: tuple) -> None:
    path = tmp_path / "a.json"
    told = Region(Direction.UP_RIGHT, rings, displacement=(12.5, -3.0))
    image = CocoImage("a.jpg", 20, 10, regions=(told, REGIONS[1]))
    write_coco(path, CocoDocument(images=(image,)))
    annotations = json.loads(path.read_text())["annotations"]
    assert annotations[0]["displacement"] == [12.5, -3.0]
    assert "displacement" not in annotations[1]
    regions = read_coco(path).images[0].regions
    assert [region.displacement for region in regions] == [(12.5, -3.0), None]


@pytest.mark.parametrize(
    "value", [None, "far", [1], [1, "b"], [True, -1], [-12.5, 3.0], [1e12, -1], [0, 0]]
)
def test_what_says_nothing_usable_is_not_heeded(value: Any) -> None:
    assert displacement_in({"displacement": value}, Direction.UP_RIGHT) is None
    assert displacement_in({}, Direction.UP_RIGHT) is None
