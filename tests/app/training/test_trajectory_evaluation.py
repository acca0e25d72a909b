"""Evaluating offset and deblurring networks: exact truth scores best, and calls report it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from app.checkpoints import save_checkpoint
from app.cli import main
from app.errors import InputError
from app.training.blur_pairs import PairSettings
from app.training.deblur_evaluation import by_network, evaluate_deblur
from app.training.trajectory_evaluation import (
    evaluate_trajectory,
    kernel_pairs,
    pairs_for,
    true_paths,
)
from app.training.trajectory_measures import paths_found
from models.deblur import DeblurConfig, DeblurNetwork
from models.decomposer import Decomposer, DecomposerConfig
from models.trajectory import TrajectoryConfig, TrajectoryNetwork

CPU = torch.device("cpu")
SMALL = TrajectoryConfig(widths=(2, 2, 2), blocks=1)


@pytest.fixture
def settings(stills: Path) -> PairSettings:
    return PairSettings(simulate=stills, validate_size=48, validate_scenes=4)


def test_true_kernels_explain_the_synthetic_set_in_either_order(settings: PairSettings) -> None:
    pairs = kernel_pairs(settings, CPU)
    result = evaluate_trajectory(true_paths(pairs).flip(1), pairs)
    assert result.reblur > 35
    assert result.reblur > result.photo + 6
    assert result.epe == pytest.approx(0, abs=1e-2)
    assert result.motion_mse == pytest.approx(0, abs=1e-4)
    still = TrajectoryNetwork(SMALL)
    with torch.no_grad():
        for parameter in still.parameters():
            parameter.zero_()
    nothing = evaluate_trajectory(paths_found(still, pairs), pairs)
    assert nothing.reblur == pytest.approx(nothing.photo, abs=0.01)
    assert nothing.epe == pytest.approx(nothing.displacement, rel=1e-3)


def test_a_network_that_changes_nothing_is_as_good_as_the_photo(settings: PairSettings) -> None:
    pairs = pairs_for(settings, CPU, kernels=False)
    network = DeblurNetwork(DeblurConfig(width=2))
    with torch.no_grad():
        for parameter in network.body.decoders[0].head.parameters():
            parameter.zero_()
    result = evaluate_deblur(by_network(network, None), pairs)
    assert result.psnr == pytest.approx(result.photo)
    aware = DeblurNetwork(DeblurConfig(width=2, motion_aware=True))
    with pytest.raises(InputError, match="needs the offset network"):
        evaluate_deblur(by_network(aware, None), pairs)


def test_what_annotators_tell_is_heeded_when_asked_for(settings: PairSettings) -> None:
    pairs = pairs_for(settings, CPU, kernels=False)
    torch.manual_seed(0)
    small = {"widths": (8, 12), "encoder_blocks": (1,), "middle_blocks": 1, "decoder_blocks": (1,)}
    aware = DeblurNetwork(DeblurConfig("unet", motion_aware=True, alpha=1.0, **small))
    offsets = TrajectoryNetwork(SMALL)
    with torch.no_grad():
        aware.body.stage.head.weight.normal_(std=0.05)
        offsets.body.unet.head.bias.fill_(1.0)
    said = [{}, {"guided": True}, {"guided": True, "arrows": True}]
    found = [evaluate_deblur(by_network(aware, offsets, **told), pairs) for told in said]
    assert len({result.psnr for result in found}) == 3


def test_arrows_bring_the_ends_nearer_to_the_truth(settings: PairSettings) -> None:
    pairs = pairs_for(settings, CPU, kernels=False)
    still = TrajectoryNetwork(SMALL)
    with torch.no_grad():
        for parameter in still.parameters():
            parameter.zero_()
    guided, told = (
        evaluate_trajectory(paths_found(still, pairs, arrows=arrows), pairs)
        for arrows in (False, True)
    )
    assert told.directed is not None
    assert guided.directed is not None
    assert told.directed < 0.6 * guided.directed
    assert told.reblur > guided.reblur


def test_the_calls_print_and_write_what_was_measured(stills: Path, tmp_path: Path, capsys) -> None:
    offsets, aware = tmp_path / "offsets.safetensors", tmp_path / "aware.safetensors"
    save_checkpoint(offsets, TrajectoryNetwork(SMALL))
    save_checkpoint(aware, DeblurNetwork(DeblurConfig(width=2, motion_aware=True)))
    call = ["--simulate", str(stills), "--scenes", "2", "--size", "32", "--device", "cpu"]
    out = tmp_path / "numbers.json"
    trajectory = ["evaluate", "trajectory", "--weights", str(offsets), *call]
    assert main([*trajectory, "--json", str(out)]) == 0
    measured = json.loads(out.read_text())
    assert measured["photo_alone"]["pairs"] == measured["with_guidance"]["pairs"] == 2
    assert measured["photo_alone"]["epe"] != measured["with_guidance"]["epe"]
    assert measured["with_arrows"]["epe"] < measured["with_guidance"]["epe"]
    assert measured["true_paths"]["epe"] == pytest.approx(0, abs=1e-2)
    refined = tmp_path / "refined.json"
    assert main([*trajectory, "--refine", "5", "--json", str(refined)]) == 0
    after = json.loads(refined.read_text())
    for told in ("with_arrows", "with_guidance", "photo_alone"):
        assert after[told]["reblur"] > measured[told]["reblur"]
    assert after["true_paths"] == measured["true_paths"]
    assert main([*trajectory, "--kernels", "--json", str(out), "--overwrite"]) == 0
    kernels = json.loads(out.read_text())
    assert kernels["kernels"]
    assert kernels["photo_alone"]["photo"] != measured["photo_alone"]["photo"]
    deblur = ["evaluate", "deblur", "--weights", str(aware), *call]
    assert main([*deblur, "--trajectory-weights", str(offsets)]) == 0
    assert "photo itself" in capsys.readouterr().out
    assert main(["evaluate", "trajectory", "--weights", str(offsets)]) == 2


def test_the_decomposer_is_measured_as_deblurring_uses_it(
    stills: Path, tmp_path: Path, capsys
) -> None:
    torch.manual_seed(0)
    tiny = tmp_path / "tiny.safetensors"
    small = {"encoder_blocks": (1,), "middle_blocks": 1, "decoder_blocks": (1,)}
    network = Decomposer(DecomposerConfig(widths=(8, 12), **small))
    with torch.no_grad():
        for stage in (network.stage1, network.stage2):
            stage.head.weight.normal_(std=0.05)
    save_checkpoint(tiny, network)
    call = ["--simulate", str(stills), "--scenes", "2", "--size", "32", "--device", "cpu"]
    out = tmp_path / "numbers.json"
    deblur = ["evaluate", "deblur", "--weights", str(tiny), "--json", str(out)]
    assert main([*deblur, *call]) == 0
    measured = json.loads(out.read_text())
    assert measured["with_guidance"]["psnr"] != measured["photo_alone"]["psnr"]
    assert measured["with_arrows"]["pairs"] == 2
    assert measured["with_guidance"]["photo"] == measured["photo_alone"]["photo"]
    printed = capsys.readouterr().out
    assert "with guidance" in printed
    assert "photo alone" in printed
