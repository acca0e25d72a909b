"""How often guidance changes from frame to frame of a clip, with and without the vote in time.

Classes are followed along the flow: a pixel of a moving thing that turns to another quadrant, or
flickers there and back within one frame, is counted.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from app.engine.clip_film import with_steps
from app.engine.neighbours import NeighbourSettings, Step, matcher_for, motion_from_steps
from app.engine.steady_guidance import steadily_guided
from app.flow.warping import nearest, pixels, within
from app.guidance.maps import GuidanceMap
from app.media.clips import iter_clip


@dataclass
class Count:
    """Pixels: compared, moving in either frame of a pair; changed; flickering."""

    compared: int = 0
    changed: int = 0
    flickering: int = 0

    def line(self, title: str) -> str:
        """Shares for the table."""
        whole = max(self.compared, 1)
        return f"{title:28s}{self.changed / whole:10.2%}{self.flickering / whole:12.2%}"


def count(maps: Sequence[GuidanceMap], steps: Sequence[Step]) -> Count:
    """Changes in the classes of frames, `steps[n]` leading from frame n to the next."""
    result = Count()
    for n in range(1, len(maps) - 1):
        here, before, after = maps[n], steps[n - 1], steps[n]
        if before.cut or after.cut:
            continue
        at = pixels(here.shape)
        back, on = at + before.back, at + after.there
        was, will = nearest(maps[n - 1], back), nearest(maps[n + 1], on)
        seen = within(back, here.shape) & within(on, here.shape)
        seen &= (here > 0) | (was > 0)
        result.compared += int(seen.sum())
        result.changed += int((seen & (here != was)).sum())
        result.flickering += int((seen & (here != was) & (was == will)).sum())
    return result


def main() -> None:
    """Print both shares for every clip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", nargs="+", type=Path)
    parser.add_argument("--frames", type=int, default=48)
    parser.add_argument("--flow", default="auto")
    options = parser.parse_args()
    settings = NeighbourSettings(flow=options.flow)
    for clip in options.clips:
        decoded = iter_clip(clip, max_edge=640).frames
        stepped = list(with_steps(islice(decoded, options.frames), matcher_for(settings)))
        decoded.close()
        steps = [after for _, _, after in stepped if after is not None]
        blank = np.zeros(steps[0].first.shape[:2], np.uint8)
        alone = [motion_from_steps(before, after, settings) for _, before, after in stepped]
        voted = [guided.classes for guided in steadily_guided(stepped, settings)]
        print(f"{clip.name:28s}{'changed':>10s}{'flickering':>12s}")
        by_itself = [None if one is None else one.guidance for one in alone]
        for title, maps in (("  each frame by itself", by_itself), ("  put to the vote", voted)):
            known = [blank if one is None else one for one in maps]
            print(count(known, steps).line(title))


if __name__ == "__main__":
    main()
