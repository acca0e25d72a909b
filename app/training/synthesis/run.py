"""The whole of `unspool synthesize`: from sources to a dataset, resumable.

How a window is exposed is `exposure`; how a still is blurred along kernels is `kernels`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from app.errors import InputError
from app.flow.matching import matcher, resolved
from app.guidance.flow import flow_to_guidance
from app.media.photos import read_photo
from app.media.pixels import resize_to_max_edge, to_8bit
from app.training.batches import seeded
from app.training.camera import CameraSettings, develop, draw_cameras, photograph
from app.training.datasets.afb import SampleFiles
from app.training.datasets.pairs import photos_in
from app.training.datasets.samples import Sample
from app.training.datasets.writing import is_complete, write_sample
from app.training.simulator import SimulatorSettings, simulate
from app.training.stills import load_stills
from app.training.synthesis.clips import clips_in, count_windows, is_sequence, windows
from app.training.synthesis.exposure import ExposureSettings, Rejected, expose_window
from app.training.synthesis.kernels import blur_along, smooth_flow
from app.training.synthesis.manifest import WRITTEN, Entry, Manifest

KINDS = ("auto", "clips", "simulated", "linear-kernels")
_CHUNK = 8
"""Scenes simulated together; fixed, because scenes depend on their chunk's seed."""
_POINTS = 15
"""Instants of the trajectories that are written."""


@dataclass(frozen=True)
class SynthesisSettings:
    """What is made, and from what.

    Attributes:
        sources: clips, folders of clips, folders of numbered pictures; or one folder of stills.
        out: the dataset's folder.
        kind: one of `KINDS`; "auto" simulates from a folder of unrelated pictures.
        window: frames per exposure; with 7, the sharp frames are frames of the clip.
        max_edge: clips are reduced to this longer edge, which also hides their compression.
        max_windows: at most so many windows of each clip are looked at; `None` for all.
        exposure: how windows are averaged and judged; its response is used for kernels too.
        flow: a name of `app.flow.matching.MATCHERS`, for clips.
        count: how many samples are made from stills.
        size: side of simulated samples in pixels.
        longest: longest linear kernel in pixels.
        seed: decides everything random.
        masks: object masks of the stills; by default found beside them.
    """

    sources: tuple[Path, ...]
    out: Path
    kind: str = "auto"
    window: int = 7
    max_edge: int = 960
    max_windows: int | None = None
    exposure: ExposureSettings = field(default_factory=ExposureSettings)
    flow: str = "auto"
    count: int = 100
    size: int = 192
    longest: float = 33.0
    seed: int = 0
    masks: Path | None = None


@dataclass(frozen=True)
class SynthesisProgress:
    """One more window or scene is dealt with: `done` of about `total` in `source`."""

    source: str
    done: int
    total: int
    status: str


@dataclass(frozen=True)
class SynthesisReport:
    """How many samples the dataset holds, how many of them are new, and what was left out why.

    `failed` names sources that could not be read (to the end), with the reason.
    """

    samples: int
    new: int
    rejected: dict[str, int]
    failed: dict[str, str]


def synthesize(
    settings: SynthesisSettings,
) -> Generator[SynthesisProgress, None, SynthesisReport]:
    """Make a dataset in AfB's layout, or continue one; yields progress.

    Samples are written one by one, each whole; closing the generator keeps the finished ones.

    Raises:
        InputError: a source is missing or unfit, the parameters make no sense, or `out` holds
            something else.
        RunError: the disk is full or failed.
    """
    kind = settings.kind
    if kind not in KINDS:
        raise InputError(f"There is no kind of dataset '{kind}' (known: {', '.join(KINDS)}).")
    if kind == "auto":
        kind = _recognised(settings.sources)
    if kind == "clips":
        return (yield from _Synthesis(settings, _clip_parameters(settings)).clips())
    if len(settings.sources) != 1:
        raise InputError("Stills come from one folder; name a single one.")
    parameters: dict[str, Any] = {
        "kind": kind,
        "stills": settings.sources[0].name,
        "seed": settings.seed,
    }
    if kind == "simulated":
        parameters |= {
            "masks": settings.masks.name if settings.masks else None,
            "size": settings.size,
            "threshold": settings.exposure.threshold,
        }
        return (yield from _Synthesis(settings, parameters).stills("simulated", _simulated))
    parameters |= {
        "longest": settings.longest,
        "max_edge": settings.max_edge,
        "response": settings.exposure.response.name,
        "frames": settings.exposure.frames,
    }
    return (yield from _Synthesis(settings, parameters).stills(kind, _blurred_along_kernels))


class _Synthesis:
    def __init__(self, settings: SynthesisSettings, parameters: dict[str, Any]) -> None:
        self.settings = settings
        self.frames = settings.exposure.frames
        self.manifest = Manifest.open(settings.out, parameters)
        self.failed: dict[str, str] = {}
        self.new = 0

    def clips(self) -> Generator[SynthesisProgress, None, SynthesisReport]:
        """Expose every window of every clip."""
        self.match = matcher(self.settings.flow)
        sources = [clip for path in self.settings.sources for clip in clips_in(path)]
        names = _folder_names(sources)
        try:
            for source, name in zip(sources, names, strict=True):
                try:
                    yield from self._clip(source, name)
                except InputError as error:
                    # One broken clip must not cost the others.
                    self.failed[str(source)] = str(error)
        finally:
            self.manifest.save()
        return self._report()

    def stills(self, video: str, make: Any) -> Generator[SynthesisProgress, None, SynthesisReport]:
        """Make `count` samples from stills, those that are not there yet."""
        settings = self.settings
        source = str(settings.sources[0])
        wanted = {i for i in range(settings.count) if not self._is_done(video, i)}
        try:
            for index, sample in make(settings, wanted):
                write_sample(settings.out / video, index, sample)
                self.new += 1
                self.manifest.add(Entry(video, sample.path.name, index, WRITTEN, index))
                done = settings.count - len(wanted) + self.new
                yield SynthesisProgress(source, done, settings.count, WRITTEN)
        finally:
            self.manifest.save()
        return self._report()

    def _clip(self, source: Path, video: str) -> Iterator[SynthesisProgress]:
        settings = self.settings
        total = count_windows(source, settings.window)
        if settings.max_windows is not None:
            total = min(total, settings.max_windows)
        number = 0
        stream = windows(source, settings.window, settings.max_edge)
        for index, window in enumerate(stream):
            if settings.max_windows is not None and index >= settings.max_windows:
                break
            status = self._window(source, video, index, number, window)
            # Numbers run without gaps, as AfB's loader expects.
            number += status == WRITTEN
            yield SynthesisProgress(str(source), index + 1, max(total, index + 1), status)

    def _window(
        self, source: Path, video: str, index: int, number: int, window: list[np.ndarray]
    ) -> str:
        known = self.manifest.entries.get((video, index))
        if known is not None and (known.status != WRITTEN or self._is_done(video, index)):
            return known.status
        made = expose_window(window, self.settings.exposure, self.match)
        if isinstance(made, Rejected):
            status = f"rejected: {made.reason}"
            self.manifest.add(Entry(video, source.name, index, status))
            return status
        sample = Sample(source, made.blurry, made.frames, made.guidance, made.flow)
        write_sample(self.settings.out / video, number, sample)
        self.new += 1
        self.manifest.add(Entry(video, source.name, index, WRITTEN, number))
        return WRITTEN

    def _is_done(self, video: str, index: int) -> bool:
        entry = self.manifest.entries.get((video, index))
        if entry is None or entry.number is None:
            return False
        return is_complete(SampleFiles(self.settings.out / video, entry.number), self.frames)

    def _report(self) -> SynthesisReport:
        statuses = Counter(entry.status for entry in self.manifest.entries.values())
        samples = statuses.pop(WRITTEN, 0)
        rejected = {status.removeprefix("rejected: "): n for status, n in statuses.items()}
        return SynthesisReport(samples, self.new, rejected, self.failed)


def _simulated(settings: SynthesisSettings, wanted: set[int]) -> Iterator[tuple[int, Sample]]:
    """Scenes of the exposure simulator, each with a camera of its own and exact guidance."""
    folder = settings.sources[0]
    bank = load_stills(folder, settings.masks)
    scenes = SimulatorSettings.for_size(settings.size)
    for first in range(0, settings.count, _CHUNK):
        rows = [i for i in range(first, first + _CHUNK) if i in wanted]
        if not rows:
            continue
        generator = seeded(settings.seed, 4, first // _CHUNK)
        exposures = simulate(bank, scenes, _CHUNK, generator, points=_POINTS)
        camera = draw_cameras(_CHUNK, CameraSettings(), generator)
        blurry = _bytes(photograph(exposures.blurry, camera, generator))
        frames = _bytes(develop(exposures.frames, camera))
        flow, moved = (
            v.permute(0, 2, 3, 1).contiguous().numpy()
            for v in (exposures.flow, exposures.first_to_last)
        )
        assert exposures.trajectory is not None
        offsets = exposures.trajectory.numpy()
        for index in rows:
            row = index - first
            yield (
                index,
                Sample(
                    path=folder / f"{index:08d}",
                    blurry=blurry[row],
                    frames=frames[row],
                    guidance=flow_to_guidance(flow[row], settings.exposure.threshold),
                    flow=flow[row],
                    first_to_last=moved[row],
                    offsets=offsets[row],
                ),
            )


def _blurred_along_kernels(
    settings: SynthesisSettings, wanted: set[int]
) -> Iterator[tuple[int, Sample]]:
    """Stills in turn, each time with another smooth flow map."""
    paths = photos_in(settings.sources[0])
    if not paths:
        raise InputError(f"{settings.sources[0]} holds no picture.")
    for index in sorted(wanted):
        path = paths[index % len(paths)]
        still = to_8bit(resize_to_max_edge(read_photo(path).pixels, settings.max_edge))
        rng = np.random.default_rng([settings.seed, index])
        flow = smooth_flow(still.shape[0], still.shape[1], settings.longest, rng)
        exposure = settings.exposure
        yield index, blur_along(still, flow, exposure.response, path=path, frames=exposure.frames)


def _clip_parameters(settings: SynthesisSettings) -> dict[str, Any]:
    exposure = settings.exposure
    return {
        "kind": "clips",
        "flow": resolved(settings.flow),
        "window": settings.window,
        "max_edge": settings.max_edge,
        "response": exposure.response.name,
        "frames": exposure.frames,
        "threshold": exposure.threshold,
        "max_step": exposure.max_step,
        "min_moving": exposure.min_moving,
        "cut": exposure.cut,
        "turning": exposure.turning,
    }


def _recognised(sources: tuple[Path, ...]) -> str:
    for path in sources:
        if not path.exists():
            raise InputError(f"Cannot read {path}: no such file or folder.")
    folder = sources[0]
    unrelated = folder.is_dir() and bool(photos_in(folder)) and not is_sequence(folder)
    return "simulated" if unrelated else "clips"


def _folder_names(sources: list[Path]) -> list[str]:
    """One folder name per source: its stem, for later sources of the same stem its whole name."""
    names: list[str] = []
    for source in sources:
        name = source.stem if source.stem not in names else source.name.replace(".", "_")
        number = 2
        unique = name
        while unique in names:
            unique, number = f"{name}_{number}", number + 1
        names.append(unique)
    return names


def _bytes(images: torch.Tensor) -> np.ndarray:
    """`(..., 3, H, W)` in 0..1 → `(..., H, W, 3)` uint8."""
    return (images.clamp(0, 1) * 255).round().byte().movedim(-3, -1).contiguous().numpy()
