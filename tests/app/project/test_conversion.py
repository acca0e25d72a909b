"""Converting and counting the labels of whole folders, with files as people have them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
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
from app.project.conversion import convert_folder, existing_targets
from app.project.document import load_project, new_project, project_path_for, save_project
from app.project.folder_values import Conversion, LabelFormat
from app.project.folders import project_of
from app.project.label_sources import SUFFIXES
from app.project.masks import read_guidance_npy, read_guidance_png, write_guidance_png
from app.project.statistics import count_folder

WIDTH, HEIGHT = 24, 16
SQUARE = ((2.0, 1.0), (12.0, 1.0), (12.0, 9.0), (2.0, 9.0))
HOLE = ((4.0, 3.0), (7.0, 3.0), (7.0, 6.0), (4.0, 6.0))
REGIONS = (
    Region(Direction.UP_LEFT, (SQUARE, HOLE), "arm"),
    Region(Direction.STATIC, (((5.0, 5.0), (9.0, 5.0), (9.0, 7.0)),), "hand"),
)
OTHERS = [LabelFormat.LABELME, LabelFormat.COCO, LabelFormat.PNG, LabelFormat.NPY]


def make_photo(path: Path, width: int = WIDTH, height: int = HEIGHT) -> Path:
    cv2.imwrite(str(path), np.full((height, width, 3), 90, np.uint8))
    return path


def label(photo: Path, regions: tuple[Region, ...] = REGIONS, **remarks: object) -> Path:
    path = project_path_for(photo)
    project = new_project(photo, WIDTH, HEIGHT, regions, path)
    save_project(project.model_copy(update=remarks), path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One labelled and done photo, one with a note only, one untouched."""
    path = tmp_path / "photos"
    path.mkdir()
    label(make_photo(path / "p1.png"), done=True, note="sharp enough ✓")
    label(make_photo(path / "p2.jpg"), (), note="which way?")
    make_photo(path / "p10.png")
    return path


def convert(folder: Path, to: LabelFormat, out: Path | None, **rest: object) -> Conversion:
    return convert_folder(folder, to, out, lambda *_: None, **rest)  # type: ignore[arg-type]


def out_for(tmp_path: Path, to: LabelFormat) -> Path:
    return tmp_path / "out" / ("coco.json" if to == LabelFormat.COCO else to.value)


def painted(photo: Path) -> np.ndarray:
    found = project_of(photo)
    assert found is not None
    return rasterise(found[1].to_regions(), WIDTH, HEIGHT)


@pytest.mark.parametrize("to", OTHERS)
def test_there_and_back_gives_the_same_guidance_and_remarks(
    folder: Path, tmp_path: Path, to: LabelFormat
) -> None:
    out = out_for(tmp_path, to)
    there = convert(folder, to, out)
    assert [photo.name for photo in there.photos] == ["p1.png", "p2.jpg"]
    assert [photo.name for photo in there.unlabelled] == ["p10.png"]
    assert there.problems == ()
    bare = tmp_path / "bare"
    bare.mkdir()
    for photo in ("p1.png", "p2.jpg", "p10.png"):
        shutil.copy(folder / photo, bare)
    back = convert(bare, LabelFormat.PROJECT, None, source=out)
    assert back.problems == ()
    assert (painted(bare / "p1.png") == rasterise(REGIONS, WIDTH, HEIGHT)).all()
    if to in (LabelFormat.LABELME, LabelFormat.COCO):
        first, second = (
            load_project(bare / "p1.unspool.json"),
            load_project(bare / "p2.unspool.json"),
        )
        assert (first.done, first.note) == (True, "sharp enough ✓")
        assert (second.done, second.note) == (False, "which way?")
        assert [region.name for region in first.to_regions()] == ["arm", "hand"]
    assert not (bare / "p10.unspool.json").exists()


rough_maps = arrays(np.uint8, (HEIGHT, WIDTH), elements=st.integers(0, 4))


@settings(deadline=None, max_examples=25)
@given(guidance=rough_maps, to=st.sampled_from(OTHERS))
def test_any_map_survives_every_format(
    tmp_path_factory: pytest.TempPathFactory, guidance: np.ndarray, to: LabelFormat
) -> None:
    root = tmp_path_factory.mktemp("any")
    photo = make_photo(root / "p.png")
    label(photo, tuple(regions_from_map(guidance)), done=True)
    out = out_for(root, to)
    assert convert(root, to, out).problems == ()
    project_path_for(photo).unlink()
    assert convert(root, LabelFormat.PROJECT, None, source=out).problems == ()
    if guidance.any():
        assert (painted(photo) == guidance).all()


def test_maps_are_written_as_the_networks_read_them(folder: Path, tmp_path: Path) -> None:
    convert(folder, LabelFormat.PNG, tmp_path / "png")
    convert(folder, LabelFormat.NPY, tmp_path / "npy")
    expected = rasterise(REGIONS, WIDTH, HEIGHT)
    assert (read_guidance_png(tmp_path / "png" / "p1.png") == expected).all()
    assert (read_guidance_npy(tmp_path / "npy" / "p1.npy") == expected).all()


def test_one_bad_photo_is_named_and_stops_nobody(folder: Path, tmp_path: Path) -> None:
    (folder / "p3.png").write_bytes(b"no photo")
    project_path_for(make_photo(folder / "p4.png")).write_text("{ broken")
    line = Region(Direction.UP_RIGHT, (((1.0, 1.0), (2.0, 2.0), (3.0, 3.0)),), "line")
    label(make_photo(folder / "p5.png"), (line,))
    label(make_photo(folder / "p6.png", 30, 30))
    for to in OTHERS:
        done = convert(folder, to, out_for(tmp_path, to))
        assert {photo.name for photo in done.photos} >= {"p1.png", "p2.jpg"}
        for name in ("p3", "p4", "p5", "p6"):
            told = [problem for problem in done.problems if name in problem]
            assert len(told) == 1, (to, name, done.problems)


def test_nothing_is_replaced_unless_asked(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels"
    out.mkdir()
    (out / "p1.png").write_bytes(b"mine")
    done = convert(folder, LabelFormat.PNG, out)
    assert done.kept == (out / "p1.png",)
    assert (out / "p1.png").read_bytes() == b"mine"
    assert done.files == (out / "p2.png",)
    assert existing_targets(folder, LabelFormat.PNG, out) == [out / "p1.png", out / "p2.png"]
    convert(folder, LabelFormat.PNG, out, overwrite=True)
    assert (read_guidance_png(out / "p1.png") == rasterise(REGIONS, WIDTH, HEIGHT)).all()
    coco = tmp_path / "coco.json"
    coco.write_text("mine")
    with pytest.raises(InputError, match="exists already"):
        convert(folder, LabelFormat.COCO, coco)
    with pytest.raises(InputError, match="not valid JSON"):
        convert(folder, LabelFormat.COCO, coco, overwrite=True)
    assert coco.read_text() == "mine"


def test_a_photo_is_never_replaced_by_its_labels(folder: Path) -> None:
    before = (folder / "p1.png").read_bytes()
    done = convert(folder, LabelFormat.PNG, folder / ".." / "photos", overwrite=True)
    assert (folder / "p1.png").read_bytes() == before
    assert any("p1.png is a photo" in problem for problem in done.problems)


def test_a_photo_is_not_taken_for_its_own_guidance(tmp_path: Path) -> None:
    write_guidance_png(tmp_path / "p.png", np.zeros((HEIGHT, WIDTH), np.uint8))
    done = convert(tmp_path, LabelFormat.PROJECT, None)
    assert done.unlabelled == (tmp_path / "p.png",)


@pytest.mark.parametrize("to", OTHERS)
def test_photos_that_share_a_stem_keep_their_own_labels(
    folder: Path, tmp_path: Path, to: LabelFormat
) -> None:
    twin = make_photo(folder / "p1.bmp")
    other = (Region(Direction.DOWN_RIGHT, (SQUARE,)),)
    path = folder / "p1.bmp.unspool.json"
    save_project(new_project(twin, WIDTH, HEIGHT, other, path), path)
    out = out_for(tmp_path, to)
    convert(folder, to, out)
    if to != LabelFormat.COCO:
        names = {path.name for path in out.iterdir()}
        assert {f"p1.bmp{SUFFIXES[to]}", f"p1.png{SUFFIXES[to]}", f"p2{SUFFIXES[to]}"} == names
    for project in folder.glob("*.unspool.json"):
        project.unlink()
    assert convert(folder, LabelFormat.PROJECT, None, source=out).problems == ()
    assert (painted(twin) == rasterise(other, WIDTH, HEIGHT)).all()
    assert (painted(folder / "p1.png") == rasterise(REGIONS, WIDTH, HEIGHT)).all()


def test_replacing_keeps_what_the_files_hold_besides(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "labelme"
    convert(folder, LabelFormat.LABELME, out)
    value = json.loads((out / "p1.json").read_text())
    value["imageData"], value["flags"]["checked"] = "abc", True
    value["shapes"][1]["group_id"] = 4
    (out / "p1.json").write_text(json.dumps(value))
    convert(folder, LabelFormat.LABELME, out, overwrite=True)
    value = json.loads((out / "p1.json").read_text())
    assert value["imageData"] == "abc"
    assert value["flags"] == {"checked": True, "done": True}
    assert value["shapes"][1]["group_id"] == 4

    project = folder / "p1.unspool.json"
    stored = load_project(project)
    render = stored.render.model_copy(update={"fps": 25.0})
    save_project(stored.model_copy(update={"render": render}), project)
    convert(folder, LabelFormat.PNG, tmp_path / "png")
    done = convert(folder, LabelFormat.PROJECT, None, source=tmp_path / "png", overwrite=True)
    assert project in done.files
    stored = load_project(project)
    assert (stored.render.fps, stored.done, stored.note) == (25.0, True, "sharp enough ✓")


def test_a_coco_file_keeps_its_ids_and_the_images_of_other_folders(
    folder: Path, tmp_path: Path
) -> None:
    coco = tmp_path / "photos" / "coco.json"
    convert(folder, LabelFormat.COCO, coco)
    value = json.loads(coco.read_text())
    value["images"][0]["id"] = 77
    for entry in value["annotations"]:
        entry["image_id"], entry["attributes"] = 77, {"by": "me"}
    value["images"].append({"id": 5, "file_name": "else/where.png", "width": 3, "height": 3})
    coco.write_text(json.dumps(value))
    convert(folder, LabelFormat.COCO, coco, overwrite=True)
    again = json.loads(coco.read_text())
    assert {i["file_name"]: i["id"] for i in again["images"]}["p1.png"] == 77
    assert {i["file_name"] for i in again["images"]} == {"p1.png", "p2.jpg", "else/where.png"}
    # The one with a hole is traced anew; the other is the same region and keeps its keys.
    assert {"by": "me"} in [entry.get("attributes") for entry in again["annotations"]]
    done = convert(folder, LabelFormat.PNG, tmp_path / "png", source=coco)
    assert any("1 images are no photos" in warning for warning in done.warnings)


def test_a_coco_image_of_another_size_is_refused(folder: Path, tmp_path: Path) -> None:
    coco = tmp_path / "coco.json"
    convert(folder, LabelFormat.COCO, coco)
    make_photo(folder / "p1.png", WIDTH + 1, HEIGHT)
    done = convert(folder, LabelFormat.PNG, tmp_path / "png", source=coco)
    assert [photo.name for photo in done.photos] == ["p2.jpg"]
    assert "p1.png has 24 x 16 pixels there, but the photo has 25 x 16" in done.problems[0]


def test_cancelling_between_photos_leaves_whole_files_and_no_coco(
    folder: Path, tmp_path: Path
) -> None:
    def stop_at_second(done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    for to in (LabelFormat.COCO, LabelFormat.PNG):
        with pytest.raises(KeyboardInterrupt):
            convert_folder(folder, to, out_for(tmp_path, to), stop_at_second)
    assert not out_for(tmp_path, LabelFormat.COCO).exists()
    assert [p.name for p in out_for(tmp_path, LabelFormat.PNG).iterdir()] == ["p1.png"]


def test_a_source_that_does_not_fit_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="COCO labels are one JSON file"):
        convert(folder, LabelFormat.PROJECT, None, source=tmp_path, source_format=LabelFormat.COCO)
    with pytest.raises(InputError, match="not a COCO file"):
        convert(folder, LabelFormat.PROJECT, None, source=folder / "p1.unspool.json")
    with pytest.raises(InputError, match="no such file"):
        convert(folder, LabelFormat.PROJECT, None, source=tmp_path / "none")
    with pytest.raises(InputError, match="holds no photos"):
        convert(tmp_path, LabelFormat.PNG, tmp_path / "out")


def test_states_regions_and_pixels_are_counted(folder: Path) -> None:
    label(make_photo(folder / "p3.png"), (Region(Direction.UP_LEFT, (SQUARE,)),))
    label(make_photo(folder / "p4.png"), (), done=True)
    project_path_for(make_photo(folder / "p5.png")).write_text("{ broken")
    found = count_folder(folder, lambda *_: None)
    assert found.states == {"done": 2, "draft": 2, "untouched": 1, "unreadable": 1}
    assert (found.photos, found.notes) == (6, 2)
    assert [c.label for c in found.classes] == ["static", "q1", "q2", "q3", "q4"]
    static, _, up_left, *_ = found.classes
    expected = int((rasterise(REGIONS, WIDTH, HEIGHT) == Direction.UP_LEFT).sum()) + 80
    assert (up_left.photos, up_left.regions, up_left.pixels) == (2, 2, expected)
    assert (static.photos, static.regions) == (3, 1)
    assert found.pixels == 3 * WIDTH * HEIGHT == sum(c.pixels for c in found.classes)
    assert sum(found.share(c) for c in found.classes) == pytest.approx(1)
    assert len(found.problems) == 1
    assert "p5" in found.problems[0]


def test_counting_a_folder_without_labels_divides_by_nothing(tmp_path: Path) -> None:
    make_photo(tmp_path / "p.png")
    found = count_folder(tmp_path, lambda *_: None)
    assert [found.share(c) for c in found.classes] == [0.0] * 5
