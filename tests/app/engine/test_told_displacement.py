"""Films of networks that are told how far things moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

import app.engine.weights as loading
from app import weights_files
from app.checkpoints import save_checkpoint
from app.engine import reading
from app.engine.animate import AnimateSettings, animate
from app.engine.progress import finish
from app.engine.tiling import smallest_tile
from app.errors import InputError
from models.decomposer import Decomposer, DecomposerConfig
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

HEIGHT, WIDTH = 40, 60
BLOCKS = {"encoder_blocks": (1,), "middle_blocks": 1, "decoder_blocks": (1,)}


def weights_of(path: Path, *, sees_displacement: bool) -> AnimateSettings:
    torch.manual_seed(4)
    config = DecomposerConfig(widths=(8, 12), **BLOCKS)
    network = Decomposer(config.listening() if sees_displacement else config)
    with torch.no_grad():
        for stage in (network.stage1, network.stage2):
            assert stage is not None
            stage.head.weight.normal_(std=0.1)
    save_checkpoint(path, network)
    return AnimateSettings(weights=str(path), device="cpu", looks=1, readings="none")


@pytest.fixture
def listens(tmp_path: Path) -> AnimateSettings:
    return weights_of(tmp_path / "listens.safetensors", sees_displacement=True)


@pytest.fixture
def scene() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    photo = np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    guidance = np.zeros((HEIGHT, WIDTH), np.uint8)
    guidance[10:30, 10:50] = 1
    displacement = np.zeros((HEIGHT, WIDTH, 2), np.float32)
    displacement[10:30, 10:50] = (24, -6)
    return photo, guidance, displacement


def test_what_is_told_changes_what_moves_and_nothing_else(listens, scene) -> None:
    photo, guidance, displacement = scene
    plain = finish(animate(photo, guidance, listens)).frames
    told = finish(animate(photo, guidance, listens, displacement)).frames
    nothing = finish(animate(photo, guidance, listens, np.zeros_like(displacement))).frames
    assert np.array_equal(plain, nothing)
    moving = guidance > 0
    assert (plain != told).any(-1)[:, moving].mean() > 0.5
    assert np.array_equal(plain[:, ~moving], told[:, ~moving])


def test_what_is_said_about_static_pixels_is_not_heard(listens, scene) -> None:
    photo, guidance, displacement = scene
    everywhere = np.broadcast_to(np.float32([24, -6]), displacement.shape)
    one = finish(animate(photo, guidance, listens, displacement)).frames
    other = finish(animate(photo, guidance, listens, everywhere)).frames
    assert np.array_equal(one, other)


def test_a_network_that_does_not_listen_makes_its_own_film(tmp_path, scene) -> None:
    photo, guidance, displacement = scene
    deaf = weights_of(tmp_path / "deaf.safetensors", sees_displacement=False)
    assert np.array_equal(
        finish(animate(photo, guidance, deaf)).frames,
        finish(animate(photo, guidance, deaf, displacement)).frames,
    )


def test_a_film_says_what_its_network_was_told(listens, tmp_path, scene) -> None:
    photo, guidance, displacement = scene
    told = finish(animate(photo, guidance, listens, displacement)).told
    assert told is not None
    np.testing.assert_array_equal(told, displacement)
    assert finish(animate(photo, guidance, listens)).told is None
    deaf = weights_of(tmp_path / "deaf.safetensors", sees_displacement=False)
    assert finish(animate(photo, guidance, deaf, displacement)).told is None


def test_of_a_large_film_it_says_so_in_few_pixels(listens) -> None:
    photo = np.zeros((32, 2000, 3), np.uint8)
    guidance = np.ones((32, 2000), np.uint8)
    displacement = np.full((32, 2000, 2), (30, -12), np.float32)
    told = finish(animate(photo, guidance, listens, displacement)).told
    assert told is not None
    assert told.shape == (11, 667, 2)
    np.testing.assert_allclose(told, np.broadcast_to(np.float32([10, -4]), told.shape))


def test_a_shrunk_photo_is_told_in_its_own_pixels(listens, scene) -> None:
    photo, guidance, displacement = scene
    double = np.kron(photo, np.ones((2, 2, 1), np.uint8))
    settings = replace(listens, max_edge=WIDTH)
    film = finish(
        animate(
            double,
            np.kron(guidance, np.ones((2, 2), np.uint8)),
            settings,
            np.kron(displacement, np.ones((2, 2, 1), np.float32)) * 2,
        )
    )
    assert np.array_equal(
        film.frames, finish(animate(photo, guidance, listens, displacement)).frames
    )


def test_tiles_are_told_what_the_whole_photo_is_told(listens, scene) -> None:
    photo, guidance, displacement = (np.concatenate([part] * 4, 1) for part in scene)
    whole = finish(animate(photo, guidance, listens, displacement)).frames
    tiled = finish(
        animate(
            photo,
            guidance,
            replace(listens, tile=208),
            displacement,
        )
    ).frames
    assert np.abs(whole.astype(int) - tiled).max() <= 1


def test_a_map_of_another_size_is_refused(listens, scene) -> None:
    photo, guidance, displacement = scene
    with pytest.raises(InputError, match="displacement map"):
        finish(animate(photo, guidance, listens, displacement[:-1]))


@pytest.fixture
def offsets(tmp_path: Path) -> str:
    """An offset network that reads something everywhere."""
    torch.manual_seed(5)
    network = TrajectoryNetwork(TrajectoryConfig(widths=(4, 6), blocks=1))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    save_checkpoint(tmp_path / "offsets.safetensors", network)
    return str(tmp_path / "offsets.safetensors")


def test_what_nobody_says_is_read_where_weights_are_named(listens, offsets, scene) -> None:
    photo, guidance, displacement = scene
    plain = finish(animate(photo, guidance, listens)).frames
    asked = replace(listens, readings=offsets)
    read = finish(animate(photo, guidance, asked)).frames
    moving = guidance > 0
    assert (plain != read).any(-1)[:, moving].mean() > 0.5
    assert np.array_equal(plain[:, ~moving], read[:, ~moving])
    # Said everywhere, nothing is left to read.
    said = finish(animate(photo, guidance, listens, displacement)).frames
    assert np.array_equal(finish(animate(photo, guidance, asked, displacement)).frames, said)


def test_shipped_readings_are_taken_where_they_are_installed(
    listens, offsets, scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, guidance, _ = scene
    auto = replace(listens, readings="auto")
    monkeypatch.setattr(loading, "named_weights", dict)
    alone = finish(animate(photo, guidance, auto)).frames
    assert np.array_equal(alone, finish(animate(photo, guidance, listens)).frames)
    named = {loading.DEFAULT_TRAJECTORY: Path(offsets)}
    monkeypatch.setattr(loading, "named_weights", lambda: named)
    monkeypatch.setattr(weights_files, "named_weights", lambda: named)
    informed = finish(animate(photo, guidance, auto)).frames
    by_name = finish(animate(photo, guidance, replace(listens, readings=offsets))).frames
    assert np.array_equal(informed, by_name)
    assert not np.array_equal(informed, alone)


def test_readings_for_weights_that_do_not_listen_are_refused(tmp_path, offsets, scene) -> None:
    photo, guidance, _ = scene
    deaf = weights_of(tmp_path / "deaf.safetensors", sees_displacement=False)
    with pytest.raises(InputError, match="does not listen"):
        finish(animate(photo, guidance, replace(deaf, readings=offsets)))
    finish(animate(photo, guidance, replace(deaf, readings="auto")))


def test_nothing_is_read_where_everything_is_said(
    listens, offsets, scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, guidance, displacement = scene
    windows = []
    predicted = reading.predicted_paths

    def counting(network, pixels, *rest, **options):
        windows.append(pixels.shape)
        return predicted(network, pixels, *rest, **options)

    monkeypatch.setattr(reading, "predicted_paths", counting)
    finish(animate(photo, guidance, replace(listens, readings=offsets), displacement))
    assert not windows
    finish(animate(photo, guidance, replace(listens, readings=offsets)))
    assert windows


def test_a_tile_that_the_decomposer_allows_is_never_too_small_for_the_reader(
    listens, offsets, scene
) -> None:
    photo, guidance, _ = scene
    smallest = smallest_tile(loading.load_decomposer(listens.weights, torch.device("cpu")).stride)
    film = finish(animate(photo, guidance, replace(listens, readings=offsets, tile=smallest)))
    assert film.frames.shape[1:3] == guidance.shape
