"""Offset networks and the paths that their constraints allow (Motion-ETR Eq. 12-14)."""

from __future__ import annotations

import math

import pytest
import torch

from models.offset_networks import heading, length_of, reading_of
from models.trajectory import (
    CONSTRAINTS,
    DESIGNS,
    PRESETS,
    TrajectoryConfig,
    TrajectoryNetwork,
    trajectory_through,
)

SMALL = (4, 4, 6)


def _ends() -> torch.Tensor:
    return torch.tensor([[[3.0, -1.0], [-1.0, 5.0]]])[..., None, None]


@pytest.mark.parametrize("constraint", ["linear", "bilinear", "quadratic"])
@pytest.mark.parametrize("points", [2, 3, 8, 15])
def test_paths_begin_and_end_at_the_ends_in_order_of_time(constraint, points):
    path = trajectory_through(_ends(), points, constraint)
    assert path.shape == (1, points, 2, 1, 1)
    torch.testing.assert_close(path[:, [0, -1]], _ends())


@pytest.mark.parametrize("constraint", ["linear", "bilinear", "quadratic"])
@pytest.mark.parametrize("points", [1, 3, 15])
def test_the_middle_instant_stays(constraint, points):
    assert trajectory_through(_ends(), points, constraint)[:, points // 2].abs().max() == 0


def test_a_quadratic_path_has_constant_acceleration_and_a_bilinear_one_two_speeds():
    quadratic = trajectory_through(_ends(), 9, "quadratic")
    acceleration = quadratic.diff(n=2, dim=1)
    torch.testing.assert_close(acceleration, acceleration[:, :1].expand_as(acceleration))
    speeds = trajectory_through(_ends(), 9, "bilinear").diff(dim=1)
    torch.testing.assert_close(speeds[:, :4], speeds[:, :1].expand(-1, 4, -1, -1, -1))
    torch.testing.assert_close(speeds[:, 4:], speeds[:, -1:].expand(-1, 4, -1, -1, -1))


def test_more_points_run_through_the_same_ones():
    coarse = trajectory_through(_ends(), 5, "quadratic")
    torch.testing.assert_close(trajectory_through(_ends(), 17, "quadratic")[:, ::4], coarse)


def test_free_points_have_no_path_between_them():
    with pytest.raises(ValueError, match="do not determine"):
        trajectory_through(_ends(), 5, "zero")
    network = TrajectoryNetwork(TrajectoryConfig("zero", 6, "table", SMALL))
    assert network.trajectory(torch.rand(1, 3, 16, 16)).shape == (1, 6, 2, 16, 16)
    with pytest.raises(ValueError, match="6 points"):
        network.trajectory(torch.rand(1, 3, 16, 16), 15)


@pytest.mark.parametrize(
    ("design", "constraint"),
    [(d, c) for d in DESIGNS for c in CONSTRAINTS if (d, c) != ("guided", "zero")],
)
@pytest.mark.parametrize(("height", "width"), [(1, 1), (7, 40), (16, 24), (33, 30)])
def test_photos_of_any_size_get_a_path_per_pixel(design, constraint, height, width):
    network = TrajectoryNetwork(TrajectoryConfig(constraint, 5, design, SMALL))
    paths = network.trajectory(
        torch.rand(2, 3, height, width), signs=torch.ones(2, 2, height, width)
    )
    assert paths.shape == (2, 5, 2, height, width)
    assert torch.isfinite(paths).all()


def test_a_linear_network_predicts_opposite_ends():
    ends = TrajectoryNetwork(TrajectoryConfig("linear", widths=SMALL))(torch.rand(1, 3, 16, 16))
    torch.testing.assert_close(ends[:, 0], -ends[:, 1])


def _guided(constraint: str = "quadratic") -> TrajectoryNetwork:
    torch.manual_seed(3)
    return TrajectoryNetwork(TrajectoryConfig(constraint, widths=SMALL, blocks=1)).eval()


def test_guidance_tells_which_way_along_the_line_that_is_read():
    network, photo = _guided(), torch.rand(1, 3, 32, 32)
    wanted = reading_of(torch.tensor([-3.0, -1, 5, 3]).view(1, 2, 2, 1, 1))
    with torch.no_grad():
        network.body.unet.head.weight.zero_()
        bias = torch.cat([wanted.length, wanted.axis, wanted.bend / 2], 1).flatten()
        network.body.unet.head.bias.copy_(bias.repeat_interleave(16))
        up_left, down_right = (network(photo, s * torch.ones(1, 2, 32, 32)) for s in (-1, 1))
        untold = network(photo)
    expected = torch.tensor([[-3.0, -1], [5, 3]])
    torch.testing.assert_close(up_left[0, :, :, 5, 5], expected, atol=1e-4, rtol=1e-4)
    # The way back has its ends exchanged; without guidance things move downwards.
    torch.testing.assert_close(down_right, up_left.flip(1))
    torch.testing.assert_close(untold, down_right)


@pytest.mark.parametrize("angle", [0.0, 30, 89, 90, 91, 135, 179, 181, 270, 359])
def test_a_reading_gives_its_motion_back_but_for_the_sign(angle):
    turn = math.radians(angle)
    motion = 7 * torch.tensor([math.cos(turn), math.sin(turn)])
    reading = reading_of(torch.stack([motion / 2, -motion / 2]).view(1, 2, 2, 1, 1))
    found = (heading(reading.axis) * length_of(reading)).flatten()
    assert min((found - motion).norm(), (found + motion).norm()) < 0.02
    assert found[1] > -0.02


def test_nothing_that_moves_is_read_as_no_length():
    still = reading_of(torch.zeros(1, 2, 2, 4, 4))
    assert still.length.abs().max() == 0
    assert length_of(still._replace(length=torch.full((1, 1, 4, 4), -2.0))).abs().max() == 0
    assert torch.isfinite(heading(torch.zeros(1, 2, 3, 3))).all()


def test_a_sample_s_answer_hangs_on_no_other_sample_s_guidance():
    network, photo = _guided(), torch.rand(2, 3, 32, 32)
    signs = torch.zeros(2, 2, 32, 32)
    signs[0, :, 8:20, 8:20] = 1
    with torch.no_grad():
        together = network(photo, signs)
        torch.testing.assert_close(together[1:], network(photo[1:]))
        torch.testing.assert_close(together[:1], network(photo[:1], signs[:1]))
        assert not torch.allclose(together[:1], network(photo[:1]), atol=1e-3)


def test_signs_of_another_size_are_refused():
    with pytest.raises(ValueError, match="signs of"):
        _guided()(torch.rand(1, 3, 32, 32), torch.zeros(1, 2, 16, 16))


def test_the_paper_s_network_has_the_table_s_size_and_reads_no_guidance():
    network = TrajectoryNetwork(TrajectoryConfig.from_preset("paper")).eval()
    photo = torch.rand(1, 3, 16, 16)
    with torch.no_grad():
        torch.testing.assert_close(network(photo), network(photo, torch.ones(1, 2, 16, 16)))
    assert sum(p.numel() for p in network.parameters()) == 1_129_604


def test_configurations_survive_json_and_nonsense_is_refused():
    config = TrajectoryConfig("zero", 9, "table", SMALL, 2)
    assert TrajectoryConfig.from_dict(config.to_dict()) == config
    assert {TrajectoryConfig.from_preset(name).design for name in PRESETS} == set(DESIGNS)
    wrongs = (
        {"constraint": "cubic"}, {"points": 1}, {"widths": [4]}, {"colour": 1},
        {"design": "round"}, {"design": "table", "widths": [4, 4]},
    )  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(ValueError, match=r"constraint|points|widths|configuration|design"):
            TrajectoryConfig.from_dict(wrong)
    with pytest.raises(ValueError, match="unknown preset 'large'"):
        TrajectoryConfig.from_preset("large")
