"""What the camera wrote goes on to photos that are made from a photo."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.media.exif import exif_for, exposure_seconds
from app.media.photo_writing import write_photo
from app.media.photos import read_photo

MAKE, MODEL, ORIENTATION, CAMERA, PLACE = 0x010F, 0x0110, 0x0112, 0x8769, 0x8825
EXPOSURE_TIME, TAKEN, PIXELS_WIDE = 0x829A, 0x9003, 0xA002


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo lying on its side, 20 pixels wide when it stands."""
    exif = Image.Exif()
    exif[MAKE], exif[MODEL], exif[ORIENTATION] = "Voigtländer", "Bessa", 6
    exif.get_ifd(CAMERA).update(
        {EXPOSURE_TIME: 0.25, TAKEN: "2026:05:04 10:11:12", PIXELS_WIDE: 30}
    )
    exif.get_ifd(PLACE).update({1: "N", 2: (48.0, 8.0, 0.0)})
    path = tmp_path / "photo.jpg"
    Image.fromarray(np.full((20, 30, 3), 90, np.uint8)).save(path, exif=exif)
    return path


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_a_photo_made_from_another_keeps_what_the_camera_wrote(photo: Path, suffix: str) -> None:
    pixels = read_photo(photo).pixels
    out = photo.with_name(f"sharp{suffix}")
    write_photo(out, pixels, made_from=photo)
    with Image.open(out) as image:
        exif = image.getexif()
        assert exif[MODEL] == "Bessa"
        assert exif[ORIENTATION] == 1
        camera = exif.get_ifd(CAMERA)
        assert float(camera[EXPOSURE_TIME]) == 0.25
        assert camera[TAKEN] == "2026:05:04 10:11:12"
        assert camera[PIXELS_WIDE] == 20
        assert exif.get_ifd(PLACE)[1] == "N"
        assert (image.width, image.height) == (20, 30)
    # Upright already: nothing turns it a second time.
    assert read_photo(out).pixels.shape == (30, 20, 3)


@pytest.mark.parametrize("suffix", [".bmp", ".png"])
def test_what_cannot_hold_it_is_written_all_the_same(photo: Path, suffix: str) -> None:
    out = photo.with_name(f"sharp{suffix}")
    deep = np.full((30, 20, 3), 40_000, np.uint16)
    write_photo(out, deep, made_from=photo)
    assert read_photo(out).pixels.shape == (30, 20, 3)


def test_a_photo_without_remarks_gives_none_and_no_photo_at_all_neither(tmp_path: Path) -> None:
    plain = tmp_path / "plain.png"
    write_photo(plain, np.zeros((4, 4, 3), np.uint8))
    assert exif_for(plain, 4, 4) == b""
    assert exif_for(tmp_path / "gone.jpg", 4, 4) == b""
    (tmp_path / "text.jpg").write_text("no photo")
    assert exif_for(tmp_path / "text.jpg", 4, 4) == b""


def test_for_how_long_a_photo_was_exposed(photo: Path, tmp_path: Path) -> None:
    assert exposure_seconds(photo) == 0.25
    plain = tmp_path / "plain.png"
    write_photo(plain, np.zeros((4, 4, 3), np.uint8))
    assert exposure_seconds(plain) is None
    assert exposure_seconds(tmp_path / "gone.jpg") is None
    for number, odd in enumerate((0.0, "soon", (1, 2))):
        exif = Image.Exif()
        exif.get_ifd(CAMERA)[EXPOSURE_TIME] = odd
        path = tmp_path / f"{number}.jpg"
        Image.fromarray(np.zeros((4, 4, 3), np.uint8)).save(path, exif=exif)
        assert exposure_seconds(path) in (None, 0.5)


def test_damaged_and_endless_remarks_are_left_out(tmp_path: Path) -> None:
    pixels = np.zeros((8, 8, 3), np.uint8)
    damaged = tmp_path / "damaged.jpg"
    Image.fromarray(pixels).save(damaged, exif=b"Exif\0\0MM\0*\0\0\xff\xff")
    write_photo(tmp_path / "a.jpg", pixels, made_from=damaged)
    endless = Image.Exif()
    endless[MODEL] = "x" * 70_000
    long = tmp_path / "long.png"
    Image.fromarray(pixels).save(long, exif=endless)
    write_photo(tmp_path / "b.jpg", pixels, made_from=long)
    for name in ("a.jpg", "b.jpg"):
        assert read_photo(tmp_path / name).pixels.shape == (8, 8, 3)


def test_how_the_pixels_of_a_tiff_file_are_stored_does_not_go_on(tmp_path: Path) -> None:
    source = tmp_path / "photo.tif"
    exif = Image.Exif()
    exif[MAKE] = "Voigtländer"
    Image.fromarray(np.zeros((50, 70, 3), np.uint8)).save(source, compression="tiff_lzw", exif=exif)
    out = tmp_path / "sharp.tif"
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8)
    write_photo(out, pixels, made_from=source)
    np.testing.assert_array_equal(read_photo(out).pixels, pixels)
    with Image.open(out) as image:
        assert image.getexif()[MAKE].startswith("Voigtl")
