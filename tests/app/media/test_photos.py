"""What a photo looks like once it has been read, whatever file it came in."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from app.errors import InputError
from app.media.color import linear_to_srgb, srgb_to_linear
from app.media.kinds import PHOTO_SUFFIXES
from app.media.photo_writing import write_photo
from app.media.photos import read_photo, read_photo_size
from app.media.pixels import resize_to_max_edge, to_8bit, to_float

# How upright pixels are stored so that the orientation tag brings them back (Exif 2.32, 0x0112).
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def random_pixels(height: int, width: int, dtype: Any = np.uint8, seed: int = 0) -> np.ndarray:
    top = int(np.iinfo(dtype).max) + 1
    return np.random.default_rng(seed).integers(0, top, (height, width, 3), dtype=dtype)


def gradient(height: int = 24, width: int = 40) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    return np.stack([x * 6, y * 10, 255 - x * 6], axis=-1).astype(np.uint8)


def exif(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png16(pixels: np.ndarray, *chunks: tuple[bytes, bytes]) -> bytes:
    """A 16-bit PNG with further chunks behind its header."""
    data = bytes(cv2.imencode(".png", np.ascontiguousarray(pixels[..., ::-1]))[1].tobytes())
    return data[:33] + b"".join(png_chunk(*chunk) for chunk in chunks) + data[33:]


def tiff16(pixels: np.ndarray, orientation: int = 1) -> bytes:
    """An uncompressed 16-bit RGB TIFF."""
    height, width = pixels.shape[:2]
    raster = pixels.astype("<u2").tobytes()
    entries = [
        (256, 3, 1, width),
        (257, 3, 1, height),
        (258, 3, 3, 8 + len(raster)),
        (259, 3, 1, 1),
        (262, 3, 1, 2),
        (273, 4, 1, 8),
        (274, 3, 1, orientation),
        (277, 3, 1, 3),
        (278, 3, 1, height),
        (279, 4, 1, len(raster)),
    ]
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    bits = struct.pack("<3H", 16, 16, 16)
    return struct.pack("<2sHI", b"II", 42, 8 + len(raster) + len(bits)) + raster + bits + directory


def icc_profile(colorants: list[list[float]], curve: bytes) -> bytes:
    """An RGB display profile of three colorants (XYZ, D50) and one tone curve."""
    text = b"test"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + bytes(1 + 78),
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061),
    }
    for name, xyz in zip((b"r", b"g", b"b"), colorants, strict=True):
        values = [round(v * 65536) for v in xyz]
        tags[name + b"XYZ"] = b"XYZ \0\0\0\0" + struct.pack(">3i", *values)
        tags[name + b"TRC"] = curve
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += data
    header = struct.pack(
        ">I4sI4s4s4s", offset + len(body), b"lcms", 0x02400000, b"mntr", b"RGB ", b"XYZ "
    )
    header += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + table + body


# Display P3, Bradford-adapted to D50, with a plain power curve of 2.2.
P3_COLORANTS = [
    [0.51512, 0.24120, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.15710, 0.06657, 0.78407],
]
GAMMA_2_2 = b"curv\0\0\0\0" + struct.pack(">IH", 1, 563)
# The sRGB curve as parametric type 3.
SRGB_CURVE = b"para\0\0\0\0" + struct.pack(
    ">HH5i", 3, 0, *[round(v * 65536) for v in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)]
)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".tiff", ".bmp"])
def test_exact_formats_keep_every_8_bit_value(tmp_path: Path, suffix: str) -> None:
    pixels = random_pixels(9, 14)
    write_photo(tmp_path / f"photo{suffix}", pixels)
    photo = read_photo(tmp_path / f"photo{suffix}")
    assert (photo.bits, photo.pixels.dtype) == (8, np.uint8)
    np.testing.assert_array_equal(photo.pixels, pixels)


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".webp"])
def test_lossy_formats_stay_close(tmp_path: Path, suffix: str) -> None:
    pixels = gradient()
    write_photo(tmp_path / f"photo{suffix}", pixels)
    read = read_photo(tmp_path / f"photo{suffix}").pixels
    assert np.abs(read.astype(int) - pixels).mean() < 3


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_16_bit_files_keep_every_value(tmp_path: Path, suffix: str) -> None:
    pixels = random_pixels(9, 14, np.uint16)
    write_photo(tmp_path / f"photo{suffix}", pixels)
    photo = read_photo(tmp_path / f"photo{suffix}")
    assert photo.bits == 16
    np.testing.assert_array_equal(photo.pixels, pixels)


def test_a_jpeg_of_16_bit_pixels_is_rounded_not_wrapped(tmp_path: Path) -> None:
    write_photo(tmp_path / "photo.jpg", np.full((8, 8, 3), 200 * 257, np.uint16))
    assert np.abs(read_photo(tmp_path / "photo.jpg").pixels.astype(int) - 200).max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_exif_orientation_is_applied_once(tmp_path: Path, kind: str, orientation: int) -> None:
    upright = gradient()
    stored = Image.fromarray(upright)
    if orientation > 1:
        stored = stored.transpose(STORED[orientation])
    path = tmp_path / f"photo.{kind.lower()}"
    stored.save(path, kind, exif=exif(orientation), quality=95)
    photo = read_photo(path)
    assert (photo.height, photo.width) == upright.shape[:2]
    assert read_photo_size(path) == (photo.width, photo.height)
    assert np.abs(photo.pixels.astype(int) - upright).mean() < 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_exif_orientation_is_applied_once_at_16_bits(
    tmp_path: Path, kind: str, orientation: int
) -> None:
    upright = random_pixels(5, 7, np.uint16)
    marks = np.arange(35).reshape(5, 7)
    order = np.asarray(
        Image.fromarray(marks.astype(np.uint8)).transpose(STORED[orientation])
        if orientation > 1
        else Image.fromarray(marks.astype(np.uint8))
    )
    stored = upright.reshape(35, 3)[order]
    path = tmp_path / f"photo.{kind}"
    if kind == "png":
        path.write_bytes(png16(stored, (b"eXIf", exif(orientation).tobytes()[6:])))
    else:
        path.write_bytes(tiff16(stored, orientation))
    photo = read_photo(path)
    assert photo.bits == 16
    np.testing.assert_array_equal(photo.pixels, upright)


def test_damaged_exif_does_not_stop_a_sound_photo(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    Image.fromarray(gradient()).save(path, exif=b"Exif\0\0MM\0*\0\0\xff\xff")
    np.testing.assert_array_equal(read_photo(path).pixels, gradient())


def test_grey_palette_and_one_bit_become_rgb(tmp_path: Path) -> None:
    grey = Image.fromarray(gradient()[..., 0])
    grey.save(tmp_path / "grey.png")
    expected = np.repeat(gradient()[..., :1], 3, axis=2)
    np.testing.assert_array_equal(read_photo(tmp_path / "grey.png").pixels, expected)

    colors = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255]], np.uint8)
    indices = np.arange(12, dtype=np.uint8).reshape(3, 4) % 3
    palette = Image.fromarray(indices)
    palette.putpalette(colors.tobytes())
    palette.save(tmp_path / "palette.png")
    np.testing.assert_array_equal(read_photo(tmp_path / "palette.png").pixels, colors[indices])

    grey.convert("1").save(tmp_path / "bits.png")
    assert set(np.unique(read_photo(tmp_path / "bits.png").pixels)) == {0, 255}


def test_16_bit_grey_becomes_16_bit_rgb(tmp_path: Path) -> None:
    grey = random_pixels(6, 5, np.uint16)[..., 0]
    for suffix in (".png", ".tif"):
        path = tmp_path / f"grey{suffix}"
        path.write_bytes(cv2.imencode(suffix, grey)[1].tobytes())
        photo = read_photo(path)
        assert photo.bits == 16
        np.testing.assert_array_equal(photo.pixels, np.repeat(grey[..., None], 3, axis=2))


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_transparency_lies_over_white(tmp_path: Path, dtype: Any) -> None:
    top = int(np.iinfo(dtype).max)
    bgra = np.zeros((1, 3, 4), dtype)
    bgra[0, 0] = (top // 5, top // 3, top // 2, top)
    bgra[0, 1] = (0, 0, 0, 0)
    bgra[0, 2] = (0, 0, top, top // 2)
    (tmp_path / "photo.png").write_bytes(cv2.imencode(".png", bgra)[1].tobytes())
    opaque, clear, half = read_photo(tmp_path / "photo.png").pixels[0].tolist()
    assert opaque == [top // 2, top // 3, top // 5]
    assert clear == [top, top, top]
    assert half[0] == top
    assert half[1] == pytest.approx(top / 2, abs=1)


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(tmp_path / "photo.jpg", quality=100)
    assert read_photo(tmp_path / "photo.jpg").pixels[4, 4].tolist() == pytest.approx(
        [255, 0, 0], abs=3
    )


def test_a_wide_gamut_profile_is_converted_to_srgb(tmp_path: Path) -> None:
    pixels = np.full((4, 4, 3), (180, 90, 60), np.uint8)
    profile = icc_profile(P3_COLORANTS, GAMMA_2_2)
    Image.fromarray(pixels).save(tmp_path / "photo.png", icc_profile=profile)
    # Computed by hand: Display P3 primaries to sRGB primaries in linear light.
    to_srgb = np.array([[1.2249, -0.2249, 0], [-0.0420, 1.0420, 0], [-0.0197, -0.0786, 1.0983]])
    light = to_srgb @ (np.array([180, 90, 60]) / 255) ** 2.2
    expected = linear_to_srgb(light) * 255
    np.testing.assert_allclose(read_photo(tmp_path / "photo.png").pixels[0, 0], expected, atol=1.5)


@pytest.mark.parametrize("curve", [GAMMA_2_2, SRGB_CURVE])
def test_16_bit_conversion_agrees_with_littlecms_and_keeps_16_bits(
    tmp_path: Path, curve: bytes
) -> None:
    eight = random_pixels(8, 9)
    profile = icc_profile(P3_COLORANTS, curve)
    Image.fromarray(eight).save(tmp_path / "eight.png", icc_profile=profile)
    chunk = (b"iCCP", b"test\0\0" + zlib.compress(profile))
    (tmp_path / "sixteen.png").write_bytes(png16(eight.astype(np.uint16) * 257, chunk))
    narrow = read_photo(tmp_path / "eight.png")
    wide = read_photo(tmp_path / "sixteen.png")
    assert (narrow.bits, wide.bits) == (8, 16)
    assert np.abs(narrow.pixels.astype(int) - eight).max() > 5
    np.testing.assert_allclose(wide.pixels / 257, narrow.pixels, atol=1.5)


def test_an_srgb_profile_changes_nothing(tmp_path: Path) -> None:
    pixels = random_pixels(16, 16)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(pixels).save(tmp_path / "eight.png", icc_profile=profile)
    np.testing.assert_array_equal(read_photo(tmp_path / "eight.png").pixels, pixels)
    wide = random_pixels(16, 16, np.uint16)
    chunk = (b"iCCP", b"test\0\0" + zlib.compress(profile))
    (tmp_path / "sixteen.png").write_bytes(png16(wide, chunk))
    np.testing.assert_array_equal(read_photo(tmp_path / "sixteen.png").pixels, wide)


def test_a_broken_profile_is_ignored_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pixels = random_pixels(5, 5)
    Image.fromarray(pixels).save(tmp_path / "photo.png", icc_profile=b"nonsense" * 30)
    np.testing.assert_array_equal(read_photo(tmp_path / "photo.png").pixels, pixels)
    assert "photo.png" in caplog.text


def test_names_in_any_script_are_read_and_written(tmp_path: Path) -> None:
    for suffix in PHOTO_SUFFIXES:
        path = tmp_path / "Фото 写真 é" / f"смаз 🚲{suffix}"
        write_photo(path, gradient())
        assert read_photo(path).path == path
    write_photo(tmp_path / "写真.png", random_pixels(3, 3, np.uint16))
    assert read_photo(tmp_path / "写真.png").bits == 16


def test_reading_leaves_the_original_alone(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.fromarray(gradient()).save(path, exif=exif(6))
    before = path.read_bytes(), path.stat().st_mtime_ns
    read_photo(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def encoded(kind: str, sixteen: bool = False) -> bytes:
    if sixteen:
        pixels = random_pixels(40, 40, np.uint16)
        return png16(pixels) if kind == "PNG" else tiff16(pixels)
    stream = io.BytesIO()
    Image.fromarray(random_pixels(40, 40)).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        *(pytest.param(encoded(k), id=k) for k in ("JPEG", "PNG", "TIFF", "WEBP", "BMP")),
        *(pytest.param(encoded(k, True), id=f"{k}16") for k in ("PNG", "TIFF")),
    ],
)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_photo_cut_short_is_refused_by_name(tmp_path: Path, data: bytes, share: float) -> None:
    path = tmp_path / "cut.img"
    path.write_bytes(data)
    read_photo(path)
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match=r"cut\.img: the image is damaged") as caught:
        read_photo(path)
    assert "\n" not in str(caught.value)


def test_what_is_no_photo_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.jpg").write_text("not an image at all, only words")
    Image.fromarray(np.zeros((4, 4), np.float32)).save(tmp_path / "float.tif")
    for name, reason in {
        "missing.png": "no such file",
        ".": "folder",
        "empty.png": "empty",
        "text.jpg": "not an image",
        "float.tif": "32-bit",
    }.items():
        with pytest.raises(InputError, match=reason) as caught:
            read_photo(tmp_path / name)
        assert str(tmp_path) in str(caught.value)


def test_damage_is_told_once_and_not_warned_about_too(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    (tmp_path / "cut.tif").write_bytes(encoded("TIFF", True)[:3000])
    with pytest.raises(InputError):
        read_photo(tmp_path / "cut.tif")
    assert len(recwarn) == 0


def test_a_photo_above_the_limit_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    # Thirty thousand pixels square in a few bytes: decoding it would be noticed.
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", b"")
    (tmp_path / "bomb.png").write_bytes(bomb)
    with pytest.raises(InputError, match=r"bomb.png: 30000 × 30000 is 900 megapixels.*200"):
        read_photo(tmp_path / "bomb.png")
    write_photo(tmp_path / "small.png", gradient(10, 10))
    assert read_photo(tmp_path / "small.png", max_pixels=100).width == 10
    with pytest.raises(InputError, match="limit"):
        read_photo(tmp_path / "small.png", max_pixels=99)


def test_the_limit_is_ours_and_pillows_guard_survives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_photo(tmp_path / "photo.png", gradient(30, 30))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert read_photo(tmp_path / "photo.png").height == 30
    assert Image.MAX_IMAGE_PIXELS == 100


def test_writing_refuses_what_it_cannot_do_and_leaves_nothing(tmp_path: Path) -> None:
    pixels = gradient()
    with pytest.raises(InputError, match="suffix"):
        write_photo(tmp_path / "photo.xyz", pixels)
    with pytest.raises(InputError, match="shape"):
        write_photo(tmp_path / "photo.png", pixels[..., 0])
    with pytest.raises(InputError, match="uint8"):
        write_photo(tmp_path / "photo.png", pixels.astype(np.float32))
    with pytest.raises(InputError, match="fit"):
        write_photo(tmp_path / "photo.webp", np.zeros((1, 20_000, 3), np.uint8))
    assert list(tmp_path.iterdir()) == []
    write_photo(tmp_path / "photo.png", pixels)
    with pytest.raises(InputError, match="exists"):
        write_photo(tmp_path / "photo.png", pixels[::-1], overwrite=False)
    np.testing.assert_array_equal(read_photo(tmp_path / "photo.png").pixels, pixels)


def test_shrinking_keeps_shape_type_and_mean(tmp_path: Path) -> None:
    pixels = random_pixels(60, 90, np.uint16)
    small = resize_to_max_edge(pixels, 30)
    assert small.shape == (20, 30, 3)
    assert small.dtype == np.uint16
    assert small.mean() == pytest.approx(pixels.mean(), rel=0.01)
    assert resize_to_max_edge(pixels, None) is pixels
    assert resize_to_max_edge(pixels, 90) is pixels
    assert resize_to_max_edge(np.zeros((1, 500, 3), np.uint8), 10).shape == (1, 10, 3)
    with pytest.raises(InputError, match="at least 1"):
        resize_to_max_edge(pixels, 0)


def test_pixels_become_floats_between_0_and_1() -> None:
    assert to_float(np.array([0, 51, 255], np.uint8)).tolist() == pytest.approx([0, 0.2, 1])
    assert to_float(np.array([0, 13107, 65535], np.uint16)).tolist() == pytest.approx([0, 0.2, 1])
    with pytest.raises(InputError):
        to_float(np.array([0.5]))


def test_16_bits_round_to_the_nearest_8() -> None:
    every = np.arange(65536, dtype=np.uint16)
    np.testing.assert_array_equal(to_8bit(every), np.round(every / 257).astype(np.uint8))


def test_srgb_and_linear_light_are_inverse_and_pass_known_points() -> None:
    values = np.linspace(-0.5, 1.5, 2001)
    np.testing.assert_allclose(linear_to_srgb(srgb_to_linear(values)), values, atol=1e-9)
    assert srgb_to_linear([0.0, 0.5, 1.0]).tolist() == pytest.approx([0, 0.214041, 1], abs=1e-6)
    assert srgb_to_linear(np.array([0.5], np.float32)).dtype == np.float32
