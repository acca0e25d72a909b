"""Exporting: what the files hold when they are played back, and that all appear or none."""

from __future__ import annotations

import weakref
from dataclasses import replace
from pathlib import Path

import cv2
import imageio.v3 as imageio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.export import Material, Products, export, named_products
from app.engine.film_estimate import estimate_bytes
from app.engine.film_style import FilmStyle
from app.engine.interpolate import DrawnFilm, frame_times
from app.errors import InputError, RunError
from app.media.film_reading import read_animation
from app.media.films import write_animation
from app.media.photos import read_photo
from app.media.pixels import Pixels

FRAMES, HEIGHT, WIDTH = 7, 80, 120


@pytest.fixture(scope="module")
def material() -> Material:
    """A textured square that travels to the right over a photo that stands still."""
    rng = np.random.default_rng(1)
    ground = np.kron(rng.integers(60, 200, (10, 15, 3)), np.ones((8, 8, 1))).astype(np.uint8)
    thing = np.kron(rng.integers(0, 255, (6, 6, 3)), np.ones((5, 5, 1))).astype(np.uint8)
    frames = np.repeat(ground[None], FRAMES, axis=0)
    for index, frame in enumerate(frames):
        frame[20:50, 20 + 5 * index : 50 + 5 * index] = thing
    moving = np.zeros((HEIGHT, WIDTH), bool)
    moving[16:54, 16:90] = True
    return Material(frames, moving, ground)


@pytest.mark.parametrize("suffix", [".mp4", ".webm", ".gif", ".webp", ".apng"])
def test_a_smooth_film_has_the_frames_and_the_length_that_its_timing_says(
    material: Material, tmp_path: Path, suffix: str
) -> None:
    style = FilmStyle(fps=10, smooth=25, loop="pingpong", min_seconds=2)
    path = tmp_path / f"film{suffix}"
    export(material, style, Products(film=path))
    frames, fps = read_animation(path)
    timing = style.timing(FRAMES, suffix)
    assert timing.frames == 16
    assert timing.pass_frames == 30
    assert len(frames) == timing.file_frames == (60 if suffix in (".mp4", ".webm") else 30)
    assert fps == pytest.approx(timing.fps, rel=0.02)
    assert frames.shape[1:] == (HEIGHT, WIDTH, 3)
    # Every third frame pair of a pass spans two of the network's: the last of them stays the last.
    assert np.abs(frames[15].astype(int) - material.frames[6]).mean() < 12


def test_another_program_finds_as_many_frames_at_that_rate(
    material: Material, tmp_path: Path
) -> None:
    path = tmp_path / "film.mp4"
    style = FilmStyle(fps=12, smooth=60, loop="loop", min_seconds=3)
    export(material, style, Products(film=path))
    timing = style.timing(FRAMES, ".mp4")
    assert len(list(imageio.imiter(path))) == timing.file_frames
    about = imageio.immeta(path)
    assert about["fps"] == pytest.approx(60)
    assert about["duration"] == pytest.approx(timing.seconds, abs=0.05)
    assert timing.seconds >= 3


def test_static_pixels_of_every_exported_in_between_are_the_photo(
    material: Material, tmp_path: Path
) -> None:
    export(material, FilmStyle(fps=6, smooth=60), Products(frames=tmp_path / "frames"))
    frames, _ = read_animation(tmp_path / "frames")
    assert len(frames) == 61
    assert (frames[:, ~material.moving] == material.photo[~material.moving]).all()


@pytest.mark.parametrize(
    ("style", "size"),
    [
        (FilmStyle(max_edge=60), (40, 60)),
        (FilmStyle(percent=25), (20, 30)),
        (FilmStyle(max_edge=4000), (80, 120)),
    ],
)
def test_the_size_is_the_one_asked_for_and_never_larger(
    material: Material, tmp_path: Path, style: FilmStyle, size: tuple[int, int]
) -> None:
    export(material, replace(style, smooth=24), Products(frames=tmp_path / "frames"))
    frames, _ = read_animation(tmp_path / "frames")
    assert frames.shape[1:3] == size
    assert (frames[:, -1] == frames[0, -1]).all()


def test_several_products_appear_beside_each_other(material: Material, tmp_path: Path) -> None:
    products = named_products(tmp_path / "v1.5", suffix=".gif", frames=True, sheet=True)
    note = (tmp_path / "note.txt", lambda path: path.write_text("written along"))
    written = export(material, FilmStyle(), replace(products, others=(note,)))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"v1.5.gif", "v1.5-frames", "v1.5-sheet.png", "note.txt"}
    assert {path.name for path in written.paths} == names
    assert (written.frames, written.width, written.height) == (FRAMES, WIDTH, HEIGHT)
    sheet = read_photo(tmp_path / "v1.5-sheet.png").pixels
    assert sheet.shape[1] > 4 * WIDTH
    assert sheet.shape[0] > 2 * HEIGHT
    assert len(list((tmp_path / "v1.5-frames").iterdir())) == FRAMES


@pytest.mark.parametrize("stage", ["Writing the film", "Writing the frames"])
def test_cancelling_leaves_every_file_as_it_was(
    material: Material, tmp_path: Path, stage: str
) -> None:
    products = named_products(tmp_path / "film", suffix=".mp4", frames=True, sheet=True)
    assert products.sheet is not None
    products.sheet.write_bytes(b"dear")

    class Enough(Exception):  # noqa: N818
        pass

    def cancel(now: str, done: int, total: int) -> None:
        if now == stage and done >= 2:
            raise Enough

    with pytest.raises(Enough):
        export(material, FilmStyle(smooth=30), products, overwrite=True, on_step=cancel)
    assert [path.name for path in tmp_path.iterdir()] == ["film-sheet.png"]
    assert products.sheet.read_bytes() == b"dear"


def test_a_product_that_fails_takes_the_others_with_it(material: Material, tmp_path: Path) -> None:
    def full(path: Path) -> None:
        raise RunError(f"Cannot write {path}: the disk is full.")

    products = replace(
        named_products(tmp_path / "film", suffix="", frames=False, sheet=True),
        others=((tmp_path / "guidance.png", full),),
    )
    with pytest.raises(RunError, match=r"guidance\.png: the disk is full") as caught:
        export(material, FilmStyle(), products)
    assert f"{tmp_path}/guidance.png" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_replaced_unasked(material: Material, tmp_path: Path) -> None:
    (tmp_path / "film-sheet.png").write_bytes(b"dear")
    products = named_products(tmp_path / "film", suffix=".gif", frames=False, sheet=True)
    with pytest.raises(InputError, match=r"film-sheet\.png exists already"):
        export(material, FilmStyle(), products)
    assert [path.name for path in tmp_path.iterdir()] == ["film-sheet.png"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_edge": 100, "percent": 50},
        {"percent": 0},
        {"percent": 150},
        {"max_edge": 0},
        {"fps": 30, "smooth": 24},
        {"smooth": 500},
        {"frames": 0},
        {"frames": 1001},
    ],
)
def test_contradicting_choices_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError):
        FilmStyle(**wrong)  # type: ignore[arg-type]


def test_a_film_too_long_for_reason_is_refused(material: Material, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="choose a quicker pace"):
        export(material, FilmStyle(fps=0.2, smooth=60), Products(film=tmp_path / "film.mp4"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wish", [{"fps": 5, "smooth": 60}, {"frames": 73}])
def test_drawing_while_writing_needs_no_memory_for_the_whole_film(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: dict[str, int]
) -> None:
    drawn: list[weakref.ref[Pixels]] = []
    most = 0
    at = DrawnFilm.__getitem__

    def watched(film: DrawnFilm, index: int) -> Pixels:
        nonlocal most
        frame = at(film, index)
        drawn.append(weakref.ref(frame))
        most = max(most, sum(ref() is not None for ref in drawn))
        return frame

    monkeypatch.setattr(DrawnFilm, "__getitem__", watched)
    style = FilmStyle(loop="once", **wish)
    made = export(material, style, Products(film=tmp_path / "film.mp4"))
    assert made.frames == len(drawn) == 73
    # The one at hand, the one before, the first (whose shape the encoder keeps), the film's own.
    assert most < 3 + FRAMES


@pytest.mark.parametrize(("frames", "smooth", "written"), [(3, None, 3), (13, 24, 25), (1, 24, 1)])
def test_a_film_has_as_many_frames_as_its_style_wants(
    material: Material, tmp_path: Path, frames: int, smooth: float | None, written: int
) -> None:
    style = FilmStyle(frames=frames, smooth=smooth)
    products = named_products(tmp_path / "film", suffix=".apng", frames=True, sheet=True)
    assert export(material, style, products).frames == written
    assert style.timing(FRAMES, ".apng").frames == written
    ours = np.stack([read_photo(path).pixels for path in sorted(products.frames.iterdir())])
    # Smoothing draws between the network's frames, not between those that were drawn already.
    times = frame_times(written, FRAMES)
    assert np.array_equal(ours, np.stack(list(DrawnFilm(material.frames, material.moving, times))))


@pytest.mark.parametrize(("suffix", "keep"), [(".mp4", 0), (".mp4", 1 << 20), (".gif", 0)])
def test_a_film_drawn_while_it_is_written_is_the_one_drawn_before(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, keep: int
) -> None:
    monkeypatch.setattr("app.engine.export._KEPT_BYTES", keep)
    style = FilmStyle(fps=10, smooth=30, loop="pingpong", min_seconds=4)
    times = frame_times(style.count(FRAMES), FRAMES)
    whole = np.stack(list(DrawnFilm(material.frames, material.moving, times)))
    play = {"fps": style.rate, "loop": style.loop, "min_seconds": style.min_seconds}
    write_animation(tmp_path / f"before{suffix}", whole, **play)
    export(material, style, Products(film=tmp_path / f"while{suffix}"))
    before, _ = read_animation(tmp_path / f"before{suffix}")
    written, _ = read_animation(tmp_path / f"while{suffix}")
    assert np.array_equal(before, written)


@pytest.mark.parametrize("suffix", [".mp4", ".gif", ".webp"])
def test_the_estimate_is_near_the_file(material: Material, tmp_path: Path, suffix: str) -> None:
    style = FilmStyle(fps=10, smooth=30, loop="pingpong", min_seconds=6)
    path = tmp_path / f"film{suffix}"
    export(material, style, Products(film=path))
    assert estimate_bytes(material, style, suffix) == pytest.approx(path.stat().st_size, rel=0.25)


def test_a_large_film_is_estimated_from_a_part_of_it(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    rough = cv2.resize(rng.random((90, 60, 3)), (800, 1200), interpolation=cv2.INTER_CUBIC)
    grain = rng.normal(0, 0.03, (1200, 800, 1))
    ground = np.clip((rough + grain) * 255, 0, 255).astype(np.uint8)
    moving = np.zeros(ground.shape[:2], bool)
    material = Material(np.repeat(ground[None], FRAMES, axis=0), moving, ground)
    about = estimate_bytes(material, FilmStyle(smooth=30), ".mp4")
    path = tmp_path / "film.mp4"
    export(material, FilmStyle(smooth=30), Products(film=path))
    assert about == pytest.approx(path.stat().st_size, rel=0.2)


@given(
    st.integers(1, 40),
    st.floats(1, 30),
    st.one_of(st.none(), st.floats(30, 60)),
    st.sampled_from(["once", "loop", "pingpong"]),
)
def test_smoothing_keeps_the_pace(frames: int, fps: float, smooth: float | None, loop: str) -> None:
    plain = FilmStyle(fps=fps, loop=loop).timing(frames, ".webp")
    try:
        timing = FilmStyle(fps=fps, smooth=smooth, loop=loop).timing(frames, ".webp")
    except InputError:
        assert (frames - 1) * (smooth or fps) / fps > 998
        return
    # Both are measured from the first to the last frame: how long that stands is the rate's.
    first_to_last = (timing.frames - 1) / timing.fps
    assert first_to_last == pytest.approx((plain.frames - 1) / plain.fps, abs=0.5 / timing.fps)
    assert timing.seconds <= plain.seconds + 1 / timing.fps
