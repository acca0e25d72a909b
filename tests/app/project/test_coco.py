"""COCO files, both ways: polygons, masks, ids, foreign annotations, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.guidance.region import Region
from app.guidance.tracing import regions_from_map
from app.project import run_lengths
from app.project.coco import CocoDocument, CocoImage, read_coco, write_coco

SQUARE = ((2.0, 1.0), (9.5, 1.0), (9.5, 8.25), (2.0, 8.25))
HOLE = ((4.0, 3.0), (7.0, 3.0), (7.0, 6.0), (4.0, 6.0))

# Made with pycocotools 2.0.11 from the mask below.
PACKED = (
    "01k5`0iJ00000000D@3`0M@3`0M@3`0M@3`0M@3`0900000000000000000000000000000000000000000000000000"
    "X;FRE000"
)


def packed_mask() -> np.ndarray:
    mask = np.zeros((37, 53), bool)
    mask[3:20, 5:41] = True
    mask[8:12, 10:15] = False
    mask[30:, 50:] = True
    mask[0, 0] = True
    return mask


def content(**changes: Any) -> dict[str, Any]:
    """A small file of another program: ids from 0 and 1, a category of its own."""
    square = [value for point in SQUARE for value in point]
    return {
        "info": {"year": 2024},
        "licenses": [{"id": 1, "name": "CC0"}],
        "images": [
            {"id": 0, "file_name": "train\\a.jpg", "width": 20, "height": 10, "license": 1},
            {"id": 7, "file_name": "b.jpg", "width": 53, "height": 37},
        ],
        "categories": [
            {"id": 1, "name": "person", "supercategory": "animal"},
            {"id": 2, "name": "Q1"},
            {"id": 90, "name": "down-left"},
        ],
        "annotations": [
            {"id": 5, "image_id": 0, "category_id": 2, "segmentation": [square], "score": 0.5},
            {"id": 6, "image_id": 0, "category_id": 1, "segmentation": [square], "area": 54.4},
            {
                "id": 8,
                "image_id": 7,
                "category_id": 90,
                "segmentation": {"size": [37, 53], "counts": PACKED},
                "iscrowd": 1,
            },
        ],
        **changes,
    }


def written(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coco.json"


def test_another_programs_file_is_read(path: Path) -> None:
    document = read_coco(written(path, content()))
    first, second = document.images
    assert (first.file_name, first.width, first.height) == ("train/a.jpg", 20, 10)
    assert first.regions == (Region(Direction.UP_RIGHT, (SQUARE,)),)
    painted = rasterise(second.regions, 53, 37)
    assert (painted == packed_mask() * Direction.DOWN_LEFT).all()
    assert document.warnings == (f"{path}: 1 annotations of the category 'person' were left out.",)


def test_unknown_keys_ids_and_foreign_annotations_survive(path: Path) -> None:
    before = content()
    write_coco(path, read_coco(written(path, before)))
    after = json.loads(path.read_text())
    assert after["info"] == before["info"]
    assert after["licenses"] == before["licenses"]
    assert after["categories"][:3] == before["categories"]
    assert {c["name"] for c in after["categories"][3:]} == {"static", "q2", "q4"}
    assert len({c["id"] for c in after["categories"]}) == 6
    assert after["images"][0] == {**before["images"][0], "file_name": "train/a.jpg"}
    kept = {entry["id"]: entry for entry in after["annotations"]}
    assert kept[5]["score"] == 0.5
    assert kept[5]["category_id"] == 2
    assert kept[6] == before["annotations"][1]
    assert read_coco(path).images[1].regions == read_coco(written(path, before)).images[1].regions


def test_a_plain_region_is_a_polygon_with_area_and_box(path: Path) -> None:
    region = Region(Direction.UP_LEFT, (SQUARE,), "arm")
    write_coco(path, CocoDocument((CocoImage("a.png", 20, 10, (region,)),)))
    value = json.loads(path.read_text())
    (entry,) = value["annotations"]
    assert entry["segmentation"] == [[2.0, 1.0, 9.5, 1.0, 9.5, 8.25, 2.0, 8.25]]
    assert entry["area"] == pytest.approx(7.5 * 7.25)
    assert entry["bbox"] == [2.0, 1.0, 7.5, 7.25]
    assert (entry["iscrowd"], entry["name"]) == (0, "arm")
    names = {c["id"]: c["name"] for c in value["categories"]}
    assert names == {0: "static", 1: "q1", 2: "q2", 3: "q3", 4: "q4"}
    assert names[entry["category_id"]] == "q2"
    assert read_coco(path).images[0].regions == (region,)


@pytest.mark.parametrize("direction", [Direction.STATIC, Direction.DOWN_RIGHT])
def test_a_region_with_a_hole_is_a_mask_that_paints_the_same(
    path: Path, direction: Direction
) -> None:
    under = Region(Direction.UP_LEFT, (((0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (0.0, 10.0)),))
    regions = (under, Region(direction, (SQUARE, HOLE), "ring"))
    write_coco(path, CocoDocument((CocoImage("a.png", 20, 10, regions),)))
    entry = json.loads(path.read_text())["annotations"][1]
    assert entry["segmentation"]["size"] == [10, 20]
    assert sum(entry["segmentation"]["counts"]) == 200
    (image,) = read_coco(path).images
    assert [region.name for region in image.regions] == ["", "ring"]
    assert (rasterise(image.regions, 20, 10) == rasterise(regions, 20, 10)).all()


def test_an_outline_that_crosses_itself_becomes_several_polygons_of_one_annotation(
    path: Path,
) -> None:
    bow = Region(Direction.UP_RIGHT, (((0.0, 0.0), (8.0, 8.0), (8.0, 0.0), (0.0, 8.0)),), "bow")
    write_coco(path, CocoDocument((CocoImage("a.png", 20, 10, (bow,)),)))
    (entry,) = json.loads(path.read_text())["annotations"]
    assert len(entry["segmentation"]) == 2
    regions = read_coco(path).images[0].regions
    assert (rasterise(regions, 20, 10) == rasterise([bow], 20, 10)).all()


maps = arrays(
    np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.integers(0, 4)
)


@settings(deadline=None, max_examples=60)
@given(st.lists(maps, min_size=1, max_size=3))
def test_any_guidance_survives(tmp_path_factory: pytest.TempPathFactory, guidance: list) -> None:
    path = tmp_path_factory.mktemp("any") / "coco.json"
    images = tuple(
        CocoImage(f"{n}.png", g.shape[1], g.shape[0], tuple(regions_from_map(g)))
        for n, g in enumerate(guidance)
    )
    write_coco(path, CocoDocument(images))
    for image, expected in zip(read_coco(path).images, guidance, strict=True):
        assert (rasterise(image.regions, image.width, image.height) == expected).all()


@given(arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_any_mask_survives_as_run_lengths(mask: np.ndarray) -> None:
    counts = run_lengths.encode(mask)
    assert (run_lengths.decode(counts, mask.shape[1], mask.shape[0]) == mask).all()
    assert all(counts[1:])


def test_packed_counts_are_those_of_the_list() -> None:
    assert run_lengths.unpack(PACKED) == run_lengths.encode(packed_mask())


@pytest.mark.parametrize("text", ["\x00", "é", "P", "o" * 12])
def test_packed_counts_without_meaning_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="packed counts"):
        run_lengths.unpack(text)


@pytest.mark.parametrize(
    ("place", "key", "value", "field"),
    [
        (("images", 0), "id", "0", r"images\[0\].id"),
        (("images", 1), "id", 0, r"images\[1\].id"),
        (("images", 0), "file_name", 3, r"images\[0\].file_name"),
        (("images", 0), "width", 0, r"images\[0\].width"),
        (("annotations", 0), "image_id", 99, r"annotations\[0\].image_id"),
        (("annotations", 0), "category_id", 99, r"annotations\[0\].category_id"),
        (("annotations", 0), "segmentation", "text", r"annotations\[0\].segmentation"),
        (("annotations", 0), "segmentation", [[1, 2, 3, 4]], r"segmentation\[0\]"),
        (("annotations", 0), "segmentation", [[1, 2, 3, 4, 5, 1e300]], r"segmentation\[0\]"),
        (("annotations", 0), "segmentation", [[1, 2, 3, 4, 5, True]], r"segmentation\[0\]"),
        (("annotations", 2), "segmentation", {"size": [53, 37], "counts": PACKED}, "size"),
        (("annotations", 2), "segmentation", {"size": [37, 53], "counts": [1]}, "counts"),
        (("annotations", 2), "segmentation", {"size": [37, 53], "counts": [-1, 1962]}, "counts"),
        (("annotations", 2), "segmentation", {"size": [37, 53], "counts": None}, "counts"),
        (("annotations", 2), "segmentation", {"size": [37, 53], "counts": "?"}, "counts"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(
    path: Path, place: tuple[str, int], key: str, value: Any, field: str
) -> None:
    broken = content()
    broken[place[0]][place[1]][key] = value
    with pytest.raises(InputError, match=field) as caught:
        read_coco(written(path, broken))
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [{}, {"images": []}, {"images": {}, "annotations": []}])
def test_other_json_is_refused(path: Path, value: Any) -> None:
    with pytest.raises(InputError, match="not a COCO file"):
        read_coco(written(path, value))


def test_a_mask_larger_than_any_map_is_refused_before_it_is_made(path: Path) -> None:
    huge = content()
    huge["images"][1].update(width=10**6, height=10**6)
    huge["annotations"][2]["segmentation"] = {"size": [10**6, 10**6], "counts": [10**12]}
    with pytest.raises(InputError, match="too large"):
        read_coco(written(path, huge))


def test_a_region_that_encloses_nothing_leaves_the_old_file_alone(path: Path) -> None:
    written(path, content())
    before = path.read_bytes()
    line = Region(Direction.UP_RIGHT, (((1.0, 1.0), (2.0, 2.0), (3.0, 3.0)),), "line")
    with pytest.raises(InputError, match=r"a.png: regions\[0\]: .*'line'"):
        write_coco(path, CocoDocument((CocoImage("a.png", 20, 10, (line,)),)))
    assert path.read_bytes() == before
    with pytest.raises(InputError, match="exists already"):
        write_coco(path, CocoDocument(), overwrite=False)
