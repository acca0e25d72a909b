"""Trajectories in the window, found by a real small network and written as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from app import weights_files
from app.checkpoints import save_checkpoint
from app.errors import InputError
from app.gui.discover import tracing
from app.gui.discover.findings import TrajectoryField
from app.gui.discover.tracing import PathTracer, offer_trajectories, write_trajectories
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.media.photos import read_photo
from models.trajectory import TrajectoryConfig, TrajectoryNetwork
from tests.app.gui.conftest import PATIENCE_MS

WIDTH, HEIGHT = 96, 64


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that sees the same motion of 8 px along x in every pixel."""
    network = TrajectoryNetwork(TrajectoryConfig(design="table", widths=(2, 2, 2), blocks=1))
    with torch.no_grad():
        network.body.head.weight.zero_()
        network.body.head.bias.copy_(torch.tensor([4.0, 0.0, -4.0, 0.0]))
    path = tmp_path_factory.mktemp("weights") / "trajectory-quadratic.safetensors"
    save_checkpoint(path, network)
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    cv2.imwrite(str(path), np.full((HEIGHT, WIDTH, 3), 90, np.uint8))
    return path


def test_the_traced_paths_run_the_way_of_the_regions(weights: Path, picture: Path) -> None:
    ring = ((0.0, 0.0), (48.0, 0.0), (48.0, 64.0), (0.0, 64.0))
    photo = read_photo(picture)
    for direction, sign in ((Direction.UP_RIGHT, 1), (Direction.DOWN_LEFT, -1)):
        regions = (Region(direction, (ring,)),)
        field = PathTracer(weights).trace(photo, regions, lambda *_: None)
        inside, outside = field.object_paths(np.array([[20.0, 30.0], [80.0, 30.0]]))
        assert (inside[-1] - inside[0]).tolist() == pytest.approx([sign * 8, 0], abs=1e-4)
        assert (outside == outside[0]).all()


def test_without_regions_everything_may_move_and_large_photos_keep_their_pixels(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "_LONGEST_EDGE", 48)
    path = tmp_path / "large.png"
    cv2.imwrite(str(path), np.zeros((HEIGHT, WIDTH, 3), np.uint8))
    field = PathTracer(weights).trace(read_photo(path), (), lambda *_: None)
    assert field.offsets.shape == (15, 2, HEIGHT // 2, WIDTH // 2)
    # 8 px of the halved photo are 16 px of the photo.
    (way,) = field.object_paths(np.array([[40.0, 30.0]]))
    assert abs(way[-1] - way[0]).tolist() == pytest.approx([16, 0], abs=1e-3)


def test_the_overlay_is_offered_with_weights_only_and_is_exported(
    open_photo: Callable[[Path], MainWindow],
    weights: Path,
    picture: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_photo(picture)
    found = window.controller.discoveries
    monkeypatch.setattr(weights_files, "weights_dir", lambda: tmp_path)
    offer_trajectories(found)
    assert not found.can_trace
    monkeypatch.setattr(weights_files, "user_weights_dir", lambda: weights.parent)
    offer_trajectories(found)
    assert found.can_trace
    window.workspace.trajectory_panel.visible.setChecked(True)
    qtbot.waitUntil(lambda: found.field is not None, timeout=PATIENCE_MS)
    field, document = found.field, window.editor.document
    assert field is not None
    assert document is not None
    for name in ("lines.svg", "photo.png", "arrays.npz"):
        with qtbot.waitSignal(window.controller.noticed, timeout=PATIENCE_MS):
            window.films.trajectory_export.write(tmp_path / name, field, document.photo)
        assert (tmp_path / name).stat().st_size > 0
    with np.load(tmp_path / "arrays.npz", allow_pickle=False) as arrays:
        assert arrays["offsets"].shape == (15, 2, HEIGHT, WIDTH)


def test_other_kinds_of_files_are_refused(picture: Path, tmp_path: Path) -> None:
    field = TrajectoryField(np.zeros((3, 2, 4, 6), np.float32), WIDTH, HEIGHT)
    with pytest.raises(InputError, match=r"use one of \.png, \.svg, \.npz"):
        write_trajectories(tmp_path / "a.txt", field, read_photo(picture))
