"""`unspool animate CLIP`: every frame of a blurry clip unspooled into one slow film.

Making it is `app.engine.clip_film`; photos are `film_work`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.destinations import refuse_existing, refuse_unwritable
from app.commands.output import Show, drain, note
from app.errors import InputError

if TYPE_CHECKING:
    from app.engine.neighbours import NeighbourSettings


@dataclass(frozen=True)
class ClipRequest:
    """What the options of `unspool animate` say about a clip."""

    frames: int
    fps: float | None
    tile: int | None
    weights: str
    device: str
    max_edge: int | None
    looks: int | None
    readings: str
    sharpen: float
    neighbours: NeighbourSettings


_STAGES = {"clip": "unspooling the clip", "join": "joining the film"}


def the_clip(named: Sequence[Path]) -> Path | None:
    """The clip among what is to be animated, None where all are photos.

    Raises:
        InputError: a clip and something else.
    """
    from app.media.kinds import is_clip_name

    clips = [path for path in named if is_clip_name(path) and not path.is_dir()]
    if clips and len(named) > 1:
        raise InputError(f"Clips are animated one at a time: {clips[0]} alone.")
    return clips[0] if clips else None


def animate_clip_file(
    clip: Path,
    out: str | None,
    request: ClipRequest,
    *,
    overwrite: bool,
    resume: bool,
    show: Show,
) -> dict[str, Any]:
    """Write the film of a clip; what is reported about it."""
    from app.engine.animate import AnimateSettings
    from app.engine.clip_film import ClipSettings, animate_clip
    from app.engine.weights import find_weights
    from app.media.clips import clip_info

    settings = ClipSettings(
        AnimateSettings(
            request.frames,
            request.weights,
            request.device,
            request.max_edge,
            request.tile,
            request.looks,
            request.readings,
            request.sharpen,
        ),
        request.neighbours,
        request.fps,
    )
    target = Path(out) if out is not None else Path(f"{clip.stem}-slow.mp4")
    if target.is_dir() and any(target.iterdir()):
        refuse_existing(target, overwrite)
    elif target.exists() and not target.is_dir():
        if target.samefile(clip):
            raise InputError(f"{target} is the clip itself; name another --out.")
        refuse_existing(target, overwrite)
    refuse_unwritable(target.parent)
    find_weights(settings.animate.weights)
    if clip_info(clip).sound:
        note(f"the sound of {clip} is left out: it would not fit a film this slow.")
    made = drain(
        animate_clip(clip, target, settings, overwrite=overwrite, resume=resume),
        lambda p: show(_STAGES.get(p.stage, p.stage), p.done, p.total),
    )
    return {
        "clip": str(clip),
        "out": str(made.out),
        "frames": made.frames,
        "fps": round(made.fps, 3),
        "clip_frames": made.clip_frames,
    }


def clip_sentence(film: dict[str, Any]) -> str:
    """What was made, for people."""
    return (
        f"{film['out']}: {film['frames']} frames from {film['clip_frames']}, "
        f"{film['fps']:g} per second"
    )
