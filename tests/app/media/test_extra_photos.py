"""Photos that need an extra package: HEIC, AVIF and camera raw files."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.errors import InputError
from app.media import photos
from app.media.photos import read_photo
from app.project.folders import photos_in
from tests.app.media.test_photos import GAMMA_2_2, P3_COLORANTS, icc_profile
from tests.raw_material import HEIGHT, WIDTH, dng


def picture() -> Image.Image:
    """Red on the left, blue on the right, and brighter above."""
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    pixels[:, : WIDTH // 2, 0] = 200
    pixels[:, WIDTH // 2 :, 2] = 200
    pixels[: HEIGHT // 2] += 40
    return Image.fromarray(pixels)


def is_red(pixels: np.ndarray) -> bool:
    red, _, blue = pixels.reshape(-1, 3).astype(float).mean(axis=0)
    return bool(red > 2 * blue)


@pytest.fixture
def heic(tmp_path: Path) -> Path:
    pillow_heif = pytest.importorskip("pillow_heif")
    path = tmp_path / "phone.heic"
    pillow_heif.from_pillow(picture()).save(path, quality=95)
    return path


def test_a_heic_photo_is_read_like_any_other(heic: Path) -> None:
    photo = read_photo(heic)
    assert (photo.width, photo.height, photo.bits) == (WIDTH, HEIGHT, 8)
    wanted = np.asarray(picture()).astype(int)
    assert np.abs(photo.pixels.astype(int) - wanted)[4:-4, 4:28].mean() < 6


def test_a_heic_photo_is_turned_upright_once(tmp_path: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "turned.heic"
    pillow_heif.from_pillow(picture()).save(path, quality=95, exif=exif.tobytes())
    photo = read_photo(path)
    assert (photo.width, photo.height) == (HEIGHT, WIDTH)
    assert is_red(photo.pixels[:20])
    assert not is_red(photo.pixels[-20:])


def test_the_colour_profile_of_a_heic_photo_is_applied(tmp_path: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    swapped = icc_profile([P3_COLORANTS[2], P3_COLORANTS[1], P3_COLORANTS[0]], GAMMA_2_2)
    path = tmp_path / "profile.heic"
    image = picture()
    image.info["icc_profile"] = swapped
    pillow_heif.from_pillow(image).save(path, quality=95)
    # A profile that says that the first channel is blue.
    assert not is_red(read_photo(path).pixels[:, :20])


def test_a_heic_photo_above_the_limit_is_refused_before_it_is_decoded(heic: Path) -> None:
    with pytest.raises(InputError, match="more than the limit"):
        read_photo(heic, max_pixels=100)


def test_a_heic_photo_cut_short_is_named_as_damaged(heic: Path) -> None:
    data = heic.read_bytes()
    for size in (40, len(data) // 2, len(data) - 20):
        heic.write_bytes(data[:size])
        with pytest.raises(InputError, match=r"phone\.heic.*damaged"):
            read_photo(heic)


def test_without_pillow_heif_a_heic_photo_names_what_would_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "_formats", lambda: photos._FORMATS)
    path = tmp_path / "phone.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))
    with pytest.raises(InputError, match="pillow-heif"):
        read_photo(path)


def test_an_avif_photo_is_read_where_pillow_can(tmp_path: Path) -> None:
    path = tmp_path / "picture.avif"
    try:
        picture().save(path, quality=95)
    except (KeyError, ValueError, OSError):
        pytest.skip("this Pillow writes no AVIF")
    photo = read_photo(path)
    assert (photo.width, photo.height) == (WIDTH, HEIGHT)
    assert is_red(photo.pixels[:, :20])


def test_a_raw_file_is_developed_in_16_bits(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    path = tmp_path / "camera.DNG"
    path.write_bytes(dng())
    photo = read_photo(path)
    assert (photo.width, photo.height, photo.bits) == (WIDTH, HEIGHT, 16)
    assert photo.pixels.dtype == np.uint16
    assert is_red(photo.pixels[:, :20])
    assert not is_red(photo.pixels[:, -20:])


def test_a_raw_file_is_turned_upright(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    path = tmp_path / "camera.dng"
    path.write_bytes(dng(orientation=6))
    photo = read_photo(path)
    assert (photo.width, photo.height) == (HEIGHT, WIDTH)
    assert is_red(photo.pixels[:20])


@pytest.mark.parametrize(
    ("data", "words"),
    [(dng()[:3000], "damaged"), (b"nothing of the kind" * 40, "known kind"), (b"", "empty")],
)
def test_a_raw_file_that_is_none_says_so(tmp_path: Path, data: bytes, words: str) -> None:
    pytest.importorskip("rawpy")
    path = tmp_path / "camera.nef"
    path.write_bytes(data)
    with pytest.raises(InputError, match=rf"camera\.nef.*{words}"):
        read_photo(path)


def test_a_raw_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    path = tmp_path / "camera.dng"
    path.write_bytes(dng())
    with pytest.raises(InputError, match="more than the limit"):
        read_photo(path, max_pixels=100)


def test_without_rawpy_a_raw_file_names_what_would_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rawpy", None)
    path = tmp_path / "camera.cr2"
    path.write_bytes(dng())
    with pytest.raises(InputError, match="rawpy"):
        read_photo(path)


def test_a_folder_lists_photos_of_every_kind(tmp_path: Path) -> None:
    for name in ("b.heic", "a.NEF", "c.jpg", "notes.txt", "d.avif"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in photos_in(tmp_path)] == ["a.NEF", "b.heic", "c.jpg", "d.avif"]
