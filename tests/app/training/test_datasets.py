"""Reading datasets: layouts, trends, annotations, lists, and what is left out."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from app.errors import InputError
from app.media.photo_writing import write_photo
from app.training.datasets.afb import AfbSettings, SampleFiles, open_afb
from app.training.datasets.annotations import person_box, read_annotation
from app.training.datasets.guidance_files import read_flow, read_trend
from app.training.datasets.layouts import open_dataset
from app.training.datasets.pairs import open_gopro, open_side_by_side
from app.training.datasets.samples import Dataset, Sample, batch_of
from app.training.datasets.video_lists import read_video_list
from app.training.datasets.writing import is_complete, write_sample
from app.training.evaluation import Evaluation, evaluate_dataset
from models.decomposer import Decomposer, DecomposerConfig

HEIGHT, WIDTH = 24, 32


def picture(level: int, height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    return np.full((height, width, 3), level, np.uint8)


def write_afb(video: Path, count: int, *, annotated: range = range(0)) -> None:
    """A video as AfB stores it: photo n is grey n, its trend points right in the left half.

    Where some photos are annotated, the others are without frames too.
    """
    for folder in ("blur", "sharp", "trend+_avg", "blur_anno"):
        (video / folder).mkdir(parents=True, exist_ok=True)
    trend = np.zeros((HEIGHT // 2, WIDTH // 2, 2), np.float32)
    trend[:, : WIDTH // 4] = (1, -1)
    for number in range(count):
        files = SampleFiles(video, number)
        write_photo(files.blurry, picture(number))
        if annotated and number not in annotated:
            continue
        for frame in range(7):
            write_photo(files.sharp(frame), picture(10 * frame))
        np.save(files.trend, trend)
        if number in annotated:
            with files.annotation.open("wb") as stream:
                pickle.dump({"bbox": np.array([8.0, 4.0, 24.0, 20.0, 0.9])}, stream)


def test_an_afb_sample_has_photo_frames_and_enlarged_guidance(tmp_path: Path) -> None:
    write_afb(tmp_path / "one", 2)
    dataset = open_afb(tmp_path)
    first, second = dataset
    assert (first.blurry[0, 0, 0], second.blurry[0, 0, 0]) == (0, 1)
    assert first.frames.shape == (7, HEIGHT, WIDTH, 3)
    assert first.frames[:, 0, 0, 0].tolist() == [0, 10, 20, 30, 40, 50, 60]
    assert first.guidance is not None
    assert (first.guidance[:, : WIDTH // 2] == 1).all()
    assert (first.guidance[:, WIDTH // 2 :] == 0).all()
    assert dataset.skipped == []


@pytest.mark.parametrize("channels_first", [False, True])
def test_interleaved_steps_of_a_trend_are_averaged(tmp_path: Path, channels_first: bool) -> None:
    steps = np.zeros((HEIGHT // 2, WIDTH // 2, 12), np.float32)
    # x is +1 in two of six steps and -1 in three, y is +1 once: left and down.
    steps[..., [0, 2]] = 1
    steps[..., [4, 6, 8]] = -1
    steps[..., 1] = 1
    path = tmp_path / "trend.npy"
    np.save(path, np.moveaxis(steps, 2, 0) if channels_first else steps)
    assert (read_trend(path, HEIGHT, WIDTH) == 3).all()


def test_a_trend_on_an_axis_follows_the_rules_for_ties(tmp_path: Path) -> None:
    for (x, y), expected in {(1, 0): 1, (-1, 0): 3, (0, 1): 4, (0, -1): 2, (0, 0): 0}.items():
        np.save(tmp_path / "t.npy", np.full((12, 16, 2), (x, y), np.float32))
        assert (read_trend(tmp_path / "t.npy", 24, 32) == expected).all()


def test_per_step_flows_add_up(tmp_path: Path) -> None:
    steps = np.zeros((HEIGHT, WIDTH, 4), np.float32)
    steps[..., 0], steps[..., 2], steps[..., 3] = 1.5, 2.0, -1.0
    np.save(tmp_path / "f.npy", steps)
    assert (read_flow(tmp_path / "f.npy", HEIGHT, WIDTH) == (3.5, -1.0)).all()


def test_a_trend_of_another_size_or_with_pickled_content_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "small.npy", np.zeros((3, 4, 2)))
    np.save(tmp_path / "objects.npy", np.array([[{}]], dtype=object))
    with pytest.raises(InputError, match=r"small\.npy has the shape"):
        read_trend(tmp_path / "small.npy", HEIGHT, WIDTH)
    with pytest.raises(InputError, match=r"objects\.npy"):
        read_trend(tmp_path / "objects.npy", HEIGHT, WIDTH)


def test_missing_and_broken_items_are_named_and_not_replaced(tmp_path: Path) -> None:
    write_afb(tmp_path / "one", 6)
    files = [SampleFiles(tmp_path / "one", number) for number in range(6)]
    files[1].sharp(3).unlink()
    files[2].blurry.unlink()
    files[3].trend.write_bytes(b"nonsense")
    files[4].sharp(6).write_bytes(files[4].sharp(6).read_bytes()[:60])
    dataset = open_dataset(tmp_path)
    assert [int(sample.blurry[0, 0, 0]) for sample in dataset] == [0, 5]
    assert len(list(dataset)) == 2
    assert sorted(s.path.name for s in dataset.skipped) == [f"0000000{n}.png" for n in (1, 2, 3, 4)]
    reasons = " ".join(s.reason for s in dataset.skipped)
    for name in ("00000001_003.png", "00000002.png", "00000003_trend.npy", "00000004_006.png"):
        assert name in reasons


def test_b_aist_is_trimmed_and_cropped_around_the_person(tmp_path: Path) -> None:
    write_afb(tmp_path / "dance", 82, annotated=range(40, 42))
    SampleFiles(tmp_path / "dance", 41).annotation.unlink()
    dataset = open_dataset(tmp_path, "b-aist++")
    samples = list(dataset)
    assert [int(s.blurry[0, 0, 0]) for s in samples] == [40]
    assert samples[0].blurry.shape == (192, 160, 3)
    assert samples[0].frames.shape == (7, 192, 160, 3)
    guidance = samples[0].guidance
    assert guidance is not None
    # The box from 8 to 24, grown by a twentieth of the way to the border, is 7 to 24: of its
    # 17 columns 9 lie left of the middle of the photo.
    assert (guidance[96] == 1).mean() == pytest.approx(9 / 17, abs=0.02)
    assert [s.path.name for s in dataset.skipped] == ["00000041.png"]


def test_only_listed_videos_are_read_and_absent_ones_named(tmp_path: Path) -> None:
    root = tmp_path / "data"
    for name in ("a", "b", "c"):
        write_afb(root / name, 1)
    (tmp_path / "list.yaml").write_text('# videos\n---\n- c\n- "a"   # quoted\n- absent\n')
    dataset = open_dataset(root, videos=tmp_path / "list.yaml")
    assert [item.path.parts[-3] for item in dataset.items] == ["c", "a"]
    assert [s.path.name for s in dataset.skipped] == ["absent"]


def test_lists_of_videos_are_plain_lists(tmp_path: Path) -> None:
    path = tmp_path / "list"
    for text in ("one\ntwo\n", "- one\n- 'two'\n", "[one, two]", "# x\r\none\r\n\r\ntwo # y\r\n"):
        path.write_text(text)
        assert read_video_list(path) == ["one", "two"]
    for text in ("train: one", "- {a: b}", "", "- !!python/object x", "../out", "videos:\n- one"):
        path.write_text(text)
        with pytest.raises(InputError, match="list"):
            read_video_list(path)


class Hostile:
    """Pickles to a call of `function(*arguments)`."""

    def __init__(self, function: object, *arguments: object) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> object:
        return self.call


def test_hostile_annotations_are_refused_and_execute_nothing(tmp_path: Path) -> None:
    trace = tmp_path / "executed"
    attacks = [
        Hostile(os.system, f"touch {trace}"),
        Hostile(eval, f"open({str(trace)!r}, 'w')"),
        Hostile(trace.touch),
        Hostile(np.load, str(trace)),
        Hostile(np.dtype, "O"),
        {"bbox": [1, 2, 3, Hostile(exec, f"open({str(trace)!r}, 'w')")]},
        np.array([Hostile(os.mkdir, str(trace))], dtype=object),
        np.zeros(2, dtype=[("x", "f4")]),
    ]
    for number, attack in enumerate(attacks):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            path = tmp_path / f"{number}_{protocol}.pkl"
            path.write_bytes(pickle.dumps(attack, protocol))
            with pytest.raises(InputError, match=path.name):
                read_annotation(path)
            assert not trace.exists()


def test_annotations_of_plain_data_are_read_whatever_their_protocol(tmp_path: Path) -> None:
    content = {
        "bbox": np.array([[1.5, 2, 30, 40]], np.float32),
        "keypoints": np.asfortranarray(np.arange(6, dtype=">i4").reshape(2, 3)),
        "score": np.float64(0.5),
        "names": ["a", ("b", None, True), {3}],
    }
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        path = tmp_path / "a.pkl"
        path.write_bytes(pickle.dumps(content, protocol))
        read = read_annotation(path)
        assert read["keypoints"].tolist() == [[0, 1, 2], [3, 4, 5]]
        assert read["score"] == 0.5
        assert read["names"] == content["names"]
        assert person_box(path) == (1.5, 2, 30, 40)


@pytest.mark.parametrize("content", [{}, {"bbox": [1, 2, 3]}, {"bbox": [5, 5, 5, 9]}, [1]])
def test_an_annotation_without_a_box_is_refused(tmp_path: Path, content: object) -> None:
    path = tmp_path / "a.pkl"
    path.write_bytes(pickle.dumps(content))
    with pytest.raises(InputError, match=r"a\.pkl"):
        person_box(path)


def test_side_by_side_pictures_are_blurry_left_and_sharp_right(tmp_path: Path) -> None:
    write_photo(tmp_path / "p.png", np.hstack([picture(10), picture(200)]))
    (sample,) = open_side_by_side(tmp_path)
    assert (sample.blurry == 10).all()
    assert (sample.frames == 200).all()
    assert sample.frames.shape == (1, HEIGHT, WIDTH, 3)
    assert len(open_dataset(tmp_path)) == 1


def test_gopro_pairs_match_by_name_and_ignore_blur_gamma(tmp_path: Path) -> None:
    video = tmp_path / "train" / "GOPR0001"
    for name in ("000001", "000002", "000003"):
        write_photo(video / "blur" / f"{name}.png", picture(10))
        write_photo(video / "blur_gamma" / f"{name}.png", picture(90))
        write_photo(video / "sharp" / f"{name}.png", picture(200))
    (video / "sharp" / "000002.png").unlink()
    write_photo(video / "sharp" / "000003.png", picture(200, 8, 8))
    dataset = open_gopro(tmp_path)
    (sample,) = dataset
    assert sample.path.name == "000001.png"
    assert (sample.blurry == 10).all()
    assert sorted(s.path.name for s in dataset.skipped) == ["000002.png", "000003.png"]
    assert len(open_dataset(tmp_path)) == 2


def complete_sample() -> Sample:
    rng = np.random.default_rng(3)
    flow = rng.normal(0, 4, (HEIGHT, WIDTH, 2)).astype(np.float32)
    return Sample(
        path=Path("anything"),
        blurry=rng.integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8),
        frames=rng.integers(0, 256, (7, HEIGHT, WIDTH, 3), np.uint8),
        guidance=cv2.resize(
            rng.integers(0, 5, (6, 8), np.uint8), (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST
        ),
        flow=flow,
        first_to_last=flow + 1,
        offsets=rng.normal(0, 2, (15, 2, HEIGHT, WIDTH)).astype(np.float32),
    )


def test_a_written_sample_is_read_back(tmp_path: Path) -> None:
    sample = complete_sample()
    files = write_sample(tmp_path / "v", 0, sample)
    (read,) = open_afb(tmp_path)
    assert (read.blurry == sample.blurry).all()
    assert (read.frames == sample.frames).all()
    assert (read.guidance == sample.guidance).all()
    for name in ("flow", "first_to_last", "offsets"):
        np.testing.assert_allclose(getattr(read, name), getattr(sample, name), rtol=1e-3, atol=1e-3)
    # The official loader sees the same guidance through the half-size trend.
    files.guidance.unlink()
    (seen,) = open_afb(tmp_path)
    assert (seen.guidance == sample.guidance).all()


def test_an_interrupted_sample_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = complete_sample()
    written = write_sample(tmp_path / "v", 0, sample)
    assert is_complete(written, 7)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.training.datasets.writing.write_trend", interrupt)
    for number in (0, 1):
        with pytest.raises(KeyboardInterrupt):
            write_sample(tmp_path / "v", number, sample)
    assert not [path for path in (tmp_path / "v").rglob("*") if path.is_file()]


def test_samples_become_a_batch_and_unknown_flow_is_nan() -> None:
    sample = complete_sample()
    whole, bare = sample, Sample(sample.path, sample.blurry, sample.frames, sample.guidance)
    batch = batch_of([whole, bare])
    assert batch.blurry.shape == (2, 3, HEIGHT, WIDTH)
    assert batch.frames.shape == (2, 7, 3, HEIGHT, WIDTH)
    assert set(batch.guidance.unique().tolist()) == {-1.0, 0.0, 1.0}
    assert batch.flow[0, :, 5, 7].tolist() == sample.flow[5, 7].tolist()  # type: ignore[index]
    assert batch.first_to_last[1].isnan().all()
    with pytest.raises(InputError, match="without guidance"):
        batch_of([Sample(sample.path, sample.blurry, sample.frames)])
    with pytest.raises(InputError, match="differ in size"):
        batch_of([whole, whole.crop(2, 3, 8, 9)])


def test_a_crop_takes_the_same_part_of_everything() -> None:
    sample = complete_sample()
    part = sample.crop(2, 3, 8, 9)
    assert part.guidance is not None
    assert part.offsets is not None
    assert sample.offsets is not None
    assert part.frames.shape == (7, 8, 9, 3)
    assert (part.blurry == sample.blurry[2:10, 3:12]).all()
    assert (part.offsets == sample.offsets[:, :, 2:10, 3:12]).all()


def test_an_unknown_layout_or_an_empty_folder_is_refused(tmp_path: Path) -> None:
    for layout in ("auto", "afb", "gopro", "side-by-side", "other"):
        with pytest.raises(InputError):
            open_dataset(tmp_path, layout)
    assert AfbSettings.b_aist().trim == 40


def small_network() -> Decomposer:
    torch.manual_seed(0)
    config = DecomposerConfig(
        widths=(8, 8), encoder_blocks=(1,), decoder_blocks=(1,), stages=1, middle_blocks=0
    )
    return Decomposer(config)


def test_a_network_is_measured_on_a_dataset(tmp_path: Path) -> None:
    for number in range(2):
        write_sample(tmp_path / "v", number, complete_sample())
    SampleFiles(tmp_path / "v", 1).trajectory.unlink()
    SampleFiles(tmp_path / "v", 1).sharp(2).write_bytes(b"")
    dataset = open_dataset(tmp_path)
    result = measured(dataset)
    assert result.scenes == 1
    assert len(dataset.skipped) == 1
    assert np.isfinite(result.psnr)
    assert result.endpoint_error_photo > 0
    # Without the exact displacement, what needs it is not available.
    SampleFiles(tmp_path / "v", 0).trajectory.unlink()
    result = measured(open_dataset(tmp_path))
    assert np.isfinite(result.psnr)
    assert np.isnan(result.endpoint_error)
    assert np.isnan(result.obedience)


def test_pairs_without_frames_cannot_measure_a_decomposer(tmp_path: Path) -> None:
    write_photo(tmp_path / "p.png", np.hstack([picture(10), picture(200)]))
    with pytest.raises(InputError, match="1 sharp frame"):
        measured(open_dataset(tmp_path))


def measured(dataset: Dataset) -> Evaluation:
    generator = evaluate_dataset(small_network(), dataset)
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return end.value
