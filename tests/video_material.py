"""A made video for tests: a textured square crosses a textured ground, blurred by its motion."""

from __future__ import annotations

import cv2
import numpy as np

SIZE = (120, 160)
SIDE = 44


def texture(height: int, width: int, seed: int, grain: int = 5) -> np.ndarray:
    """(height, width, 3) uint8, smooth and colourful."""
    rng = np.random.default_rng(seed)
    coarse = rng.random((height // grain + 2, width // grain + 2, 3)).astype(np.float32)
    smooth = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return (smooth * 220 + 15).clip(0, 255).astype(np.uint8)


def square_at(time: float, velocity: tuple[float, float]) -> tuple[float, float]:
    """Left and top of the square: in the middle of the picture at time 0."""
    height, width = SIZE
    return (width - SIDE) / 2 + velocity[0] * time, (height - SIDE) / 2 + velocity[1] * time


def blurry_frame(
    number: int, velocity: tuple[float, float] = (5, -4), shutter: float = 0.9, seed: int = 0
) -> np.ndarray:
    """Frame `number` of the video, exposed from `number` on: (120, 160, 3) uint8."""
    height, width = SIZE
    ground = texture(height, width, seed).astype(np.float32)
    thing = texture(SIDE, SIDE, seed + 100).astype(np.float32)
    total = np.zeros_like(ground)
    instants = np.linspace(number, number + shutter, 8)
    for time in instants:
        left, top = square_at(float(time), velocity)
        place = np.array([[1, 0, left], [0, 1, top]], np.float32)
        inside = cv2.warpAffine(np.ones((SIDE, SIDE), np.float32), place, (width, height))
        moved = cv2.warpAffine(thing, place, (width, height))
        total += ground * (1 - inside[..., None]) + moved
    return np.rint(total / len(instants)).astype(np.uint8)


def inside_square(number: int, velocity: tuple[float, float] = (5, -4)) -> np.ndarray:
    """(120, 160) bool: well within the square for the whole exposure of a frame."""
    mask = np.ones(SIZE, np.bool_)
    for time in (number, number + 1):
        left, top = (round(value) for value in square_at(time, velocity))
        at = np.zeros(SIZE, np.bool_)
        at[top + 6 : top + SIDE - 6, left + 6 : left + SIDE - 6] = True
        mask &= at
    return mask


def far_from_square() -> np.ndarray:
    """(120, 160) bool: where the square never comes."""
    mask = np.zeros(SIZE, np.bool_)
    mask[:10] = mask[-10:] = True
    mask[:, :20] = mask[:, -20:] = True
    return mask


def xmp_segment(packet: str) -> bytes:
    """An APP1 segment with an XMP packet."""
    content = b"http://ns.adobe.com/xap/1.0/\x00" + packet.encode()
    return b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content


def with_xmp(jpeg: bytes, packet: str) -> bytes:
    """A JPEG with an XMP packet after its start."""
    return jpeg[:2] + xmp_segment(packet) + jpeg[2:]


def google_xmp(length: int, moment: float = -1, padding: int = 0) -> str:
    """The XMP of Google's Motion Photo format 1.0 for a clip of so many bytes at the end."""
    stamp = round(moment * 1e6) if moment >= 0 else -1
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description GCamera:MotionPhoto="1" '
        f'GCamera:MotionPhotoVersion="1" GCamera:MotionPhotoPresentationTimestampUs="{stamp}">'
        '<Container:Directory><rdf:Seq><rdf:li rdf:parseType="Resource"><Container:Item '
        f'Item:Mime="image/jpeg" Item:Semantic="Primary" Item:Length="0" Item:Padding="{padding}"/>'
        '</rdf:li><rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="video/mp4" '
        f'Item:Semantic="MotionPhoto" Item:Length="{length}"/></rdf:li></rdf:Seq>'
        "</Container:Directory></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
