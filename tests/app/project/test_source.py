from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.guidance.tracing import regions_from_map
from app.project.document import PhotoReference, ProjectDocument, save_project
from app.project.labelme import LabelmeDocument, write_labelme
from app.project.masks import write_guidance_npy, write_guidance_png
from app.project.source import load_guidance

GUIDANCE = np.array([[0, 1, 2], [3, 4, 1]], np.uint8).repeat(4, axis=0).repeat(4, axis=1)
HEIGHT, WIDTH = GUIDANCE.shape


def save(path: Path, regions: list[Region], width: int = WIDTH, height: int = HEIGHT) -> Path:
    photo = PhotoReference(path="photo.png", width=width, height=height)
    save_project(ProjectDocument(photo=photo).with_regions(regions), path)
    return path


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    regions = regions_from_map(GUIDANCE)
    paths = {kind: tmp_path / kind for kind in ("map.png", "map.npy", "labelme.json", "p.json")}
    write_guidance_png(paths["map.png"], GUIDANCE)
    write_guidance_npy(paths["map.npy"], GUIDANCE)
    write_labelme(paths["labelme.json"], LabelmeDocument(tuple(regions), WIDTH, HEIGHT))
    save(paths["p.json"], regions)
    return paths


def test_every_kind_of_file_gives_the_same_map(files: dict[str, Path]) -> None:
    for path in files.values():
        np.testing.assert_array_equal(load_guidance(path, WIDTH, HEIGHT), GUIDANCE)


def test_the_content_tells_the_kind_whatever_the_name(
    files: dict[str, Path], tmp_path: Path
) -> None:
    for path in files.values():
        disguised = path.rename(tmp_path / "guidance.dat")
        np.testing.assert_array_equal(load_guidance(disguised, WIDTH, HEIGHT), GUIDANCE)


def test_guidance_for_another_size_is_refused_with_both_sizes(files: dict[str, Path]) -> None:
    for path in files.values():
        with pytest.raises(InputError, match=r"12 x 8 .* 640 x 480") as caught:
            load_guidance(path, 640, 480)
        assert str(path) in str(caught.value)


def test_half_size_signs_are_enlarged(tmp_path: Path) -> None:
    write_guidance_npy(tmp_path / "half.npy", GUIDANCE[::2, ::2])
    np.testing.assert_array_equal(load_guidance(tmp_path / "half.npy", WIDTH, HEIGHT), GUIDANCE)


def test_regions_are_repaired_and_clipped_before_painting(tmp_path: Path) -> None:
    bow_tie = Region(Direction.UP_LEFT, (((-4, 0), (12, 8), (12, 0), (-4, 8)),))
    guidance = load_guidance(save(tmp_path / "p.json", [bow_tie]), WIDTH, HEIGHT)
    assert guidance[4, 0] == 2
    assert guidance[4, 11] == 2
    assert guidance[0, 6] == 0


def test_a_region_beyond_repair_is_refused_by_file_number_and_name(tmp_path: Path) -> None:
    good = Region(Direction.UP_LEFT, (((0, 0), (5, 0), (5, 5)),))
    outside = Region(Direction.UP_LEFT, (((50, 50), (55, 50), (55, 55)),), "lost ball")
    path = save(tmp_path / "p.json", [good, outside])
    with pytest.raises(InputError, match=r"regions\[1\].*'lost ball'") as caught:
        load_guidance(path, WIDTH, HEIGHT)
    assert str(path) in str(caught.value)


def test_a_project_without_regions_is_all_static(tmp_path: Path) -> None:
    assert not load_guidance(save(tmp_path / "p.json", []), WIDTH, HEIGHT).any()


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "no guidance"),
        (b"\xff\xd8\xff\xe0 a photo", "no guidance"),
        (b"[1, 2]", "no guidance"),
        (b"{}", "neither an Unspool project nor a labelme file"),
        (b'{"annotations": [], "images": []}', "neither"),
        (b"{broken", "not valid JSON"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"\x93NUMPY", "not a .npy"),
    ],
)
def test_other_files_are_refused_in_one_sentence(
    tmp_path: Path, content: bytes, cause: str
) -> None:
    path = tmp_path / "guidance.png"
    path.write_bytes(content)
    with pytest.raises(InputError, match=cause) as caught:
        load_guidance(path, WIDTH, HEIGHT)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_guidance(tmp_path / "none.png", 4, 4)
    with pytest.raises(InputError, match="folder"):
        load_guidance(tmp_path, 4, 4)
