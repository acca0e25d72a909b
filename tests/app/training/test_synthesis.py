"""Making datasets: blur, guidance, what is refused, resuming, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.errors import InputError
from app.flow.cuts import cut_between
from app.flow.matching import dis_matcher
from app.media.films import write_animation
from app.media.photo_writing import write_photo
from app.training.datasets.layouts import open_dataset
from app.training.synthesis.clips import is_sequence
from app.training.synthesis.exposure import (
    Exposed,
    ExposureSettings,
    Rejected,
    _instants_per_interval,
    expose_window,
)
from app.training.synthesis.interpolation import Interval
from app.training.synthesis.kernels import blur_along, smooth_flow
from app.training.synthesis.response import Response
from app.training.synthesis.run import SynthesisReport, SynthesisSettings, synthesize

HEIGHT, WIDTH = 64, 96


def texture(seed: int, height: int = 160, width: int = 200) -> np.ndarray:
    """A smooth random pattern that flow can hold on to."""
    noise = np.random.default_rng(seed).random((height // 5, width // 5, 3)).astype(np.float32)
    large = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(large * 255, 0, 255).astype(np.uint8)


def panning(dx: float, dy: float, count: int = 7, seed: int = 1) -> list[np.ndarray]:
    """Frames of a pattern that moves by (dx, dy) pixels a frame; y down."""
    pattern = texture(seed)
    frames = []
    for index in range(count):
        move = np.array([[1, 0, dx * index - 50], [0, 1, dy * index - 40]], np.float32)
        frames.append(cv2.warpAffine(pattern, move, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR))
    return frames


def exposed(frames: list[np.ndarray], **settings: object) -> Exposed:
    made = expose_window(frames, ExposureSettings(**settings))  # type: ignore[arg-type]
    assert isinstance(made, Exposed), made
    return made


def finish(settings: SynthesisSettings) -> tuple[SynthesisReport, list[str]]:
    generator, statuses = synthesize(settings), []
    while True:
        try:
            statuses.append(next(generator).status)
        except StopIteration as end:
            return end.value, statuses


@pytest.mark.parametrize("response", ["srgb", "gamma:2.2", "linear"])
def test_blur_is_the_mean_in_linear_light(response: str) -> None:
    curve = Response(response)
    # Steps shorter than a pixel need no interpolated pictures, so the mean is exactly known.
    frames = panning(0.8, -0.7)

    def match(one: np.ndarray, two: np.ndarray) -> np.ndarray:
        order = [next(i for i, f in enumerate(frames) if f is frame) for frame in (one, two)]
        return np.full((HEIGHT, WIDTH, 2), (0.7, -0.7), np.float32) * (order[1] - order[0])

    matched = expose_window(frames, ExposureSettings(response=curve), match)
    assert isinstance(matched, Exposed)
    assert matched.instants == 7
    weights = np.array([0.5, 1, 1, 1, 1, 1, 0.5])[:, None, None, None] / 6
    light = (curve.decode(np.stack(frames)) * weights).sum(0).astype(np.float32)
    # One level where the mean lies between two.
    np.testing.assert_allclose(matched.blurry, curve.encode(light).astype(int), atol=1)
    encoded = (np.stack(frames) * weights).sum(0)
    differs = np.abs(encoded - matched.blurry).max() > 3
    assert differs == (response != "linear")
    np.testing.assert_array_equal(matched.frames, np.stack(frames))


@pytest.mark.parametrize(
    ("dx", "dy", "expected"), [(2, -1, 1), (-2, -1, 2), (-1, 2, 3), (1.5, 1.5, 4)]
)
def test_guidance_points_the_way_of_the_motion(dx: float, dy: float, expected: int) -> None:
    made = exposed(panning(dx, dy))
    assert (made.guidance[8:-8, 8:-8] == expected).mean() > 0.98
    middle = made.flow[12:-12, 12:-12].mean((0, 1))
    np.testing.assert_allclose(middle, (6 * dx, 6 * dy), atol=0.6)


def test_reversing_a_window_turns_its_guidance_and_keeps_its_blur() -> None:
    frames = panning(2, 1)
    there, back = exposed(frames), exposed(frames[::-1])
    np.testing.assert_allclose(there.flow, -back.flow, atol=1e-3)
    assert np.abs(there.blurry.astype(int) - back.blurry).max() <= 1
    np.testing.assert_array_equal(there.frames, back.frames[::-1])


def test_what_stands_still_is_static_and_unblurred() -> None:
    frames = panning(2, 1)
    ground = texture(9)[:HEIGHT, :WIDTH]
    for frame in frames:
        frame[:, : WIDTH // 2] = ground[:, : WIDTH // 2]
    made = exposed(frames)
    left = np.s_[:, : WIDTH // 2 - 8]
    assert (made.guidance[left] == 0).mean() > 0.98
    assert np.abs(made.blurry[left].astype(int) - ground[left]).mean() < 0.5
    assert (made.guidance[:, WIDTH // 2 + 8 :] == 4).mean() > 0.9


def test_noise_on_a_plain_wall_is_not_taken_for_motion() -> None:
    rng = np.random.default_rng(8)
    frames = panning(2, 1)
    for frame in frames:
        frame[:, : WIDTH // 2] = np.clip(rng.normal(120, 1.5, (HEIGHT, WIDTH // 2, 3)), 0, 255)
    match = dis_matcher()
    # The flow itself does see motion there.
    assert np.hypot(*np.moveaxis(match(frames[0], frames[1])[:, :40], 2, 0)).mean() > 0.1
    made = exposed(frames)
    assert (made.guidance[:, : WIDTH // 2 - 10] == 0).mean() > 0.97
    assert (made.guidance[8:-8, WIDTH // 2 + 8 : -8] == 4).mean() > 0.95


def test_the_plain_inside_of_a_moving_thing_moves_too() -> None:
    frames = []
    for index in range(7):
        frame = texture(9)[:HEIGHT, :WIDTH].copy()
        frame[24 - index : 46 - index, 30 + 2 * index : 54 + 2 * index] = (200, 80, 40)
        frames.append(frame)
    made = exposed(frames)
    assert (made.guidance[24:38, 42:56] == 1).mean() > 0.9


def test_pictures_between_frames_lie_on_the_way() -> None:
    first, half, second = panning(2, -1, count=3)
    match = dis_matcher()
    light = [frame.astype(np.float32) / 255 for frame in (first, second)]
    interval = Interval(light[0], light[1], match(first, second), match(second, first))
    inside = np.s_[8:-8, 8:-8]
    middle = interval.at(0.5)[inside]
    truth = (half.astype(np.float32) / 255)[inside]
    mixed = ((light[0] + light[1]) / 2)[inside]
    assert np.abs(middle - truth).mean() < 0.25 * np.abs(mixed - truth).mean()
    assert interval.at(0) is interval.first
    assert interval.at(1) is interval.second


def test_no_step_is_longer_than_a_pixel_and_frames_fall_on_instants() -> None:
    picture = np.zeros((4, 4, 3), np.float32)
    for pixels in (0.3, 1.0, 2.2, 7.9):
        for count in (1, 3, 6, 7):
            flow = np.full((4, 4, 2), (pixels, 0), np.float32)
            steps = _instants_per_interval([Interval(picture, picture, flow, -flow)] * count, 7)
            assert pixels / steps <= 1.001
            assert steps * count % 6 == 0


def test_a_window_across_a_cut_is_refused() -> None:
    before, after = panning(1, 1, seed=1), panning(1, 1, seed=2)
    assert expose_window(before[:4] + after[4:], ExposureSettings()) == Rejected("scene cut")
    assert not cut_between(before, 0.06)


def test_a_window_that_turns_back_is_refused() -> None:
    there = panning(2, 1, count=4)
    made = expose_window([*there, *there[-2::-1]], ExposureSettings())
    assert made == Rejected("abrupt change of direction")


def test_still_and_too_fast_windows_are_refused() -> None:
    assert expose_window(panning(0, 0), ExposureSettings()) == Rejected("nothing moves")
    made = expose_window(panning(4, 0), ExposureSettings(max_step=2))
    assert made == Rejected("too fast to interpolate")


def test_an_unknown_response_is_refused() -> None:
    for name in ("log", "gamma", "gamma:x", "gamma:0", "gamma:nan"):
        with pytest.raises(InputError, match="response"):
            Response(name)


def clip_with_a_cut(path: Path) -> Path:
    """Four windows: two pans, one across a cut, one pan."""
    frames = panning(1, 1, 18, seed=1) + panning(-1, 1, 10, seed=2)
    write_animation(path, np.stack(frames), fps=240.0, loop="once")
    return path


def test_a_clip_becomes_a_dataset_that_continues_where_it_stopped(tmp_path: Path) -> None:
    clip = clip_with_a_cut(tmp_path / "clip.mp4")
    settings = SynthesisSettings((clip,), tmp_path / "out")
    generator = synthesize(settings)
    assert next(generator).status == "written"
    generator.close()
    first = tmp_path / "out" / "clip" / "blur" / "00000000.png"
    stamp = first.stat().st_mtime_ns
    report, statuses = finish(settings)
    assert statuses == ["written", "written", "rejected: scene cut", "written"]
    assert (report.samples, report.new, report.rejected) == (3, 2, {"scene cut": 1})
    assert first.stat().st_mtime_ns == stamp
    again, _ = finish(settings)
    assert (again.samples, again.new) == (3, 0)
    dataset = open_dataset(tmp_path / "out")
    samples = list(dataset)
    assert [s.path.name for s in samples] == [f"0000000{n}.png" for n in (0, 1, 2)]
    assert dataset.skipped == []
    assert samples[2].guidance is not None
    assert (samples[2].guidance == 3).mean() > 0.9
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["parameters"]["window"] == 7
    assert [e["number"] for e in manifest["samples"]] == [0, 1, None, 2]


def test_a_damaged_sample_is_made_again(tmp_path: Path) -> None:
    clip = clip_with_a_cut(tmp_path / "clip.mp4")
    settings = SynthesisSettings((clip,), tmp_path / "out", max_windows=2)
    finish(settings)
    lost = tmp_path / "out" / "clip" / "sharp" / "00000001_004.png"
    lost.unlink()
    report, _ = finish(settings)
    assert (report.samples, report.new) == (2, 1)
    assert lost.exists()


def test_other_parameters_do_not_mix_into_a_dataset(tmp_path: Path) -> None:
    clip = clip_with_a_cut(tmp_path / "clip.mp4")
    finish(SynthesisSettings((clip,), tmp_path / "out", max_windows=1))
    with pytest.raises(InputError, match="window 7, not 5"):
        finish(SynthesisSettings((clip,), tmp_path / "out", window=5))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="not empty"):
        finish(SynthesisSettings((clip,), tmp_path / "mine"))


def test_a_broken_clip_is_named_and_does_not_cost_the_others(tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    clips.mkdir()
    clip_with_a_cut(clips / "b.mp4")
    (clips / "a.mp4").write_bytes(b"no clip")
    report, _ = finish(SynthesisSettings((clips,), tmp_path / "out", max_windows=1))
    assert report.samples == 1
    assert list(report.failed) == [str(clips / "a.mp4")]


def test_numbered_pictures_are_a_clip_and_others_are_stills(tmp_path: Path, stills: Path) -> None:
    folder = tmp_path / "frames"
    for index, frame in enumerate(panning(1, 0, 8)):
        write_photo(folder / f"f{index + 3}.png", frame)
    assert is_sequence(folder)
    report, statuses = finish(SynthesisSettings((folder,), tmp_path / "out"))
    assert (report.samples, statuses) == (1, ["written"])
    write_photo(folder / "f40.png", frame)
    assert not is_sequence(folder)


def test_stills_become_simulated_samples_with_exact_displacement(
    tmp_path: Path, stills: Path
) -> None:
    named = tmp_path / "stills"
    named.mkdir()
    for index, path in enumerate(sorted(stills.iterdir())[:3]):
        (named / f"{'abc'[index]}.png").write_bytes(path.read_bytes())
    settings = SynthesisSettings((named,), tmp_path / "out", count=2, size=48)
    report, _ = finish(settings)
    assert report.samples == 2
    before = [s.blurry for s in open_dataset(tmp_path / "out")]
    more = SynthesisSettings((named,), tmp_path / "out", count=3, size=48)
    report, _ = finish(more)
    assert (report.samples, report.new) == (3, 1)
    samples = list(open_dataset(tmp_path / "out"))
    assert all((a == b.blurry).all() for a, b in zip(before, samples, strict=False))
    assert all(s.first_to_last is not None and s.flow is not None for s in samples)
    assert all(s.offsets is not None and s.offsets.shape == (15, 2, 48, 48) for s in samples)


def test_linear_kernels_average_along_straight_trajectories() -> None:
    still = texture(4, 60, 80)
    flow = np.full((60, 80, 2), (6, -6), np.float32)
    sample = blur_along(still, flow, Response("linear"), path=Path("x"))
    assert sample.offsets is not None
    assert sample.offsets.shape == (15, 2, 60, 80)
    # Against the motion: what is at p at last was at p - flow / 2 in the middle.
    assert sample.offsets[:, :, 0, 0][[0, 7, 14]].tolist() == [[3, -3], [0, 0], [-3, 3]]
    np.testing.assert_array_equal(sample.frames[3], still)
    np.testing.assert_array_equal(sample.frames[6][10:50, 13:70], sample.frames[4][12:52, 11:68])
    weights = np.array([0.5, 1, 1, 1, 1, 1, 0.5])[:, None, None, None] / 6
    apart = np.abs((sample.frames * weights).sum(0) - sample.blurry)
    assert apart[6:-6, 6:-6].mean() < 2
    assert np.abs(still.astype(int) - sample.blurry).mean() > 6
    assert sample.guidance is not None
    assert (sample.guidance == 1).all()


def test_flow_maps_are_smooth_and_no_longer_than_asked() -> None:
    for seed in range(5):
        flow = smooth_flow(60, 90, 20.0, np.random.default_rng(seed))
        assert 1.99 <= np.hypot(flow[..., 0], flow[..., 1]).max() <= 20.01
        assert max(np.abs(np.diff(flow, axis=axis)).max() for axis in (0, 1)) < 2


def test_linear_kernels_are_written_with_their_trajectories(tmp_path: Path, stills: Path) -> None:
    settings = SynthesisSettings((stills,), tmp_path / "out", "linear-kernels", count=2)
    report, _ = finish(settings)
    assert report.samples == 2
    for sample in open_dataset(tmp_path / "out"):
        assert sample.offsets is not None
        assert sample.flow is not None
        ends = sample.offsets[0] - sample.offsets[-1]
        np.testing.assert_allclose(np.moveaxis(ends, 0, 2), sample.flow, atol=0.05)
