"""Suggestions from a predictor whose word is known: what is red moves along the rising diagonal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from app.checkpoints import save_checkpoint
from app.engine.choosing import choose
from app.engine.hypotheses import hypotheses, painted, part_shares, plausible_ways
from app.engine.moving_parts import moving_parts
from app.engine.outlines import outlined
from app.engine.predict import (
    Predicted,
    PredictSettings,
    agreed,
    classes_of,
    plainness,
    predict,
)
from app.engine.progress import Progress, finish
from app.engine.suggest import Suggestion, SuggestSettings, likeliest, suggest
from app.engine.weights import load_guesser
from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from models.offset_networks import Reading, reading_of
from models.trajectory import TrajectoryConfig, TrajectoryNetwork


def _photo(width: int = 120, height: int = 80) -> NDArray[np.uint8]:
    """Two red squares on a textured blue ground."""
    rng = np.random.default_rng(1)
    photo = np.zeros((height, width, 3), np.uint8)
    photo[..., 2] = 190
    photo[..., 1] = rng.integers(0, 120, (height, width))
    for left in (10, 70):
        photo[20:60, left : left + 36] = (200, 40, 20)
    return photo


@pytest.fixture(scope="module")
def settings(red_moves: Path, tiny_weights: Path) -> SuggestSettings:
    return SuggestSettings(
        count=4,
        predict=PredictSettings(weights=str(red_moves), device="cpu", codes=6),
        film_weights=str(tiny_weights),
        film_edge=64,
    )


@pytest.fixture(scope="module")
def suggestions(settings: SuggestSettings) -> list[Suggestion]:
    return _run(_photo(), settings)


def _run(photo: NDArray[np.uint8], settings: SuggestSettings) -> list[Suggestion]:
    steps = suggest(photo, settings)
    try:
        while True:
            next(steps)
    except StopIteration as end:
        found: list[Suggestion] = end.value
        return found


def test_suggestions_cover_what_moves_and_nothing_else(suggestions: list[Suggestion]) -> None:
    moving = _photo()[..., 0] > 100
    for suggestion in suggestions:
        found = suggestion.guidance > 0
        assert (found & moving).sum() / (found | moving).sum() > 0.9


def test_suggestions_are_all_different_and_ranked(suggestions: list[Suggestion]) -> None:
    assert len({suggestion.ways for suggestion in suggestions}) == len(suggestions) == 4
    scores = [suggestion.score for suggestion in suggestions]
    assert scores == sorted(scores, reverse=True)


def test_each_part_points_one_way_and_each_way_comes_with_its_reverse(
    suggestions: list[Suggestion],
) -> None:
    # The code decides for both squares together; flipping one of them is offered, too.
    assert {suggestion.ways for suggestion in suggestions} == {(1, 1), (3, 3), (1, 3), (3, 1)}
    likeliest = sorted(suggestions, key=lambda s: -s.likelihood)
    assert {s.ways for s in likeliest[:2]} == {(1, 1), (3, 3)}


def test_every_suggestion_brings_a_small_film(suggestions: list[Suggestion]) -> None:
    for suggestion in suggestions:
        assert suggestion.frames.shape[1:] == (43, 64, 3)
        assert (suggestion.frames[0] != suggestion.frames[-1]).any()


def test_the_same_photo_gives_the_same_suggestions(
    suggestions: list[Suggestion], settings: SuggestSettings
) -> None:
    again = _run(_photo(), settings)
    assert [s.ways for s in again] == [s.ways for s in suggestions]
    assert [s.score for s in again] == [s.score for s in suggestions]


def test_a_photo_in_which_nothing_moves_gives_none(settings: SuggestSettings) -> None:
    still = _photo()
    still[..., 0], still[..., 2] = 0, 190
    assert _run(still, settings) == []


@pytest.mark.parametrize("size", [(17, 9), (3, 200), (1, 1)])
def test_tiny_and_narrow_photos_are_looked_at(
    settings: SuggestSettings, size: tuple[int, int]
) -> None:
    photo = np.full((size[1], size[0], 3), (220, 30, 30), np.uint8)
    for suggestion in _run(photo, settings):
        assert suggestion.labels.shape == (size[1], size[0])


def test_predictor_and_offset_network_are_heard_together(
    settings: SuggestSettings, red_moves: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have a say in what moves; which way it moves is the predictor's word."""
    monkeypatch.setattr("app.weights_files.weights_folders", lambda: [tmp_path])
    (tmp_path / "predictor.safetensors").write_bytes(red_moves.read_bytes())
    alone = finish(predict(_photo(), settings.predict))
    asked = replace(settings.predict, weights=None)
    assert (finish(predict(_photo(), asked)).probabilities == alone.probabilities).all()
    torch.manual_seed(0)
    reader = TrajectoryNetwork(TrajectoryConfig(widths=(2, 2, 2), blocks=1))
    save_checkpoint(tmp_path / "trajectory-quadratic.safetensors", reader)
    both = finish(predict(_photo(), asked))
    assert both.plain is not None
    assert not np.allclose(both.moving, alone.moving)
    np.testing.assert_allclose(both.probabilities.sum(1), 1, atol=1e-5)
    assert (both.axis == alone.axis).all()
    red = _photo()[..., 0] > 100
    ways = [answer.probabilities[:, 1:].argmax(1)[:, red] for answer in (alone, both)]
    assert (ways[0] == ways[1]).all()


def test_the_farther_is_read_the_likelier_things_move_and_a_sure_predictor_prevails() -> None:
    def moving(said: float, pixels: float) -> float:
        length = torch.full((1, 1, 1, 1), pixels / 2).log1p()
        reading = Reading(length, torch.zeros(1, 2, 1, 1), torch.zeros(1, 2, 1, 1))
        classes = torch.tensor([1 - said, said / 2, 0.0, said / 2, 0.0]).view(1, 5, 1, 1)
        return 1 - float(agreed(classes, reading)[0, 0, 0, 0])

    unsure = [moving(0.4, pixels) for pixels in (0, 2, 8, 20)]
    assert unsure == sorted(unsure)
    assert unsure[0] < 0.5 < unsure[2]
    assert moving(0.99, 0) > 0.9
    assert moving(0.01, 20) < 0.3


def test_a_wrong_weights_file_is_named(settings: SuggestSettings, tiny_weights: Path) -> None:
    with pytest.raises(InputError, match="holds a decomposer, not a predictor"):
        list(predict(_photo(), PredictSettings(weights=str(tiny_weights), device="cpu")))
    with pytest.raises(InputError, match="At least one"):
        list(suggest(_photo(), SuggestSettings(count=0)))


def test_large_photos_are_looked_at_reduced(red_moves: Path) -> None:
    wide = np.repeat(np.repeat(_photo(), 8, 0), 8, 1)
    predicted = None
    steps = predict(wide, PredictSettings(weights=str(red_moves), device="cpu", codes=2))
    try:
        while True:
            next(steps)
    except StopIteration as end:
        predicted = end.value
    assert predicted.pixels.shape == (427, 640, 3)
    assert predicted.probabilities.shape == (2, 5, 427, 640)
    assert predicted.moving[200, 150] > 0.9 > 0.1 > predicted.moving[5, 5]


def test_texture_that_moves_nearly_everywhere_moves_the_whole_photo() -> None:
    rng = np.random.default_rng(2)
    photo = np.full((80, 120, 3), 128, np.uint8)
    photo[30:] = rng.integers(0, 255, (50, 120, 3))
    moving = np.zeros((80, 120), np.float32)
    moving[30:] = 1
    axis = np.zeros((2, 80, 120), np.float32)
    axis[0] = 2
    assert (moving_parts(moving, axis, photo) == 1).all()
    few = np.where(np.arange(120) < 40, moving, 0).astype(np.float32)
    assert 0.1 < (moving_parts(few, axis, photo) == 1).mean() < 0.35


def test_one_moving_area_falls_into_parts_where_the_axis_jumps_but_not_where_it_turns() -> None:
    photo = np.zeros((90, 120, 3), np.uint8)
    moving = np.zeros((90, 120), np.float32)
    moving[10:80, 10:110] = 1
    jumps = np.zeros((2, 90, 120), np.float32)
    jumps[0] = 2.5
    jumps[:, 25:65, 30:70] = np.array([-2.5, 0]).reshape(2, 1, 1)
    labels = moving_parts(moving, jumps, photo)
    assert labels.max() == 2
    assert labels[45, 50] == 2
    assert labels[15, 100] == 1
    turn = np.linspace(-1, 1, 120, dtype=np.float32)[None].repeat(90, 0)
    turns = 2.5 * np.stack([np.cos(turn), np.sin(turn)])
    assert moving_parts(moving, turns, photo).max() == 1


def test_specks_are_no_parts() -> None:
    photo = np.zeros((90, 120, 3), np.uint8)
    moving = np.zeros((90, 120), np.float32)
    moving[40:43, 40:43] = 1
    assert not moving_parts(moving, np.zeros((2, 90, 120), np.float32), photo).any()


def test_a_part_between_two_quadrants_is_offered_along_both_axes() -> None:
    shares = np.array([[[0.5, 0.02, 0.08, 0.4]]] * 2)
    ways = [way for way, _ in plausible_ways(shares)]
    assert ways[:2] == [(1,), (4,)]
    assert set(ways) >= {(1,), (3,), (4,)}
    clear = [way for way, _ in plausible_ways(np.array([[[0.9, 0.02, 0.06, 0.02]]]))]
    assert clear == [(1,), (3,)]


def test_codes_bind_parts_together() -> None:
    codes = np.array([[[0.94, 0.02, 0.02, 0.02]] * 2, [[0.02, 0.02, 0.94, 0.02]] * 2])
    ranked = dict(plausible_ways(codes))
    assert ranked[(1, 1)] == pytest.approx(ranked[(3, 3)])
    assert ranked[(1, 1)] > ranked[(1, 3)] + 2


def test_shares_are_means_over_parts() -> None:
    probabilities = np.zeros((1, 5, 4, 4), np.float32)
    probabilities[0, 2, :, :2] = 0.9
    probabilities[0, 4, :, 2:] = 0.5
    labels = np.repeat(np.array([[1, 1, 2, 2]], np.int32), 4, 0)
    shares = part_shares(probabilities, labels)
    assert shares.shape == (1, 2, 4)
    assert shares[0, 0, 1] > 0.98
    assert shares[0, 1, 3] > 0.98


def test_outlines_have_few_points_and_paint_the_parts_again() -> None:
    labels = np.zeros((100, 150), np.int32)
    y, x = np.mgrid[:100, :150]
    labels[(x - 60) ** 2 + (y - 50) ** 2 < 40**2] = 1
    labels[(x - 60) ** 2 + (y - 50) ** 2 < 15**2] = 2
    regions = outlined(labels, (1, 3), 1500, 1000)
    assert [region.direction for region in regions] == [Direction.UP_RIGHT, Direction.DOWN_LEFT]
    assert all(len(region.rings) == 1 for region in regions)
    assert all(len(ring) < 40 for region in regions for ring in region.rings)
    again = rasterise(regions, 1500, 1000)[::10, ::10]
    assert (again == painted(labels, (1, 3))).mean() > 0.97


def test_a_static_hole_stays_a_hole_and_open_directions_stay_open() -> None:
    labels = np.ones((100, 150), np.int32)
    labels[30:70, 50:100] = 0
    (region,) = outlined(labels, (0,), 150, 100)
    assert region.direction == Direction.STATIC
    assert len(region.rings) == 2


def test_a_part_that_covers_everything_is_the_photo() -> None:
    labels = np.ones((60, 90), np.int32)
    (region,) = outlined(labels, (4,), 900, 600)
    assert region.rings == (((0, 0), (900, 0), (900, 600), (0, 600)),)


def test_closing_a_search_ends_it(settings: SuggestSettings) -> None:
    steps = suggest(_photo(), settings)
    stages = [next(steps).stage for _ in range(4)]
    steps.close()
    assert "predict" in stages


@pytest.fixture
def reads_red(tmp_path: Path) -> Path:
    """An offset network that reads 8 pixels along the rising diagonal from whatever is red."""
    network = TrajectoryNetwork(TrajectoryConfig(widths=(4, 4), blocks=0))
    unet = network.body.unet
    with torch.no_grad():
        for parameter in unet.parameters():
            parameter.zero_()
        # How much redder than blue the first pixel of a patch is, from -1 to 1.
        unet.enter.weight[0, [0, 32], 1, 1] = torch.tensor([1.0, -1.0])
        # Up to the right is -90 degrees of the doubled angle, as y points down.
        wanted = reading_of(torch.tensor([4.0, -4, -4, 4]).view(1, 2, 2, 1, 1) / 2**0.5)
        length, sine = wanted.length.item(), wanted.axis[0, 1].item()
        unet.head.weight[:16, 0, 1, 1] = 1.4 * length
        unet.head.weight[32:48, 0, 1, 1] = 1.4 * sine
    save_checkpoint(tmp_path / "reads-red.safetensors", network)
    return tmp_path / "reads-red.safetensors"


def test_an_offset_network_that_reads_blur_suggests_both_ways(
    reads_red: Path, settings: SuggestSettings
) -> None:
    reading = replace(settings, predict=replace(settings.predict, weights=str(reads_red)))
    found = _run(_photo(), reading)
    moving = _photo()[..., 0] > 100
    assert {way for suggestion in found for way in suggestion.ways} == {1, 3}
    assert len({suggestion.ways for suggestion in found}) == len(found) == 4
    # The others let the camera have moved.
    squares = [suggestion for suggestion in found if not suggestion.labels.all()]
    assert {(1, 1), (3, 3)} <= {suggestion.ways for suggestion in squares}
    for suggestion in squares:
        outlined = suggestion.guidance > 0
        assert (outlined & moving).sum() / (outlined | moving).sum() > 0.85


def test_a_reading_is_certain_of_a_line_and_of_no_way_along_it(reads_red: Path) -> None:
    network = load_guesser(str(reads_red), torch.device("cpu"))
    assert isinstance(network, TrajectoryNetwork)
    with torch.no_grad():
        reading = network.read(torch.from_numpy(_photo() / np.float32(255)).permute(2, 0, 1)[None])
    shares, axis = classes_of(reading)
    torch.testing.assert_close(shares.sum(1), torch.ones(1, 80, 120))
    torch.testing.assert_close(shares[:, 1], shares[:, 3])
    inside = shares[0, :, 40, 24]
    assert inside[0] < 0.01
    assert inside[1] > 0.45
    assert axis[0, 1, 40, 24] < -1.5
    assert shares[0, 0, 5, 5] > 0.95
    plain = plainness(reading)[0]
    assert plain[40, 24] > 0.9
    assert plain[5, 5] < 0.05
    # As far, but along a line that hardly shows; surely along one, but not far.
    assert plainness(reading._replace(axis=reading.axis / 2))[0, 40, 24] < 0.4
    assert plainness(reading._replace(length=reading.length / 4))[0, 40, 24] < 0.4


def test_an_offset_network_that_reads_nothing_suggests_nothing(tmp_path: Path) -> None:
    path = tmp_path / "table.safetensors"
    save_checkpoint(path, TrajectoryNetwork(TrajectoryConfig.from_preset("paper")))
    with pytest.raises(InputError, match="cannot tell how sure"):
        finish(predict(_photo(), PredictSettings(weights=str(path), device="cpu")))


def _textured(moving_columns: int) -> Predicted:
    """As if the left of a photo of even texture were seen to move, along the rising diagonal."""
    rng = np.random.default_rng(4)
    pixels = rng.integers(0, 255, (80, 120, 3), np.uint8)
    moving = np.zeros((80, 120), np.float32)
    moving[:, :moving_columns] = 1
    classes = np.stack([1 - moving, moving / 2, 0 * moving, moving / 2, 0 * moving])
    axis = np.stack([0 * moving, -2 * moving])
    return Predicted(pixels, classes[None], axis)


def test_where_much_of_the_texture_moves_the_camera_may_have_done_it() -> None:
    little, some, more = (hypotheses(_textured(columns)) for columns in (6, 36, 80))
    assert [h.labels.all() for h in little] == [False]
    assert [h.labels.all() for h in some] == [False, True]
    assert [h.labels.all() for h in more] == [True, False]
    for found in (some, more):
        assert sum(h.likelihood for h in found) == pytest.approx(1)
        assert found[0].likelihood > found[1].likelihood
    assert [h.labels.all() for h in hypotheses(_textured(120))] == [True]
    assert hypotheses(_textured(0)) == []


def test_what_moves_plainly_is_offered_by_itself_where_it_is_much_less() -> None:
    plain = np.zeros((80, 120), np.float32)
    plain[10:70, 2:14] = 1
    seen = replace(_textured(60), plain=plain)
    found = hypotheses(seen)
    assert sum(h.likelihood for h in found) == pytest.approx(1)
    *_, last = found
    assert ((last.labels > 0) == (plain > 0)).mean() > 0.98
    assert not any(g.guidance[:, 30:].any() for g in choose(seen, 5) if g.hypothesis == 2)
    assert 2 in {g.hypothesis for g in choose(seen, 5)}
    # All of the photo seems to move, only a part of it plainly.
    everything, part = hypotheses(replace(_textured(120), plain=plain))
    assert everything.labels.all()
    assert everything.likelihood > 4 * part.likelihood > 0
    # Nearly all of what moves at all: nothing to add.
    assert len(hypotheses(replace(_textured(16), plain=plain))) == len(hypotheses(_textured(16)))


def test_where_nothing_moves_plainly_what_moves_most_surely_is_offered_by_itself() -> None:
    seen = _textured(120)
    moving = np.full((80, 120), 0.6, np.float32)
    moving[10:70, 40:60] = 0.95
    classes = np.stack([1 - moving, moving / 2, 0 * moving, moving / 2, 0 * moving])[None]
    dim = replace(seen, probabilities=classes, plain=np.zeros((80, 120), np.float32))
    everything, people = hypotheses(dim)
    assert everything.labels.all()
    assert ((people.labels > 0) == (moving > 0.9)).mean() > 0.98
    # What moves plainly must also be likely to move.
    elsewhere = np.zeros_like(moving)
    elsewhere[10:70, 80:110] = 1
    assert not hypotheses(replace(dim, plain=elsewhere))[1].labels[:, 80:].any()


def test_the_camera_gets_as_many_places_as_it_is_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    def said(predicted: Predicted):
        def predict(pixels: object, settings: object) -> Iterator[Progress]:
            yield Progress("predict", 1, 1)
            return predicted

        return predict

    def places(columns: int, count: int) -> list[bool]:
        predicted = _textured(columns)
        monkeypatch.setattr("app.engine.suggest.predict", said(predicted))
        maps = likeliest(predicted.pixels, count)
        whole = maps[:, 0, -1] > 0
        for some in (maps[whole], maps[~whole]):
            assert len(some) == 0 or {int(found[0, 0]) for found in some[:2]} == {1, 3}
        return whole.tolist()

    assert places(36, 2) == [False, False]
    assert sorted(places(36, 5)) == [False, False, True, True]
    assert places(80, 2) == [True, True]
    assert places(80, 5)[:2] == [True, True]
    assert places(6, 5) == [False, False]


def test_a_second_guess_says_what_the_first_leaves_open() -> None:
    """Two thirds of what moves run along either line, the rest along one: the large part counts."""
    labels = np.repeat(np.array([[1] * 40 + [2] * 8 + [0] * 72], np.int32), 80, 0)
    rng = np.random.default_rng(4)
    pixels = rng.integers(0, 255, (80, 120, 3), np.uint8)
    classes = np.zeros((5, 80, 120), np.float32)
    classes[0] = labels == 0
    classes[1], classes[3] = 0.5 * (labels == 2), 0.5 * (labels == 2)
    for direction, share in zip((1, 2, 3, 4), (0.3, 0.2, 0.3, 0.2), strict=True):
        classes[direction] += share * (labels == 1)
    axis = np.stack([1.5 * (labels == 1), -2.0 * (labels == 2)]).astype(np.float32)
    moving = (labels > 0).astype(np.float32)
    predicted = Predicted(
        pixels, np.stack([classes, moving[None].repeat(5, 0) * 0 + classes]), axis
    )
    guesses = choose(predicted, 5)
    large = int(labels[0, 0])
    said = [guess.guidance[0, 0] for guess in guesses]
    assert large == 1
    assert len(set(said[:2])) == 2
    assert {int(way) for way in said} == {1, 2, 3, 4}
    assert len({guess.guidance.tobytes() for guess in guesses}) == len(guesses)
    assert [g.ways for g in choose(predicted, 5)] == [g.ways for g in guesses]
    assert [g.ways for g in choose(predicted, 2)] == [g.ways for g in guesses[:2]]
