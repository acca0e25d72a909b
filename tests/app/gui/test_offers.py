"""Suggestions and trajectories are found with the weights that the settings name."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from pytestqt.qtbot import QtBot

from app.checkpoints import save_checkpoint
from app.gui.discover.offers import Offers
from app.gui.window import MainWindow
from models.trajectory import TrajectoryConfig, TrajectoryNetwork
from tests.app.gui.conftest import PATIENCE_MS


def network_of(path: Path, length: float) -> Path:
    """An offset network that sees the same motion of `length` pixels along x in every pixel."""
    network = TrajectoryNetwork(TrajectoryConfig(design="table", widths=(2, 2, 2), blocks=1))
    with torch.no_grad():
        network.body.head.weight.zero_()
        network.body.head.bias.copy_(torch.tensor([length / 2, 0.0, -length / 2, 0.0]))
    save_checkpoint(path, network)
    return path


@pytest.fixture
def offering(square: MainWindow) -> MainWindow:
    """The window with one region, as the program starts it."""
    Offers(square.controller.discoveries, square.preferences, square)
    return square


def test_other_weights_for_trajectories_trace_those_shown_again(
    offering: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    found, kept = offering.controller.discoveries, offering.preferences
    kept.set_tracer(str(network_of(tmp_path / "short.safetensors", 4)))
    found.set_tracing(True)
    qtbot.waitUntil(lambda: found.field is not None, timeout=PATIENCE_MS)
    short = found.field
    assert short is not None
    kept.set_tracer(str(network_of(tmp_path / "long.safetensors", 8)))
    qtbot.waitUntil(lambda: found.field not in (None, short), timeout=PATIENCE_MS)
    assert found.field is not None
    assert abs(found.field.offsets).max() == pytest.approx(2 * abs(short.offsets).max(), rel=1e-3)


@pytest.mark.parametrize("command", ["suggest", "blurred"])
def test_weights_for_suggestions_that_are_gone_or_of_another_kind_are_named(
    offering: MainWindow, qtbot: QtBot, tmp_path: Path, command: str
) -> None:
    wrong = {
        tmp_path / "gone.safetensors": "gone.safetensors",
        network_of(tmp_path / "table.safetensors", 4): "cannot tell how sure it is",
    }
    for path, words in wrong.items():
        offering.preferences.set_guesser(str(path))
        with qtbot.waitSignal(offering.controller.failed, timeout=PATIENCE_MS):
            offering.actions_by_name[command].trigger()
        assert words in offering.banner.text
        assert str(path) in offering.banner.text


def test_back_on_automatic_the_shipped_weights_are_taken(
    offering: MainWindow, tmp_path: Path
) -> None:
    found, kept = offering.controller.discoveries, offering.preferences
    automatic = found._suggester
    kept.set_guesser("no such weights")
    assert found._suggester != automatic
    kept.set_guesser("")
    assert found._suggester is not None
    motion = found._suggester.__self__
    assert motion._guesser is None  # all that are installed
