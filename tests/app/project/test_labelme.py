from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.guidance.region import Region
from app.guidance.tracing import regions_from_map
from app.project.labelme import LabelmeDocument, read_labelme, write_labelme
from app.project.source import load_guidance

SQUARE = [[1, 1], [7, 1], [7, 5], [1, 5]]


def shape(label: str | None = "q1", points: Any = SQUARE, **other: Any) -> dict[str, Any]:
    return {"label": label, "points": points, "shape_type": "polygon", **other}


def write(folder: Path, *shapes: Any, **other: Any) -> Path:
    content = {
        "version": "5.4.1",
        "flags": {},
        "shapes": list(shapes),
        "imagePath": "photo.png",
        "imageData": None,
        "imageHeight": 6,
        "imageWidth": 8,
        **other,
    }
    path = folder / "photo.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_polygons_become_regions_in_their_order(tmp_path: Path) -> None:
    path = write(tmp_path, shape("q2", description="arm"), shape("IV"), shape("static"), shape("3"))
    document = read_labelme(path)
    assert [int(region.direction) for region in document.regions] == [2, 4, 0, 3]
    assert document.regions[0] == Region(
        Direction.UP_LEFT, (((1.0, 1.0), (7.0, 1.0), (7.0, 5.0), (1.0, 5.0)),), "arm"
    )
    assert (document.width, document.height, document.image_path) == (8, 6, "photo.png")
    assert document.warnings == ()


def test_a_file_of_ours_has_the_keys_that_labelme_expects(tmp_path: Path) -> None:
    path = tmp_path / "photo.json"
    region = Region(Direction.DOWN_RIGHT, (((0.0, 0.0), (4.5, 0.0), (4.5, 3.0)),), "dog")
    write_labelme(path, LabelmeDocument((region,), 8, 6, "photo.png"))
    content = json.loads(path.read_text(encoding="utf-8"))
    assert set(content) == {
        "version", "flags", "shapes", "imagePath", "imageData", "imageHeight", "imageWidth",
    }  # fmt: skip
    assert content["imageData"] is None
    assert (content["imagePath"], content["imageHeight"], content["imageWidth"]) == (
        "photo.png", 6, 8,
    )  # fmt: skip
    assert content["shapes"] == [
        {
            "label": "q4",
            "points": [[0.0, 0.0], [4.5, 0.0], [4.5, 3.0]],
            "group_id": None,
            "description": "dog",
            "shape_type": "polygon",
            "flags": {},
            "mask": None,
        }
    ]
    assert read_labelme(path).regions == (region,)


def test_unknown_keys_survive_a_round_trip(tmp_path: Path) -> None:
    line = shape("a line", [[0, 0], [5, 5]], shape_type="line", weight=3)
    path = write(
        tmp_path,
        shape("q1", group_id=7, flags={"occluded": True}, reviewer="Ann"),
        line,
        shape("q3"),
        imageData="aGVsbG8=",
        project={"name": "demo"},
        flags={"checked": True},
    )
    write_labelme(path, read_labelme(path))
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["project"] == {"name": "demo"}
    assert content["flags"] == {"checked": True}
    assert (content["imageData"], content["version"]) == ("aGVsbG8=", "5.4.1")
    assert [s["label"] for s in content["shapes"]] == ["q1", "q3", "a line"]
    assert content["shapes"][0]["reviewer"] == "Ann"
    assert content["shapes"][0]["group_id"] == 7
    assert content["shapes"][0]["flags"] == {"occluded": True}
    assert content["shapes"][2] == line


def test_rectangles_and_circles_are_regions_too(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        shape("q1", [[6, 4], [2, 1]], shape_type="rectangle"),
        shape("q2", [[40.5, 40.5], [60.5, 40.5]], shape_type="circle"),
        imageWidth=90,
        imageHeight=80,
    )
    guidance = load_guidance(path, 90, 80)
    assert (guidance[1:4, 2:6] == 1).all()
    assert (guidance == 1).sum() == 12
    y, x = np.mgrid[:80, :90]
    distance = np.hypot(x - 40, y - 40)
    assert (guidance[distance < 19.9] == 2).all()
    assert (guidance[distance > 20.1] != 2).all()


@pytest.mark.parametrize("kind", ["point", "line", "linestrip", "mask", "points"])
def test_shapes_that_enclose_nothing_are_left_out_with_a_warning(
    tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = write(tmp_path, shape("q1"), shape("person", [[1, 1]], shape_type=kind))
    document = read_labelme(path)
    assert len(document.regions) == 1
    assert len(document.warnings) == 1
    assert f"shapes[1]: a shape of type '{kind}'" in document.warnings[0]
    load_guidance(path, 8, 6)
    assert caplog.messages == [document.warnings[0]]


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        (shape("person"), r"shapes\[1\].label: 'person' is not a direction"),
        (shape(None), r"shapes\[1\].label: .*nothing"),
        (shape(points=None), r"shapes\[1\].points: "),
        (shape(points=[[1, 1], [2, 2]]), r"shapes\[1\].points: .*not 2"),
        (shape(points=[[1, 1], [2, "2"], [3, 1]]), r"shapes\[1\].points\[1\]: "),
        (shape(points=[[1, 1], [2, 2, 2], [3, 1]]), r"shapes\[1\].points\[1\]: "),
        (shape(points=[[1, 1], [2, 1e200], [3, 1]]), r"shapes\[1\].points\[1\]: "),
        (shape(points=[[1, 1], [2, 10**400], [3, 1]]), r"shapes\[1\].points\[1\]: "),
        (shape(points=[[1, 1]], shape_type="circle"), r"shapes\[1\].points: a circle"),
        (shape(description=5), r"shapes\[1\].description: "),
        ("a text", r"shapes\[1\]: "),
    ],
)
def test_a_wrong_shape_is_refused_by_its_number(tmp_path: Path, broken: Any, field: str) -> None:
    path = write(tmp_path, shape(), broken)
    with pytest.raises(InputError, match=field) as caught:
        read_labelme(path)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("imageWidth", None),
        ("imageWidth", 0),
        ("imageHeight", "6"),
        ("imageHeight", True),
        ("imagePath", 5),
        ("shapes", {}),
    ],
)
def test_a_wrong_field_of_the_file_is_named(tmp_path: Path, key: str, value: Any) -> None:
    path = write(tmp_path, **{"shapes": [], key: value} if key == "shapes" else {key: value})
    with pytest.raises(InputError, match=key):
        read_labelme(path)


def test_infinite_coordinates_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, shape(points=[[1, 1], [float("inf"), 2], [3, 1]]))
    with pytest.raises(InputError, match="Infinity"):
        read_labelme(path)


def test_backslashes_in_the_image_path_are_understood(tmp_path: Path) -> None:
    path = write(tmp_path, imagePath="..\\photos\\a.png")
    assert read_labelme(path).image_path == "../photos/a.png"


@given(
    hnp.arrays(np.uint8, st.tuples(st.just(9), st.just(11)), elements=st.integers(0, 1))
    | hnp.arrays(np.uint8, st.tuples(st.just(9), st.just(11)), elements=st.integers(0, 4))
)
@settings(max_examples=60)
def test_holed_regions_rasterise_to_the_same_map_after_a_round_trip(
    tmp_path_factory: pytest.TempPathFactory, guidance: np.ndarray
) -> None:
    path = tmp_path_factory.mktemp("holes") / "photo.json"
    regions = tuple(regions_from_map(guidance))
    write_labelme(path, LabelmeDocument(regions, 11, 9))
    read = read_labelme(path).regions
    assert all(len(region.rings) == 1 for region in read)
    np.testing.assert_array_equal(rasterise(read, 11, 9), guidance)
    np.testing.assert_array_equal(load_guidance(path, 11, 9), guidance)


def test_a_region_with_two_slanted_holes_keeps_them(tmp_path: Path) -> None:
    ring = ((0.0, 0.0), (39.3, 1.7), (38.2, 29.1), (20.0, 12.0), (1.1, 28.4))
    holes = (((4.1, 3.3), (9.9, 4.2), (6.0, 9.7)), ((28.1, 4.4), (33.3, 5.5), (30.2, 11.0)))
    region = Region(Direction.UP_LEFT, (ring, *holes))
    path = tmp_path / "photo.json"
    write_labelme(path, LabelmeDocument((region,), 40, 30))
    expected = rasterise([region], 40, 30)
    np.testing.assert_array_equal(rasterise(read_labelme(path).regions, 40, 30), expected)
    np.testing.assert_array_equal(load_guidance(path, 40, 30), expected)
    assert (expected == 0)[5, 6]
