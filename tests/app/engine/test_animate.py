"""Animating a photo: what moves changes, what is static never does, whatever the path."""

from __future__ import annotations

import math
import tracemalloc

import cv2
import numpy as np
import pytest
import torch

import app.engine.decomposing as module
from app.engine.animate import AnimateSettings, Animation, animate, shrink
from app.engine.colours import keep_colours
from app.engine.decomposing import run_network
from app.engine.progress import Progress, finish
from app.engine.weights import load_decomposer
from app.errors import InputError, RunError
from app.media.pixels import to_float
from models.looks import LOOKS
from models.sharpening import fine_detail

CPU = torch.device("cpu")


def _photo(height: int, width: int, dtype=np.uint8) -> np.ndarray:
    """Smooth colour with some noise, using the type's whole range."""
    y, x = np.mgrid[0:height, 0:width]
    waves = [np.sin(x / 9 + k) * np.cos(y / 7 - k) for k in range(3)]
    noise = np.random.default_rng(5).normal(0, 0.03, (height, width, 3))
    values = np.clip(0.5 + 0.45 * np.stack(waves, 2) + noise, 0, 1)
    return np.rint(values * np.iinfo(dtype).max).astype(dtype)


def _blob(height: int, width: int, direction: int = 1) -> np.ndarray:
    """An ellipse of one class in the middle."""
    y, x = np.mgrid[0:height, 0:width]
    inside = ((y - height / 2) / (height / 3)) ** 2 + ((x - width / 2) / (width / 3)) ** 2 < 1
    return np.where(inside, direction, 0).astype(np.uint8)


@pytest.fixture
def settings(tiny_weights) -> AnimateSettings:
    return AnimateSettings(weights=str(tiny_weights), device="cpu", sharpen=0)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("tile", [None, 64])
@pytest.mark.parametrize("count", [7, 4, 9])
def test_static_pixels_equal_the_photo_in_every_frame_and_path(settings, dtype, tile, count):
    photo, guidance = _photo(90, 130, dtype), _blob(90, 130)
    film = finish(animate(photo, guidance, _with(settings, tile=tile, frames=count)))
    assert film.frames.shape == (count, 90, 130, 3)
    assert film.frames.dtype == dtype
    static = guidance == 0
    assert all(np.array_equal(frame[static], photo[static]) for frame in film.frames)
    changed = (film.frames[0] != photo).any(axis=2)[~static]
    assert changed.mean() > 0.9


def test_cropping_to_what_moves_gives_what_the_whole_photo_gives(settings, tiny_weights):
    photo, guidance = _photo(300, 340), np.zeros((300, 340), np.uint8)
    guidance[133:171, 200:259] = 2
    film = finish(animate(photo, guidance, settings))
    whole = run_network(load_decomposer(tiny_weights, CPU), photo, guidance, CPU)
    keep_colours(whole, to_float(photo))
    expected = np.rint(whole * 255)
    assert np.abs(film.frames.astype(int) - expected)[:, guidance > 0].max() <= 1


def test_what_moves_gets_more_of_its_detail_and_nothing_else_does(settings):
    photo, guidance = _photo(90, 130), _blob(90, 130)
    assert AnimateSettings().sharpen == 0.4
    soft, crisp = (
        finish(animate(photo, guidance, _with(settings, sharpen=amount))).frames
        for amount in (0, 0.4)
    )
    static = guidance == 0
    assert (crisp[:, static] == photo[static]).all()
    # Well inside, where the photo beside it cannot be seen.
    inside = cv2.erode((guidance > 0).astype(np.uint8), np.ones((11, 11))) > 0
    frames = torch.from_numpy(soft).permute(0, 3, 1, 2) / 255
    expected = (frames + 0.4 * fine_detail(frames)).clamp(0, 1).permute(0, 2, 3, 1).numpy()
    assert np.abs(crisp / 255 - expected)[:, inside].max() < 2.5 / 255
    assert np.abs(crisp.astype(int) - soft)[:, inside].mean() > 0.5
    with pytest.raises(InputError, match=r"sharpened by 0 to 3\.0, not -1"):
        finish(animate(photo, guidance, _with(settings, sharpen=-1)))


def test_looks_are_averaged_and_counted_one_by_one(settings, tiny_weights):
    photo, guidance = _photo(120, 300), _blob(120, 300)
    seen = []
    steps = animate(photo, guidance, _with(settings, looks=4, tile=144))
    film = finish(steps, lambda p: seen.append((p.done, p.total)) if p.stage == "decompose" else 0)
    network = load_decomposer(tiny_weights, CPU)
    looks = [run_network(network, photo, guidance, CPU, look) for look in LOOKS]
    mean = np.mean(looks, axis=0)
    keep_colours(mean, to_float(photo))
    expected = np.rint(mean * 255)
    moving = guidance > 0
    assert np.abs(film.frames.astype(int) - expected)[:, moving].max() <= 1
    assert all(np.array_equal(frame[~moving], photo[~moving]) for frame in film.frames)
    total = seen[-1][1]
    assert seen == [(done, total) for done in range(total + 1)]
    assert total % 4 == 0


def test_two_looks_are_taken_with_the_default_weights_and_one_with_others():
    assert AnimateSettings().looks_taken == 2
    assert AnimateSettings(weights="decomposer-fast").looks_taken == 1
    assert AnimateSettings(weights="decomposer-fast", looks=3).looks_taken == 3


@pytest.mark.parametrize("looks", [0, 5])
def test_a_number_of_looks_that_there_is_not_is_refused(settings, looks):
    with pytest.raises(InputError, match="Looks are 1 to 4"):
        finish(animate(_photo(40, 40), _blob(40, 40), _with(settings, looks=looks)))


@pytest.mark.parametrize("shape", [(150, 310), (303, 120)])
def test_tiles_leave_no_seams(settings, tiny_weights, shape):
    photo, guidance = _photo(*shape, np.uint16), np.full(shape, 3, np.uint8)
    tiled = finish(animate(photo, guidance, _with(settings, tile=144))).frames
    whole = run_network(load_decomposer(tiny_weights, CPU), photo, guidance, CPU)
    keep_colours(whole, to_float(photo))
    difference = np.abs(tiled / 65535 - whole).max()
    # The tile's context is the whole receptive field up to a few pixels: only rounding is left.
    assert difference < 0.5 / 255


def test_only_the_surroundings_of_what_moves_are_read(settings, monkeypatch):
    photo, guidance = _photo(500, 700), np.zeros((500, 700), np.uint8)
    guidance[20:40, 20:40] = 1
    guidance[450:470, 650:670] = 4
    read = []
    original = module.run_network

    def counting(network, pixels, *rest):
        read.append(pixels.shape[0] * pixels.shape[1])
        return original(network, pixels, *rest)

    monkeypatch.setattr(module, "run_network", counting)
    film = finish(animate(photo, guidance, settings))
    assert len(read) == 2
    assert sum(read) < 0.15 * guidance.size
    assert ((film.frames[0] != photo).any(axis=2) & (guidance == 0)).sum() == 0
    assert (film.frames[0] != photo).any(axis=2)[guidance > 0].mean() > 0.9


def test_all_static_guidance_repeats_the_photo_and_needs_no_weights():
    photo = _photo(20, 30)
    settings = AnimateSettings(weights="there-is-no-such-file", frames=3, device="cpu")
    film = finish(animate(photo, np.zeros((20, 30), np.uint8), settings))
    assert (film.frames == photo[None]).all()
    assert film.reblur_psnr == math.inf


def test_a_photo_of_one_pixel_becomes_a_film(settings):
    photo = np.full((1, 1, 3), 77, np.uint8)
    film = finish(animate(photo, np.ones((1, 1), np.uint8), settings))
    assert film.frames.shape == (7, 1, 1, 3)
    assert isinstance(film, Animation)


def test_max_edge_shrinks_the_film_and_static_pixels_equal_the_shrunk_photo(settings):
    photo, guidance = _photo(120, 200), _blob(120, 200, 4)
    film = finish(animate(photo, guidance, _with(settings, max_edge=100)))
    assert film.frames.shape == (7, 60, 100, 3)
    smaller, map_smaller = shrink(photo, guidance, 100)
    assert np.array_equal(film.guidance, map_smaller)
    assert set(np.unique(map_smaller)) == {0, 4}
    static = map_smaller == 0
    assert (film.frames[:, static] == smaller[static]).all()


def test_the_same_call_gives_the_same_film(settings):
    photo, guidance = _photo(64, 80), _blob(64, 80)
    first, second = (finish(animate(photo, guidance, settings)).frames for _ in range(2))
    assert np.array_equal(first, second)


def test_one_frame_is_the_middle_and_other_counts_keep_first_and_last(settings):
    photo, guidance = _photo(64, 80), _blob(64, 80)
    seven = finish(animate(photo, guidance, settings)).frames
    one = finish(animate(photo, guidance, _with(settings, frames=1))).frames
    assert np.array_equal(one[0], seven[3])
    many = finish(animate(photo, guidance, _with(settings, frames=13))).frames
    assert np.array_equal(many[::2], seven)
    three = finish(animate(photo, guidance, _with(settings, frames=3))).frames
    assert np.array_equal(three, seven[[0, 3, 6]])
    own = finish(animate(photo, guidance, _with(settings, frames=None))).frames
    assert np.array_equal(own, seven)


def test_the_reblur_error_is_the_networks_whatever_frames_are_drawn(settings):
    photo, guidance = _photo(64, 80), _blob(64, 80)
    films = [finish(animate(photo, guidance, _with(settings, frames=n))) for n in (None, 1, 31)]
    assert len({film.reblur_psnr for film in films}) == 1


def test_progress_counts_up_to_its_total_and_ends_there(settings):
    photo, guidance = _photo(130, 170), np.full((130, 170), 1, np.uint8)
    seen: list[Progress] = []
    finish(animate(photo, guidance, _with(settings, tile=96, frames=9)), seen.append)
    stages = list(dict.fromkeys(p.stage for p in seen))
    assert stages == ["load", "decompose", "interpolate"]
    for stage in stages:
        steps = [p for p in seen if p.stage == stage]
        assert [p.done for p in steps] == list(range(steps[-1].total + 1))
    assert next(p.total for p in seen if p.stage == "decompose") > 4


def test_closing_the_generator_cancels_between_tiles(settings, monkeypatch):
    runs = []
    original = module.run_network
    monkeypatch.setattr(module, "run_network", lambda *args: runs.append(1) or original(*args))
    photo, guidance = _photo(200, 260), np.full((200, 260), 1, np.uint8)
    generator = animate(photo, guidance, _with(settings, tile=128))
    for progress in generator:
        if progress.stage == "decompose" and progress.done == 2:
            break
    generator.close()
    assert len(runs) == 2


def test_an_exception_from_the_progress_callback_cancels(settings):
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        finish(animate(_photo(40, 40), _blob(40, 40), settings), stop)


CPU_ALLOCATOR = (
    "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: "
    "you tried to allocate 8000000000 bytes."
)


@pytest.mark.parametrize(
    "error", [torch.OutOfMemoryError("CUDA out of memory."), RuntimeError(CPU_ALLOCATOR)]
)
def test_running_out_of_memory_halves_the_tile_and_the_film_is_the_same(
    settings, monkeypatch, error
):
    photo, guidance = _photo(300, 300), _blob(300, 300)
    expected = finish(animate(photo, guidance, settings)).frames
    original, sizes = module.run_network, []

    def short_of_memory(network, pixels, *rest):
        sizes.append(max(pixels.shape[:2]))
        if sizes[-1] > 200:
            raise error
        return original(network, pixels, *rest)

    monkeypatch.setattr(module, "run_network", short_of_memory)
    monkeypatch.setitem(module.DEFAULT_TILE, "residual-unet", 512)
    film = finish(animate(photo, guidance, settings))
    assert sizes[0] > 256 >= 200 >= sizes[-1]
    assert np.abs(film.frames.astype(int) - expected).max() <= 1


def test_an_explicit_tile_size_is_never_changed(settings, monkeypatch):
    sizes = []

    def no_memory(network, pixels, *rest):
        sizes.append(pixels.shape)
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(module, "run_network", no_memory)
    photo, guidance = _photo(300, 300), _blob(300, 300)
    with pytest.raises(RunError, match="tiles of 192 px"):
        finish(animate(photo, guidance, _with(settings, tile=192)))
    assert len(sizes) == 1


def test_memory_that_suffices_for_no_tile_is_a_clear_error(settings, monkeypatch):
    def no_memory(*_):
        raise RuntimeError(CPU_ALLOCATOR)

    monkeypatch.setattr(module, "run_network", no_memory)
    with pytest.raises(RunError, match="Not enough memory on cpu even for tiles of 16 px"):
        finish(animate(_photo(40, 40), _blob(40, 40), settings))


def test_another_failure_is_not_mistaken_for_missing_memory(settings, monkeypatch):
    def broken(*_):
        raise RuntimeError("expected scalar type Float but found Half")

    monkeypatch.setattr(module, "run_network", broken)
    with pytest.raises(RuntimeError, match="scalar type"):
        finish(animate(_photo(40, 40), _blob(40, 40), settings))


def test_a_large_film_is_never_held_as_floats(settings, monkeypatch):
    height, width = 800, 1100

    def flat(network, pixels, guidance, *rest):
        return np.full((7, *guidance.shape, 3), 0.5, np.float32)

    monkeypatch.setattr(module, "run_network", flat)
    photo, guidance = np.zeros((height, width, 3), np.uint8), np.ones((height, width), np.uint8)
    tracemalloc.start()
    try:
        film = finish(animate(photo, guidance, _with(settings, tile=256)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (film.frames == 128).all()
    as_floats = 7 * height * width * 3 * 4
    assert peak < film.frames.nbytes + as_floats / 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"frames": 0}, "1 to 1000 frames"),
        ({"frames": 5000}, "1 to 1000 frames"),
        ({"max_edge": 0}, "longest edge"),
        ({"tile": 8}, "tile size 8 is too small"),
        ({"device": "abacus"}, "no device called 'abacus'"),
        ({"weights": "oracle"}, "weights called 'oracle'"),
    ],
)
def test_wrong_settings_are_refused(settings, changes, sentence):
    with pytest.raises(InputError, match=sentence):
        finish(animate(_photo(20, 20), _blob(20, 20), _with(settings, **changes)))


def test_guidance_of_another_size_is_refused_with_both_sizes(settings):
    with pytest.raises(InputError, match="30×20 pixels, but the photo is 31×20"):
        finish(animate(_photo(20, 31), _blob(20, 30), settings))


def _with(settings: AnimateSettings, **changes) -> AnimateSettings:
    return AnimateSettings(**{**settings.__dict__, **changes})
