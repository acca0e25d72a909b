"""Small pictures come from what cameras put into their files, upright, or else from the photo."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.errors import InputError
from app.media import small_photos
from app.media.photo_writing import write_photo
from app.media.photos import read_photo
from app.media.small_photos import read_small
from tests.raw_material import HEIGHT, WIDTH, dng

GREEN = (20, 180, 40)


def camera_jpeg(width: int, height: int, orientation: int = 0) -> bytes:
    """A green picture with a white upper left corner; 0 says nothing about how it lies."""
    image = Image.new("RGB", (width, height), GREEN)
    image.paste((255, 255, 255), (0, 0, width // 4, height // 4))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=95, exif=exif)
    return stream.getvalue()


def white_corner(pixels: np.ndarray) -> str:
    """Which corner is white."""
    height, width = pixels.shape[:2]
    corners = {
        "upper left": pixels[2, 2],
        "upper right": pixels[2, width - 3],
        "lower left": pixels[height - 3, 2],
        "lower right": pixels[height - 3, width - 3],
    }
    return max(corners, key=lambda name: int(corners[name].astype(int).sum()))


def raw_file(path: Path, preview: bytes, size: tuple[int, int], orientation: int = 1) -> Path:
    pytest.importorskip("rawpy")
    path.write_bytes(dng(orientation, preview, size))
    return path


@pytest.fixture
def developed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The raw files that were developed."""
    files: list[Path] = []
    original = small_photos.read_raw

    def watched(path: Path, *rest: object) -> object:
        files.append(path)
        return original(path, *rest)

    monkeypatch.setattr(small_photos, "read_raw", watched)
    return files


@pytest.mark.parametrize("said", [0, 1])
@pytest.mark.parametrize(
    ("orientation", "shape", "corner"),
    [
        (1, (120, 160), "upper left"),
        (6, (160, 120), "upper right"),
        (8, (160, 120), "lower left"),
    ],
)
def test_the_cameras_own_picture_of_a_raw_file_is_taken_and_turned_upright(
    tmp_path: Path,
    developed: list[Path],
    orientation: int,
    said: int,
    shape: tuple[int, int],
    corner: str,
) -> None:
    # Whether the JPEG says nothing about how it lies or that it is upright, which it is not.
    jpeg = camera_jpeg(160, 120, said)
    photo = read_small(raw_file(tmp_path / "a.dng", jpeg, (160, 120), orientation), 100)
    assert photo.pixels.shape == (*shape, 3)
    assert photo.pixels.dtype == np.uint8
    assert white_corner(photo.pixels) == corner
    assert developed == []


def test_a_picture_that_stands_upright_already_is_not_turned_again(
    tmp_path: Path, developed: list[Path]
) -> None:
    jpeg = camera_jpeg(120, 160, 1)
    photo = read_small(raw_file(tmp_path / "a.dng", jpeg, (120, 160), 6), 100)
    assert photo.pixels.shape == (160, 120, 3)
    assert white_corner(photo.pixels) == "upper left"
    turned = camera_jpeg(160, 120, 6)
    photo = read_small(raw_file(tmp_path / "b.dng", turned, (160, 120), 6), 100)
    assert white_corner(photo.pixels) == "upper right"
    assert developed == []


@pytest.mark.parametrize(
    ("preview", "least"), [(camera_jpeg(80, 60), 100), (b"\xff\xd8 no picture", 20), (b"", 20)]
)
def test_a_raw_file_without_a_useful_picture_is_developed(
    tmp_path: Path, developed: list[Path], preview: bytes, least: int
) -> None:
    path = raw_file(tmp_path / "a.dng", preview, (80, 60))
    photo = read_small(path, least)
    assert developed == [path]
    assert photo.pixels.shape == (HEIGHT, WIDTH, 3)
    assert photo.bits == 16


def test_a_raw_file_that_is_none_says_so(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    path = tmp_path / "a.nef"
    path.write_bytes(b"nothing of the kind" * 40)
    with pytest.raises(InputError, match=r"a\.nef.*known kind"):
        read_small(path, 100)


@pytest.mark.parametrize("orientation", [1, 6])
def test_of_a_heic_photo_the_thumbnail_inside_is_taken(tmp_path: Path, orientation: int) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    if not hasattr(pillow_heif, "HeifThumbnail"):
        pytest.skip("this pillow-heif decodes no thumbnails")
    image = Image.open(io.BytesIO(camera_jpeg(1600, 1200)))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "a.heic"
    pillow_heif.from_pillow(image).save(path, quality=80, thumbnails=[320], exif=exif.tobytes())
    small, whole = read_small(path, 100), read_photo(path)
    assert max(whole.width, whole.height) == 1600
    assert max(small.width, small.height) == 320
    assert (small.width > small.height) == (whole.width > whole.height)
    assert white_corner(small.pixels) == white_corner(whole.pixels)


def test_a_jpeg_may_be_read_small_but_not_smaller_than_asked(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    path.write_bytes(camera_jpeg(1600, 1200))
    assert read_photo(path).pixels.shape == (1200, 1600, 3)
    height, width = read_small(path, 100).pixels.shape[:2]
    assert 100 <= height < 300
    assert width * 3 == height * 4


def test_what_is_small_already_is_read_whole(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (30, 40, 3), np.uint8)
    write_photo(tmp_path / "a.png", pixels)
    assert np.array_equal(read_small(tmp_path / "a.png", 112).pixels, pixels)
