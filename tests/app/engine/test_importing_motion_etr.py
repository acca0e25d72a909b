"""The authors' Motion-ETR and DMPHN checkpoints become our networks and give the authors' numbers.

The fixtures hold outputs of the authors' code on deterministic weights, of which the offset
networks' are kept at five of the fifteen instants.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from app.checkpoints import load_checkpoint, read_header
from app.cli import main
from app.engine.importing_motion_etr import import_dmphn, import_motion_etr
from app.errors import InputError
from tests.parity import fixture_weights

DATA = Path(__file__).parents[2] / "data"
KEPT_INSTANTS = [0, 3, 7, 11, 14]


def _content(name: str) -> dict[str, np.ndarray]:
    with np.load(DATA / name, allow_pickle=False) as content:
        return {key: content[key] for key in content}


@pytest.fixture(scope="module")
def offsets() -> dict[str, np.ndarray]:
    return _content("etr_offsets.npz")


def _offset_file(offsets, constraint: str, path: Path) -> Path:
    shapes = json.loads(str(offsets[f"{constraint}_keys"]))
    torch.save(fixture_weights(shapes), path)
    return path


@pytest.fixture
def dmphn_folder(tmp_path) -> Path:
    content = _content("dmphn_124.npz")
    for part in ("encoder", "decoder"):
        state = fixture_weights(json.loads(str(content[f"{part}_keys"])), scale=1.0)
        for level in (1, 2, 3):
            torch.save(state, tmp_path / f"{part}_lv{level}.pkl")
    return tmp_path


@pytest.mark.parametrize("constraint", ["linear", "bilinear", "quadratic"])
def test_imported_offset_networks_give_the_authors_trajectories(offsets, constraint, tmp_path):
    _offset_file(offsets, constraint, tmp_path / "latest_net_offset.pth")
    out = tmp_path / "ours.safetensors"
    call = ["weights", "import", "--format", "motion-etr", str(tmp_path), "--out", str(out)]
    if constraint != "linear":
        call += ["--constraint", constraint]
    assert main(call) == 0
    network = load_checkpoint(out).model
    with torch.inference_mode():
        found = network.trajectory(torch.from_numpy(offsets["image"]), 15)[:, KEPT_INSTANTS]
    wanted = offsets[f"{constraint}_trajectory"]
    np.testing.assert_allclose(found.numpy(), wanted, atol=1e-4 * np.abs(wanted).max())


def test_imported_dmphn_gives_the_authors_picture(dmphn_folder, tmp_path):
    out = tmp_path / "deblur.safetensors"
    call = ["weights", "import", "--format", "dmphn", str(dmphn_folder), "--out", str(out)]
    assert main(call) == 0
    assert read_header(out).architecture == "deblur"
    content = _content("dmphn_124.npz")
    with torch.inference_mode():
        sharp = load_checkpoint(out).model(torch.from_numpy(content["image_minus_half"]) + 0.5)
    wanted = content["output"]
    np.testing.assert_allclose(sharp.numpy() - 0.5, wanted, atol=1e-4 * np.abs(wanted).max())


def test_four_channels_leave_a_choice_that_must_be_made(offsets, tmp_path, capsys):
    path = _offset_file(offsets, "quadratic", tmp_path / "x_net_offset.pth")
    call = ["weights", "import", "--format", "motion-etr", str(path)]
    assert main([*call, "--out", str(tmp_path / "a.safetensors")]) == 2
    assert "--constraint quadratic" in capsys.readouterr().err
    with pytest.raises(InputError, match="does not fit the constraint 'linear'"):
        import_motion_etr(path, "linear")


def test_two_channels_are_linear_and_other_counts_are_free_points(offsets, tmp_path):
    path = _offset_file(offsets, "linear", tmp_path / "x_net_offset.pth")
    assert import_motion_etr(path).config.constraint == "linear"
    state = torch.load(path, weights_only=True)
    head = {"conv_out_0.weight": torch.rand(30, 32, 5, 5), "conv_out_0.bias": torch.rand(30)}
    wrapped = {f"module.{k}": v for k, v in {**state, **head}.items()}
    torch.save({"state_dict": wrapped}, path)
    config = import_motion_etr(path).config
    assert (config.constraint, config.points) == ("zero", 15)


def test_what_is_missing_or_foreign_is_named(offsets, dmphn_folder, tmp_path):
    (dmphn_folder / "decoder_lv2.pkl").unlink()
    with pytest.raises(InputError, match=r"lacks decoder_lv2\.pkl"):
        import_dmphn(dmphn_folder)
    with pytest.raises(InputError, match="there are: none"):
        import_motion_etr(tmp_path)
    other = tmp_path / "other_net_offset.pth"
    torch.save({"weight": torch.zeros(3)}, other)
    with pytest.raises(InputError, match=r"conv_out_0\.weight"):
        import_motion_etr(other)


def test_a_constraint_is_refused_for_other_formats(tmp_path, capsys):
    call = ["weights", "import", "--format", "dmphn", str(tmp_path), "--constraint", "linear"]
    assert main([*call, "--out", str(tmp_path / "a.safetensors")]) == 2
    assert "belongs to motion-etr" in capsys.readouterr().err
