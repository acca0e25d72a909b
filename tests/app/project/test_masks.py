from __future__ import annotations

import io
import pickle
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from app.errors import InputError
from app.guidance.classes import PALETTE
from app.guidance.maps import to_signs
from app.project.masks import (
    read_guidance_npy,
    read_guidance_png,
    write_guidance_npy,
    write_guidance_png,
)

guidance_maps = hnp.arrays(
    np.uint8, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.integers(0, 4)
)
GUIDANCE = np.array([[0, 1, 2], [3, 4, 0]], dtype=np.uint8)


@given(guidance_maps)
def test_maps_survive_png_and_npy(
    tmp_path_factory: pytest.TempPathFactory, guidance: np.ndarray
) -> None:
    folder = tmp_path_factory.mktemp("maps")
    write_guidance_png(folder / "g.png", guidance)
    np.testing.assert_array_equal(read_guidance_png(folder / "g.png"), guidance)
    write_guidance_npy(folder / "g.npy", guidance)
    height, width = guidance.shape
    np.testing.assert_array_equal(read_guidance_npy(folder / "g.npy", (width, height)), guidance)


def test_a_written_png_is_8_bit_indexed_with_the_palette(tmp_path: Path) -> None:
    write_guidance_png(tmp_path / "g.png", GUIDANCE)
    header = (tmp_path / "g.png").read_bytes()[16:26]
    assert struct.unpack(">IIBB", header) == (3, 2, 8, 3)
    image = Image.open(tmp_path / "g.png")
    np.testing.assert_array_equal(np.asarray(image), GUIDANCE)
    np.testing.assert_array_equal(np.asarray(image.convert("RGB")), PALETTE[GUIDANCE])


@pytest.mark.parametrize("opaque", [False, True])
def test_a_png_in_exactly_the_palette_colours_is_read(tmp_path: Path, opaque: bool) -> None:
    colours = PALETTE[GUIDANCE]
    if opaque:
        colours = np.dstack([colours, np.full(GUIDANCE.shape, 255, np.uint8)])
    Image.fromarray(colours).save(tmp_path / "g.png")
    np.testing.assert_array_equal(read_guidance_png(tmp_path / "g.png"), GUIDANCE)


def test_8_bit_grey_values_are_classes(tmp_path: Path) -> None:
    Image.fromarray(GUIDANCE).save(tmp_path / "g.png")
    np.testing.assert_array_equal(read_guidance_png(tmp_path / "g.png"), GUIDANCE)


def test_an_indexed_png_with_a_reordered_palette_is_read_by_its_colours(tmp_path: Path) -> None:
    image = Image.fromarray(4 - GUIDANCE)
    image.putpalette(PALETTE[::-1].tobytes())
    image.save(tmp_path / "g.png")
    np.testing.assert_array_equal(read_guidance_png(tmp_path / "g.png"), GUIDANCE)


def test_an_indexed_png_with_foreign_colours_is_read_by_its_indexes(tmp_path: Path) -> None:
    image = Image.fromarray(GUIDANCE)
    image.putpalette(bytes(range(10, 25)))
    image.save(tmp_path / "g.png")
    np.testing.assert_array_equal(read_guidance_png(tmp_path / "g.png"), GUIDANCE)


@pytest.mark.parametrize(
    ("image", "cause"),
    [
        (Image.fromarray(np.full((2, 2), 5, np.uint8)), "a pixel is 5"),
        (Image.fromarray(np.full((2, 2), 255, np.uint8)), "a pixel is 255"),
        (Image.new("RGB", (2, 2), (255, 0, 1)), r"\(255, 0, 1\) at x 0, y 0"),
        (Image.new("RGBA", (2, 2), (255, 0, 0, 128)), "transparent"),
        (Image.new("1", (2, 2)), "mode '1'"),
        (Image.new("LA", (2, 2)), "mode 'LA'"),
        (Image.new("I;16", (2, 2)), "mode 'I;16'"),
    ],
)
def test_a_png_that_is_no_guidance_is_refused(
    tmp_path: Path, image: Image.Image, cause: str
) -> None:
    path = tmp_path / "g.png"
    image.save(path)
    with pytest.raises(InputError, match=cause) as caught:
        read_guidance_png(path)
    assert str(path) in str(caught.value)


def test_an_index_beyond_the_classes_is_refused(tmp_path: Path) -> None:
    image = Image.fromarray(np.array([[0, 9]], np.uint8))
    image.putpalette(bytes(range(30)))
    image.save(tmp_path / "g.png")
    with pytest.raises(InputError, match="a pixel is 9"):
        read_guidance_png(tmp_path / "g.png")


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.8])
def test_a_truncated_png_is_refused(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "g.png"
    noise = np.random.default_rng(0).integers(0, 5, (64, 64)).astype(np.uint8)
    write_guidance_png(path, noise)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(InputError, match="damaged or truncated"):
        read_guidance_png(path)


def test_another_kind_of_image_is_refused(tmp_path: Path) -> None:
    Image.new("L", (4, 4)).save(tmp_path / "g.bmp")
    for name, content in {"g.png": b"", "h.png": (tmp_path / "g.bmp").read_bytes()}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match="not a PNG"):
            read_guidance_png(tmp_path / name)


@pytest.mark.parametrize("side", [15_000, 17_000, 2_000_000])
def test_a_png_that_would_unpack_to_gigabytes_is_refused_undecoded(
    tmp_path: Path, side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.project.masks.MAX_MAP_PIXELS", 100_000_000)

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    bomb = b"\x89PNG\r\n\x1a\n"
    bomb += chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    bomb += chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(bomb)
    with pytest.raises(InputError, match=r"too (large|many)"):
        read_guidance_png(tmp_path / "bomb.png")


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.float32, np.float64])
@pytest.mark.parametrize("channels_first", [False, True])
def test_signs_are_read_in_both_layouts_and_any_number_type(
    tmp_path: Path, dtype: type, channels_first: bool
) -> None:
    signs: np.ndarray = to_signs(GUIDANCE).astype(dtype)
    np.save(tmp_path / "g.npy", signs if channels_first else np.moveaxis(signs, 0, 2))
    np.testing.assert_array_equal(read_guidance_npy(tmp_path / "g.npy"), GUIDANCE)


def test_the_size_decides_how_an_ambiguous_array_is_read(tmp_path: Path) -> None:
    guidance = np.array([[1, 2], [3, 4], [0, 1]], np.uint8)
    np.save(tmp_path / "g.npy", to_signs(guidance)[:, :2])
    expected = guidance[:2]
    np.testing.assert_array_equal(read_guidance_npy(tmp_path / "g.npy").shape, (2, 2))
    np.save(tmp_path / "g.npy", to_signs(guidance))
    assert read_guidance_npy(tmp_path / "g.npy", (2, 3)).tolist() == guidance.tolist()
    np.save(tmp_path / "g.npy", np.moveaxis(to_signs(expected), 0, 2))
    assert read_guidance_npy(tmp_path / "g.npy", (2, 2)).tolist() == expected.tolist()


@pytest.mark.parametrize("size", [(6, 4), (7, 5), (5, 3), (6, 3)])
def test_a_half_size_map_is_enlarged_to_the_nearest(tmp_path: Path, size: tuple[int, int]) -> None:
    write_guidance_npy(tmp_path / "g.npy", GUIDANCE)
    large = read_guidance_npy(tmp_path / "g.npy", size)
    assert large.shape == size[::-1]
    whole = np.pad(np.kron(GUIDANCE, np.ones((2, 2), np.uint8)), ((0, 1), (0, 1)), mode="edge")
    np.testing.assert_array_equal(large, whole[: size[1], : size[0]])


def test_a_map_of_another_size_is_not_stretched(tmp_path: Path) -> None:
    write_guidance_npy(tmp_path / "g.npy", GUIDANCE)
    assert read_guidance_npy(tmp_path / "g.npy", (12, 8)).shape == GUIDANCE.shape


@pytest.mark.parametrize(
    ("array", "cause"),
    [
        (np.zeros((4, 4)), r"shape \(4, 4\)"),
        (np.zeros((4, 4, 3)), r"shape \(4, 4, 3\)"),
        (np.zeros((0, 4, 2)), "shape"),
        (np.full((4, 4, 2), 0.5), "other than the signs"),
        (np.full((4, 4, 2), np.nan), "other than the signs"),
        (np.full((4, 4, 2), 7), "other than the signs"),
        (np.full((4, 4, 2), "a"), "are numbers"),
        (np.zeros((4, 4, 2), complex), "are numbers"),
    ],
)
def test_an_array_that_is_no_guidance_is_refused(
    tmp_path: Path, array: np.ndarray, cause: str
) -> None:
    np.save(tmp_path / "g.npy", array)
    with pytest.raises(InputError, match=cause):
        read_guidance_npy(tmp_path / "g.npy")


class _Trap:
    def __reduce__(self) -> tuple:
        return (Path.touch, (Path("sprung"),))


def test_pickled_content_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    np.save("objects.npy", np.array([_Trap()], dtype=object), allow_pickle=True)
    Path("plain.npy").write_bytes(pickle.dumps(_Trap()))
    for name in ("objects.npy", "plain.npy"):
        with pytest.raises(InputError):
            read_guidance_npy(Path(name))
    assert not Path("sprung").exists()


def test_a_truncated_array_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.npy"
    write_guidance_npy(path, np.zeros((20, 20), np.uint8))
    content = path.read_bytes()
    for length in (0, 7, 60, 200, len(content) - 1):
        path.write_bytes(content[:length])
        with pytest.raises(InputError, match=r"not a .npy|truncated"):
            read_guidance_npy(path)


@pytest.mark.parametrize("shape", [(10**6, 10**6, 2), (30_000, 8_000, 2), (-4, -4, 2)])
def test_a_header_that_promises_too_much_is_refused(tmp_path: Path, shape: tuple[int, ...]) -> None:
    stream = io.BytesIO()
    header = {"descr": "|i1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(stream, header)
    (tmp_path / "g.npy").write_bytes(stream.getvalue() + bytes(64))
    with pytest.raises(InputError):
        read_guidance_npy(tmp_path / "g.npy")


def test_writing_what_is_no_map_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    for write, name in ((write_guidance_png, "g.png"), (write_guidance_npy, "g.npy")):
        with pytest.raises(InputError):
            write(tmp_path / name, np.full((2, 2), 9, np.uint8))
    assert list(tmp_path.iterdir()) == []


def test_writing_over_a_file_can_be_forbidden(tmp_path: Path) -> None:
    for write, name in ((write_guidance_png, "g.png"), (write_guidance_npy, "g.npy")):
        write(tmp_path / name, GUIDANCE)
        with pytest.raises(InputError, match="exists already"):
            write(tmp_path / name, GUIDANCE, overwrite=False)
