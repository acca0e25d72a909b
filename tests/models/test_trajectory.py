"""Offset networks and the paths that their constraints allow (Motion-ETR Eq. 12-14)."""

from __future__ import annotations

import pytest
import torch

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
    network = TrajectoryNetwork(TrajectoryConfig("zero", 6, widths=SMALL))
    assert network.trajectory(torch.rand(1, 3, 16, 16)).shape == (1, 6, 2, 16, 16)
    with pytest.raises(ValueError, match="6 points"):
        network.trajectory(torch.rand(1, 3, 16, 16), 15)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("constraint", CONSTRAINTS)
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
    """A network that adds its mirrored offsets wherever something is told to move."""
    torch.manual_seed(3)
    return TrajectoryNetwork(TrajectoryConfig(constraint, widths=SMALL, blocks=1)).eval()


def test_guidance_mirrors_what_the_network_says_about_a_place():
    network, photo = _guided(), torch.rand(1, 3, 32, 32)
    signs = torch.ones(1, 2, 32, 32)
    with torch.no_grad():
        network.body.unet.head.weight.zero_()
        # The plain offsets first, then those to be mirrored: start (x, y), end (x, y).
        network.body.unet.head.bias.copy_(
            torch.tensor([0.0, 0, 0, 0, -1, -0.5, 1, 0.5]).repeat_interleave(16)
        )
        there, back = network(photo, signs), network(photo, -signs)
        across = network(photo, signs * torch.tensor([1.0, -1.0]).view(1, 2, 1, 1))
        untold, unknown = network(photo), network(photo, 0 * signs)
    assert there[0, :, :, 5, 5].tolist() == [[-4, -2], [4, 2]]
    torch.testing.assert_close(back, -there)
    assert across[0, :, :, 5, 5].tolist() == [[-4, 2], [4, -2]]
    assert untold.abs().max() == 0
    torch.testing.assert_close(untold, unknown)


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
