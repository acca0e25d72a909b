"""The exposure simulator's truth: averages, flows, occlusion, determinism."""

from __future__ import annotations

import math
from dataclasses import fields
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from app.errors import InputError
from app.training.batches import SimulatedBatches, augmented, seeded
from app.training.compositing import Exposures, Layer, expose
from app.training.motion import CameraMotion, Motion
from app.training.rasteriser import rasterise
from app.training.scenes import Scenes
from app.training.simulator import SimulatorSettings, simulate
from app.training.stills import load_stills

SMALL = SimulatorSettings(size=48, displacement=(4.0, 12.0), camera_displacement=(2.0, 6.0))


def moving_square(dx: float, dy: float) -> Exposures:
    """A white square of 12 pixels crossing a dark 40×48 picture that stands still."""
    steps = 37
    background = torch.full((1, 3, 40, 48), 0.1)
    square = torch.zeros(1, 4, 32, 32)
    square[:, :, 10:22, 10:22] = 1
    times = torch.linspace(-0.5, 0.5, steps)
    path = torch.eye(3).repeat(1, steps, 1, 1)
    path[0, :, 0, 2], path[0, :, 1, 2] = dx * times, dy * times
    rows = torch.zeros(1, dtype=torch.long)
    layers = [
        Layer(
            rows,
            background,
            torch.diag(torch.tensor([2 / 48, 2 / 40, 1.0]))[None],
            torch.eye(3).repeat(1, steps, 1, 1),
            "border",
        ),
        Layer(rows, square, torch.diag(torch.tensor([2 / 32, 2 / 32, 1.0]))[None], path),
    ]
    return expose(layers, 40, 48, 7, 1)


def test_a_moving_square_has_exactly_known_flow_and_blur() -> None:
    exposure = moving_square(12, 0)
    middle = exposure.blurry[0, 0, 20]
    # 12 wide, moving 12: the very middle is covered all the time, 6 pixels away half of it.
    assert middle[24] == pytest.approx(1, abs=0.05)
    assert middle[30] == pytest.approx(0.1 + 0.9 * 0.5, abs=0.06)
    assert exposure.blurry[0, 0, 20, 40] == pytest.approx(0.1)
    assert exposure.flow[0, 0, 20, 24] == pytest.approx(12, abs=1)
    assert exposure.flow[0, 1].abs().max() == 0
    assert exposure.flow[0, 0, 2].abs().max() == 0
    assert exposure.first_to_last[0, 0, 20, 18] == pytest.approx(12)
    assert exposure.first_to_last[0, 0, 20, 40] == 0
    assert exposure.occlusion[0, 0, 20, 30] == 1
    assert exposure.occlusion[0, 0, 2, 30] == 0


def test_frames_run_from_first_to_last() -> None:
    frames = moving_square(12, 4).frames[0, :, 0]
    xs = torch.arange(48.0) + 0.5
    bright = (frames > 0.5).float()
    centres = [(f.sum(0) * xs).sum() / f.sum() for f in bright]
    steps = torch.stack(centres).diff()
    assert torch.allclose(steps, torch.full_like(steps, 2.0), atol=0.6)


def test_the_photo_is_the_trapezoid_mean_of_many_instants() -> None:
    exposure = moving_square(6, 0)
    weights = torch.tensor([0.5, 1, 1, 1, 1, 1, 0.5]).view(1, 7, 1, 1, 1) / 6
    rough = (exposure.frames * weights).sum(1)
    assert (rough - exposure.blurry).abs().max() < 0.1
    assert (rough - exposure.blurry).abs().mean() < 0.01


def test_a_seed_decides_everything(stills: Path) -> None:
    bank = load_stills(stills)
    one = simulate(bank, SMALL, 5, seeded(3), points=3)
    again = simulate(bank, SMALL, 5, seeded(3), points=3)
    other = simulate(bank, SMALL, 5, seeded(4))
    for name in (f.name for f in fields(Exposures)):
        assert torch.equal(getattr(one, name), getattr(again, name))
    assert not torch.equal(one.blurry, other.blurry)


def test_scenes_do_not_depend_on_how_they_are_chunked(stills: Path) -> None:
    bank = load_stills(stills)
    one = simulate(bank, SMALL, 5, seeded(3), chunk=5)
    two = simulate(bank, SMALL, 5, seeded(3), chunk=2)
    assert torch.allclose(one.frames, two.frames, atol=1e-4)


def test_a_static_camera_leaves_the_background_alone(stills: Path) -> None:
    settings = SimulatorSettings(size=48, static_camera=1.0, objects=(0.0, 1.0), highlights=0.0)
    exposure = simulate(load_stills(stills), settings, 4, seeded(1))
    untouched = (exposure.flow.abs().sum(1) == 0) & (exposure.occlusion[:, 0] == 0)
    apart = (exposure.frames - exposure.frames[:, :1]).abs().amax((1, 2))
    # A pixel at an object's soft edge may change without being counted as the object's.
    assert untouched.float().mean() > 0.3
    assert (apart[untouched] < 1e-6).float().mean() > 0.9


def test_flow_and_first_to_last_agree_where_a_camera_pans(stills: Path) -> None:
    settings = SimulatorSettings(
        size=48,
        static_camera=0.0,
        objects=(1.0,),
        camera_turn=0.0,
        camera_growth=0.0,
        curve=0.0,
        turning_camera=0.0,
        limbs=0.0,
    )
    exposure = simulate(load_stills(stills), settings, 3, seeded(2))
    assert torch.allclose(exposure.flow, exposure.first_to_last, atol=1e-2)
    assert float(exposure.flow.norm(dim=1).min()) > 0.9


def test_cutouts_come_from_masks_and_shapes_do_without(stills: Path, tmp_path: Path) -> None:
    assert len(load_stills(stills).cutouts) > 0
    lonely = tmp_path / "lonely"
    lonely.mkdir()
    (lonely / "a.png").write_bytes((stills / "still00.png").read_bytes())
    bank = load_stills(lonely)
    assert len(bank.cutouts) == 0
    settings = SimulatorSettings(size=48, objects=(0.0, 0.0, 1.0))
    assert simulate(bank, settings, 2, seeded(0)).occlusion.max() == 1


def test_held_out_stills_are_never_fitted(stills: Path) -> None:
    fit, held = load_stills(stills, part="fit"), load_stills(stills, part="held-out")
    assert len(fit.stills) + len(held.stills) == 12
    assert not any(torch.equal(a, b) for a in fit.stills for b in held.stills)


def test_a_folder_without_images_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no readable image"):
        load_stills(tmp_path)
    with pytest.raises(InputError, match="not a folder"):
        load_stills(tmp_path / "missing")


def test_motion_passes_its_centre_in_the_middle() -> None:
    one = torch.ones(1)
    motion = Motion(
        angle=one * 0.3, length=one * 10, curve=one * 0.2, acceleration=one * 0.5, turn=one * 0.1,
        growth=one * 0.05, centre=torch.tensor([[4.0, -2.0]]), size=one, pose=one * 0,
    )  # fmt: skip
    affine = motion.affines(torch.tensor([0.0, 0.5, 1.0]))
    assert torch.allclose(affine[0, 1, :2, 2], torch.tensor([4.0, -2.0]), atol=1e-5)
    assert torch.allclose((affine[0, 2] - affine[0, 0])[:2, 2].norm(), torch.tensor(10.0))


def test_augmentation_keeps_photo_flow_and_frames_together(stills: Path) -> None:
    settings = SimulatorSettings(
        size=48, static_camera=0.0, objects=(1.0,), camera_displacement=(6.0, 10.0),
        camera_turn=0.0, camera_growth=0.0, curve=0.0, changing_speed=0.0,
        turning_camera=0.0, tremor=0.0, limbs=0.0,
    )  # fmt: skip
    exposures = simulate(load_stills(stills), settings, 8, seeded(2))
    turned = augmented(exposures, seeded(9))
    weights = torch.tensor([0.5, 1, 1, 1, 1, 1, 0.5]).view(1, 7, 1, 1, 1) / 6
    before = ((exposures.frames * weights).sum(1) - exposures.blurry).abs().mean()
    after = ((turned.frames * weights).sum(1) - turned.blurry).abs().mean()
    assert torch.isclose(before, after, rtol=1e-3)
    # Moving frame 3 by half the summed flow gives the last frame, whatever was mirrored.
    for index in range(8):
        shift = (turned.flow[index, :, 24, 24] / 2).round().int().tolist()
        moved = turned.frames[index, 3].roll((shift[1], shift[0]), (1, 2))[:, 12:36, 12:36]
        backwards = turned.frames[index, 3].roll((-shift[1], -shift[0]), (1, 2))[:, 12:36, 12:36]
        last = turned.frames[index, 6][:, 12:36, 12:36]
        assert (moved - last).abs().mean() < (backwards - last).abs().mean()


def test_a_batch_depends_on_seed_and_step_only(stills: Path) -> None:
    bank = load_stills(stills)

    def stream() -> SimulatedBatches:
        return SimulatedBatches(bank, batch=2, seed=1, scenes=SMALL, block=4, reuse=2)

    running, jumping = stream(), stream()
    seen = [running.at(step) for step in range(6)]
    assert torch.equal(jumping.at(5).blurry, seen[5].blurry)
    assert torch.equal(jumping.at(2).guidance, seen[2].guidance)
    assert not torch.equal(seen[0].blurry, seen[4].blurry)


def test_the_segments_of_a_limb_hang_together_at_every_instant(stills: Path) -> None:
    settings = SimulatorSettings(size=64, objects=(0.0, 1.0), limbs=1.0, static_camera=1.0)
    scenes = Scenes.draw(load_stills(stills), settings, 6, seeded(4))
    children = torch.nonzero(scenes.things.parent >= 0)[:, 0]
    assert len(children) >= 6
    maps = scenes.layer_maps(torch.arange(len(scenes.things.owner)), torch.linspace(0, 1, 9))
    parents = scenes.things.parent[children]
    assert torch.equal(scenes.things.owner[parents], scenes.things.owner[children])
    joint = maps[children][..., :2, 2]
    length = maps[parents].inverse() @ maps[children][..., 2:]
    # Seen from its parent, a joint never moves and lies on the segment's axis.
    assert torch.allclose(length, length[:, :1].expand_as(length), atol=1e-3)
    assert length[:, 0, 1].abs().max() < 1e-3
    assert float((joint - joint[:, :1]).norm(dim=-1).max()) > 0.5


def test_a_turning_camera_carries_the_centre_like_a_flat_one_but_bends_the_borders() -> None:
    one = torch.ones(2)
    motion = Motion(
        angle=one * 0.4, length=one * 20, curve=one * 0, acceleration=one * 0, turn=one * 0,
        growth=one * 0, centre=torch.zeros(2, 2), size=one, pose=one * 0,
    )  # fmt: skip
    still = torch.zeros(2, 2, 2)
    focal = torch.tensor([math.inf, 150.0])
    times = torch.tensor([0.0, 0.5, 1.0])
    maps = CameraMotion(motion, still, still, focal).homographies(times)
    assert torch.allclose(maps[:, 1], torch.eye(3).expand(2, 3, 3), atol=1e-5)
    points = torch.tensor([[0.0, 0, 1], [60, 60, 1]]).T
    seen = maps[:, 2] @ points
    seen = seen[:, :2] / seen[:, 2:]
    assert torch.allclose(seen[0, :, 0], seen[1, :, 0], atol=0.3)
    assert float((seen[0, :, 1] - seen[1, :, 1]).norm()) > 1


def test_flow_of_a_turning_camera_is_where_its_pixels_go(stills: Path) -> None:
    settings = SimulatorSettings(
        size=64, static_camera=0.0, turning_camera=1.0, objects=(1.0,), limbs=0.0, tremor=0.0,
        camera_displacement=(6.0, 8.0), curve=0.0,
    )  # fmt: skip
    exposure = simulate(load_stills(stills), settings, 4, seeded(8))
    difference = (exposure.flow - exposure.first_to_last).norm(dim=1)
    assert float(difference.mean()) < 0.1 * float(exposure.first_to_last.norm(dim=1).mean())


def along(trajectory: torch.Tensor, picture: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """A picture `(C, H, W)` sampled at offsets `(2, H, W)`, and where these stay inside."""
    height, width = picture.shape[1:]
    ys, xs = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    x, y = xs + trajectory[0], ys + trajectory[1]
    grid = torch.stack([(2 * x + 1) / width - 1, (2 * y + 1) / height - 1], -1)[None]
    sampled = F.grid_sample(picture[None], grid, align_corners=False)[0]
    inside = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)
    return sampled, inside


def trajectory_errors(exposures: Exposures, sign: float = 1.0) -> torch.Tensor:
    """How far the middle frames, moved along the trajectories, are from the frames `(7,)`."""
    assert exposures.trajectory is not None
    steady = exposures.occlusion[:, 0] == 0
    errors = []
    for n in range(7):
        apart = []
        for row in range(len(exposures)):
            offsets = exposures.trajectory[row, n] * sign
            moved, inside = along(offsets, exposures.frames[row, 3])
            apart.append((moved - exposures.frames[row, n]).abs().mean(0)[inside & steady[row]])
        errors.append(torch.cat(apart).mean())
    return torch.stack(errors)


@pytest.mark.parametrize("turned", [False, True], ids=["as made", "augmented"])
def test_the_middle_frame_moved_along_trajectories_gives_the_others(
    stills: Path, turned: bool
) -> None:
    settings = SimulatorSettings(
        size=64, static_camera=0.0, turning_camera=0.7, objects=(0.3, 0.4, 0.3),
        displacement=(6.0, 12.0), camera_displacement=(6.0, 10.0), highlights=0.0,
    )  # fmt: skip
    exposures = simulate(load_stills(stills), settings, 10, seeded(5), points=7)
    if turned:
        exposures = augmented(exposures, seeded(1))
    right, wrong = trajectory_errors(exposures), trajectory_errors(exposures, -1.0)
    repeated = trajectory_errors(exposures, 0.0)
    assert right[3] < 1e-6
    assert float(right.max()) < 0.25 * float(repeated.max())
    assert all(right[n] < 0.4 * wrong[n] for n in (0, 1, 5, 6))


def test_trajectories_are_made_only_when_asked_for(stills: Path) -> None:
    bank = load_stills(stills)
    assert simulate(bank, SMALL, 2, seeded(0)).trajectory is None
    stream = SimulatedBatches(bank, batch=2, seed=1, scenes=SMALL, block=2, reuse=1, points=15)
    batch = stream.at(0)
    assert batch.trajectory is not None
    assert batch.trajectory.shape == (2, 15, 2, 48, 48)
    assert batch.trajectory[:, 7].abs().max() < 1e-4
    assert batch.rows(slice(1, 2)).trajectory is not None


def test_reversed_samples_run_from_the_last_frame_to_the_first(stills: Path) -> None:
    settings = SimulatorSettings(
        size=48, static_camera=0.0, objects=(1.0,), camera_displacement=(6.0, 10.0), limbs=0.0,
        camera_turn=2.0, turning_camera=1.0, curve=0.3,
    )  # fmt: skip
    exposures = simulate(load_stills(stills), settings, 8, seeded(2))
    turned = augmented(exposures, seeded(9))
    for row in range(8):
        moved, inside = along(turned.first_to_last[row], turned.frames[row, 6])
        error = (moved - turned.frames[row, 0]).abs().mean(0)[inside].mean()
        still = (turned.frames[row, 6] - turned.frames[row, 0]).abs().mean(0)[inside].mean()
        assert error < 0.3 * still


def layers_of_every_kind() -> list[Layer]:
    """A projective background and objects that turn, overlap and leave the picture."""
    g = seeded(11)
    times = torch.linspace(0, 1, 13)
    count = 3
    one = torch.ones(count)
    motion = Motion(
        angle=one * 0.4, length=one * 14, curve=one * 0.2, acceleration=one * 0.4, turn=one * 0.3,
        growth=one * 0.1, centre=torch.tensor([[0.0, 0], [18, 4], [-30, 20]]), size=one * 0.4,
        pose=one * 0.2,
    )  # fmt: skip
    still = torch.zeros(count, 2, 2)
    camera = CameraMotion(motion, still, still, torch.tensor([math.inf, 80.0, 120.0]))
    seen = camera.homographies(times)
    paths = motion.affines(times)
    rgba = torch.rand(count, 4, 24, 24, generator=g)
    rgba[:, :3] *= rgba[:, 3:]
    to_texture = torch.diag(torch.tensor([2 / 60, 2 / 60, 1.0])).repeat(count, 1, 1)
    middle = torch.tensor([0, 2])
    return [
        Layer(
            torch.arange(count), torch.rand(count, 3, 20, 30, generator=g), to_texture, seen,
            "reflection", track=seen[:, 6:7] @ torch.linalg.inv(seen[:, ::4]),
        ),
        Layer(torch.arange(count), rgba, to_texture, paths, track=paths[:, ::4].inverse()),
        Layer(
            middle, rgba[middle].flip(1), to_texture[middle], (seen @ paths)[middle],
            track=seen[middle, ::4],
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("padding", ["reflection", "border"])
def test_compiled_and_torch_compositing_agree(padding: str) -> None:
    pytest.importorskip("numba")
    layers = layers_of_every_kind()
    layers[0].padding = padding
    torch_made = expose(layers, 40, 52, 7, 3)
    compiled = rasterise(layers, 40, 52, 7, 3)
    for name in (f.name for f in fields(Exposures)):
        one, other = getattr(torch_made, name), getattr(compiled, name)
        # Rounding may decide otherwise whether a pixel is just solid.
        alike = torch.isclose(one, other, atol=1e-3, rtol=1e-4)
        assert one.shape == other.shape
        assert alike.float().mean() > 0.999, name


def test_scenes_are_the_same_without_the_compiler(stills: Path) -> None:
    bank = load_stills(stills)
    compiled = simulate(bank, SMALL, 4, seeded(3))
    plain = simulate(bank, SMALL, 4, seeded(3), compiled=False)
    assert torch.allclose(compiled.frames, plain.frames, atol=1e-3)
    assert torch.allclose(compiled.blurry, plain.blurry, atol=1e-3)


def test_scenes_do_not_depend_on_threads_or_shares(stills: Path) -> None:
    bank = load_stills(stills)
    everything = simulate(bank, SMALL, 12, seeded(3), chunk=1)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        threaded = simulate(bank, SMALL, 12, seeded(3), chunk=1)
    finally:
        torch.set_num_threads(before)
    assert torch.equal(threaded.blurry, everything.blurry)
    shares = [simulate(bank, SMALL, 12, seeded(3), chunk=5, share=(i, 4)) for i in range(4)]
    whole = simulate(bank, SMALL, 12, seeded(3), chunk=5)
    assert not shares[3].blurry.any()
    for name in ("blurry", "frames", "first_to_last"):
        total = sum(getattr(share, name) for share in shares)
        assert torch.equal(total, getattr(whole, name))


def test_nothing_jumps_by_much_more_than_a_pixel_between_sub_frames(stills: Path) -> None:
    settings = SimulatorSettings(size=64, displacement=(1.0, 40.0))
    scenes = Scenes.draw(load_stills(stills), settings, 40, seeded(6))
    things = scenes.things
    for row in range(40):
        steps = scenes.subframes(torch.tensor([row]))
        assert (steps - 1) % 6 == 0
        if scenes.fastest[row] > 96:
            continue
        times = torch.linspace(0, 1, steps)
        here = torch.nonzero(things.owner == row)[:, 0]
        camera = scenes.camera.rows(torch.tensor([row])).homographies(times)
        centres = (camera @ scenes.layer_maps(here, times)[here])[..., :2, 2]
        jumps = centres.diff(dim=1).norm(dim=-1)
        assert not len(here) or float(jumps.max()) < 1.5
