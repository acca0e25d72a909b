"""Offset networks and the paths that their constraints allow (Motion-ETR Eq. 12-14)."""

from __future__ import annotations

import pytest
import torch

from models.trajectory import (
    CONSTRAINTS,
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
    network = TrajectoryNetwork(TrajectoryConfig("zero", 6, SMALL))
    assert network.trajectory(torch.rand(1, 3, 16, 16)).shape == (1, 6, 2, 16, 16)
    with pytest.raises(ValueError, match="6 points"):
        network.trajectory(torch.rand(1, 3, 16, 16), 15)


@pytest.mark.parametrize("constraint", CONSTRAINTS)
@pytest.mark.parametrize(("height", "width"), [(1, 1), (7, 40), (16, 24), (33, 30)])
def test_photos_of_any_size_get_a_path_per_pixel(constraint, height, width):
    network = TrajectoryNetwork(TrajectoryConfig(constraint, 5, SMALL))
    paths = network.trajectory(torch.rand(2, 3, height, width))
    assert paths.shape == (2, 5, 2, height, width)
    assert torch.isfinite(paths).all()


def test_a_linear_network_predicts_opposite_ends():
    ends = TrajectoryNetwork(TrajectoryConfig("linear", widths=SMALL))(torch.rand(1, 3, 16, 16))
    torch.testing.assert_close(ends[:, 0], -ends[:, 1])


def test_the_table_s_network_has_its_size():
    network = TrajectoryNetwork(TrajectoryConfig())
    assert sum(p.numel() for p in network.parameters()) == 1_129_604


def test_configurations_survive_json_and_nonsense_is_refused():
    config = TrajectoryConfig("zero", 9, SMALL, 2)
    assert TrajectoryConfig.from_dict(config.to_dict()) == config
    for wrong in ({"constraint": "cubic"}, {"points": 1}, {"widths": [4, 4]}, {"colour": 1}):
        with pytest.raises(ValueError, match=r"constraint|points|widths|configuration"):
            TrajectoryConfig.from_dict(wrong)
