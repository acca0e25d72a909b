"""Optical flow by name: DIS, RAFT where its weights are, and a clear word where they are not."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.errors import InputError
from app.flow import raft
from app.flow.matching import matcher, resolved


def usable_torchvision() -> bool:
    try:
        import torchvision.models.optical_flow  # noqa: F401
    # One of another release than torch fails while it registers its operators.
    except (ImportError, RuntimeError):
        return False
    return True


torchvision = pytest.mark.skipif(not usable_torchvision(), reason="no torchvision that works")


def textured(height: int, width: int) -> np.ndarray:
    rng = np.random.default_rng(0)
    coarse = rng.random((height // 6 + 1, width // 6 + 1, 3)).astype(np.float32)
    return (cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) * 255).clip(
        0, 255
    ).astype(np.uint8)  # fmt: skip


@pytest.fixture
def no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where torchvision would keep weights, and nothing there yet."""
    (tmp_path / "checkpoints").mkdir()
    monkeypatch.setenv("TORCH_HOME", str(tmp_path.parent))
    monkeypatch.setattr("torch.hub.get_dir", lambda: str(tmp_path))
    return tmp_path / "checkpoints" / raft.WEIGHTS


@pytest.mark.parametrize(("height", "width"), [(64, 80), (20, 28)])
def test_dis_finds_where_pixels_went(height: int, width: int) -> None:
    picture = textured(height, width + 3)
    flow = matcher("dis")(picture[:, 3:], picture[:, :-3])
    assert flow.shape == (height, width, 2)
    assert flow.dtype == np.float32
    inner = flow[4:-4, 6:-6]
    assert np.median(inner[..., 0]) == pytest.approx(3, abs=0.3)
    assert np.median(inner[..., 1]) == pytest.approx(0, abs=0.3)


def test_without_weights_auto_is_dis_and_raft_says_what_is_missing(no_weights: Path) -> None:
    assert resolved("auto") == "dis"
    assert resolved("raft") == "raft"
    expected = raft.WEIGHTS if importlib.util.find_spec("torchvision") else r"unspool\[raft\]"
    with pytest.raises(InputError, match=expected):
        matcher("raft")
    with pytest.raises(InputError, match="no optical flow 'farneback'"):
        matcher("farneback")


def test_without_torchvision_raft_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(raft.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"unspool\[raft\]"):
        matcher("raft")


@torchvision
def test_raft_runs_from_local_weights_on_pictures_of_any_size(no_weights: Path) -> None:
    import torch
    from torchvision.models.optical_flow import raft_large

    torch.manual_seed(0)
    torch.save(raft_large(weights=None).state_dict(), no_weights)
    assert resolved("auto") == "raft"
    picture = textured(37, 50)
    flow = matcher("auto")(picture, picture)
    assert flow.shape == (37, 50, 2)
    assert np.isfinite(flow).all()


@torchvision
def test_damaged_weights_of_raft_are_refused(no_weights: Path) -> None:
    no_weights.write_bytes(b"no weights")
    with pytest.raises(InputError, match="not RAFT's weights, or damaged"):
        matcher("raft")
