"""Matchers: functions that find every pixel of one picture in another, and choosing one by name."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from app.errors import InputError
from app.flow.raft import raft_matcher, raft_missing

Flow = NDArray[np.float32]
"""(H, W, 2): where each pixel of the first picture is in the second, relative, in pixels (x, y)."""

Matcher = Callable[[NDArray[np.uint8], NDArray[np.uint8]], Flow]
"""Estimates the flow from one `(H, W, 3)` uint8 picture to another of the same size."""

MATCHERS = ("auto", "dis", "raft")
"""Names for `matcher`; "auto" is RAFT where its weights lie ready, and else DIS."""

# DIS needs some pixels for its coarsest scale; smaller pictures are padded by repetition.
_SMALLEST_SIDE = 32


def matcher(name: str = "auto", device: str = "cpu") -> Matcher:
    """The matcher of a name of `MATCHERS`.

    Raises:
        InputError: there is none of that name, or RAFT is asked for and missing.
    """
    if name not in MATCHERS:
        raise InputError(f"There is no optical flow '{name}' (known: {', '.join(MATCHERS)}).")
    return raft_matcher(device) if resolved(name) == "raft" else dis_matcher()


def resolved(name: str) -> str:
    """What "auto" stands for on this machine, "raft" or "dis"; other names stand for themselves."""
    if name != "auto":
        return name
    return "dis" if raft_missing() else "raft"


def dis_matcher() -> Matcher:
    """OpenCV's DIS optical flow (Kroeger et al., ECCV 2016) at full resolution."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    search.setFinestScale(0)

    def match(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> Flow:
        grey = [cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for picture in (first, second)]
        height, width = grey[0].shape
        down, right = max(0, _SMALLEST_SIDE - height), max(0, _SMALLEST_SIDE - width)
        if down or right:
            grey = [np.pad(picture, ((0, down), (0, right)), mode="edge") for picture in grey]
        # A flow that is handed in is refined, so a fresh one keeps pairs independent.
        flow = search.calc(grey[0], grey[1], np.zeros((*grey[0].shape, 2), np.float32))
        return np.ascontiguousarray(flow[:height, :width], np.float32)

    return match
