"""Fitting offset networks: pairs from the simulator and from disk, the cycle, known ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from app.checkpoints import load_checkpoint, save_checkpoint
from app.cli import main
from app.errors import InputError
from app.media.photo_writing import write_photo
from app.training.blur_pairs import BlurPairs, PairSettings, PairSource, held_out_pairs
from app.training.conditions import PLAIN
from app.training.datasets.layouts import open_dataset
from app.training.fit import FitProgress
from app.training.fit_trajectory import TrajectoryFitSettings, converted, train_trajectory
from app.training.simulator import SimulatorSettings
from app.training.trajectory_evaluation import true_paths
from app.training.trajectory_measures import end_errors, measured, reblurred_along
from models.trajectory import DESIGNS, TrajectoryConfig, TrajectoryNetwork
from models.trajectory_losses import TrajectoryLossSettings

SMALL = (6, 8, 8)
CPU = torch.device("cpu")


@pytest.fixture
def settings(stills: Path, tmp_path: Path) -> TrajectoryFitSettings:
    """A run of a small network on camera pans, which are learned before anything else."""
    pans = SimulatorSettings(
        size=32, objects=(1.0,), static_camera=0.0, camera_displacement=(5.0, 6.0),
        camera_turn=0.0, camera_growth=0.0, curve=0.0, highlights=0.0,
        turning_camera=0.0, tremor=0.0, limbs=0.0,
    )  # fmt: skip
    torch.manual_seed(1)
    start = tmp_path / "start.safetensors"
    save_checkpoint(start, TrajectoryNetwork(TrajectoryConfig(widths=SMALL, points=7, blocks=1)))
    return TrajectoryFitSettings(
        pairs=PairSettings(
            simulate=stills, size=32, scenes=pans, block=32, reuse=8, validate_scenes=8,
            validate_size=32,
        ),
        out=tmp_path / "run", init=start, points=7, steps=40, batch=8, warmup=5, ema=0.9,
        learning_rate=6e-3, validate_every=40, save_every=10,
    )  # fmt: skip


def run(settings: TrajectoryFitSettings) -> tuple[list[FitProgress], Path]:
    events = []
    generator = train_trajectory(settings)
    while True:
        try:
            events.append(next(generator))
        except StopIteration as stop:
            return events, stop.value


def test_known_ends_are_approached_and_the_photo_is_explained_better(settings) -> None:
    loss = TrajectoryLossSettings(ssim=0.0, supervised=0.01)
    events, weights = run(replace(settings, steps=25, validate_every=25, loss=loss))
    last = events[-1].metrics
    assert last["relative"] < 0.95
    assert last["gain"] > 1
    model = load_checkpoint(weights).model
    assert isinstance(model, TrajectoryNetwork)
    assert (settings.out / "sheets" / "0000025.png").is_file()


def test_an_interrupted_run_continues_with_the_same_losses(settings, tmp_path) -> None:
    short = replace(settings, steps=6, validate_every=100)
    whole, _ = run(replace(short, out=tmp_path / "whole"))
    generator = train_trajectory(short)
    first = [next(generator) for _ in range(3)]
    generator.close()
    second, _ = run(replace(short, resume=True))
    assert [e.loss for e in first + second] == pytest.approx([e.loss for e in whole], rel=1e-5)


def test_parts_of_a_step_add_up_to_the_step(settings, tmp_path) -> None:
    short = replace(settings, steps=2, validate_every=100)
    whole, _ = run(replace(short, out=tmp_path / "whole", loss=TrajectoryLossSettings(ssim=0.0)))
    parts, _ = run(replace(short, accumulate=4, loss=TrajectoryLossSettings(ssim=0.0)))
    assert [e.loss for e in parts] == pytest.approx([e.loss for e in whole], rel=1e-4)


def test_true_trajectories_explain_simulated_photos(stills) -> None:
    pairs = held_out_pairs(PairSettings(simulate=stills, validate_size=48, validate_scenes=6), CPU)
    measures = measured(true_paths(pairs), pairs)
    assert float(measures["epe"].nanmean()) < 0.01
    assert float(measures["gain"].median()) > 0


def test_a_soft_lens_softens_photo_and_middle_frame_alike_and_moves_nothing(stills) -> None:
    still = SimulatorSettings(
        size=32, objects=(1.0,), static_camera=1.0, turning_camera=0.0, tremor=0.0
    )
    settings = PairSettings(simulate=stills, size=32, scenes=still, block=8)
    sharp, soft = (
        PairSource(
            replace(settings, conditions=replace(PLAIN, soft=often)), 8, seed=3, device=CPU
        ).at(0)
        for often in (0.0, 1.0)
    )
    detail = [p.sharp.diff(dim=-1).abs().mean() for p in (sharp, soft)]
    assert detail[1] < 0.95 * detail[0]
    torch.testing.assert_close(sharp.ends, soft.ends)


def test_swapped_ends_are_no_error_and_missing_ones_are_all_of_it() -> None:
    truth = torch.zeros(1, 2, 2, 4, 4)
    truth[:, 0, 0], truth[:, 1, 0] = 5.0, -5.0
    assert float(end_errors(truth.flip(1), truth)["epe"]) < 0.01
    still = end_errors(torch.zeros_like(truth), truth)
    assert float(still["relative"]) == pytest.approx(1.0)
    assert float(still["displacement"]) == pytest.approx(5.0, rel=1e-3)


def test_light_is_averaged_with_trapezoid_weights_unless_the_paper_s_way_is_wanted() -> None:
    sharp = torch.rand(1, 3, 8, 8)
    still = torch.zeros(1, 5, 2, 8, 8)
    torch.testing.assert_close(reblurred_along(sharp, still), sharp, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(reblurred_along(sharp, still, uniform=True), sharp)


@pytest.fixture
def pairs_on_disk(tmp_path: Path) -> Path:
    folder = tmp_path / "pairs"
    folder.mkdir()
    for number in range(12):
        pixels = np.full((40, 96, 3), number, np.uint8)
        pixels[:, 48:] = 100 + number
        write_photo(folder / f"{number:02d}.png", pixels)
    return folder


def test_the_last_tenth_of_pairs_on_disk_is_measured_and_the_rest_is_fitted(
    pairs_on_disk,
) -> None:
    settings = PairSettings(data=open_dataset(pairs_on_disk), size=32, validate_size=32)
    source = PairSource(settings, 64, seed=0, device=CPU)
    batch = source.at(3)
    fitted = set((batch.blurry[:, 0, 0, 0] * 255).round().int().tolist())
    held_out = set((held_out_pairs(settings, CPU).blurry[:, 0, 0, 0] * 255).round().int().tolist())
    assert held_out == {11}
    assert fitted == set(range(12)) - held_out
    assert torch.allclose(batch.sharp - batch.blurry, torch.tensor(100 / 255))
    assert batch.ends.isnan().all()
    assert torch.equal(source.at(3).blurry, batch.blurry)
    assert isinstance(batch.rows(slice(0, 2)), BlurPairs)


def test_a_broken_pair_is_named_and_another_is_fitted_in_its_place(pairs_on_disk) -> None:
    (pairs_on_disk / "03.png").write_bytes(b"no picture")
    dataset = open_dataset(pairs_on_disk)
    source = PairSource(PairSettings(data=dataset, size=32), 12, seed=0, device=CPU)
    assert len(source.at(0)) == 12
    assert [skipped.path.name for skipped in dataset.skipped] == ["03.png"]


def test_pairs_without_motion_cannot_supervise_and_small_ones_are_refused(
    pairs_on_disk, tmp_path
) -> None:
    run_of = TrajectoryFitSettings(
        pairs=PairSettings(data=open_dataset(pairs_on_disk), size=32, validate_size=32),
        out=tmp_path / "run",
    )
    with pytest.raises(InputError, match="without trajectories"):
        next(train_trajectory(replace(run_of, loss=TrajectoryLossSettings(supervised=1.0))))
    large = replace(run_of, pairs=PairSettings(data=open_dataset(pairs_on_disk), size=64))
    with pytest.raises(InputError, match="smaller than a crop of 64"):
        next(train_trajectory(large))


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("target", ["linear", "bilinear"])
def test_a_quadratic_network_becomes_another_with_the_nearest_ends(design, target) -> None:
    config = TrajectoryConfig(design=design, widths=SMALL)
    quadratic = TrajectoryNetwork(config).eval()
    other = converted(quadratic, target, 9).eval()
    photo = torch.rand(1, 3, 16, 16)
    with torch.no_grad():
        ends, found = quadratic(photo), other(photo)
    wanted = (ends - ends.flip(1)) / 2 if target == "linear" else ends
    torch.testing.assert_close(found, wanted, atol=1e-5, rtol=1e-4)
    with torch.no_grad():
        again = converted(other, "quadratic", 9).eval()(photo)
    torch.testing.assert_close(again, found, atol=1e-5, rtol=1e-4)


def test_free_points_become_no_ends_nor_the_other_way_round() -> None:
    table = TrajectoryNetwork(TrajectoryConfig(design="table", widths=SMALL))
    with pytest.raises(InputError, match="cannot become"):
        converted(table, "zero", 9)


def test_the_command_fits_pairs_on_disk_and_says_what_is_missing(
    pairs_on_disk, tmp_path, capsys
) -> None:
    call = ["train", "trajectory", "--out", str(tmp_path / "run"), "--steps", "1"]
    assert main(call) == 2
    assert "--simulate or --data" in capsys.readouterr().err
    call += ["--data", str(pairs_on_disk), "--size", "32", "--validate-size", "32", "--batch", "2"]
    call += ["--constraint", "zero", "--points", "5", "--device", "cpu"]
    assert main(call) == 2
    assert "no free points" in capsys.readouterr().err
    assert main([*call, "--preset", "paper"]) == 0
    model = load_checkpoint(tmp_path / "run" / "weights.safetensors").model
    assert model.config == TrajectoryConfig.from_preset("paper", "zero", 5)
