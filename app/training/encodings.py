"""Directions as networks see them, in torch: flow to classes, classes to sign bits and back.

The numpy counterpart that defines the bits is `app.guidance.encodings`; the app itself always uses
4 directions, the others are for AfB's ablation (Fig. 10).
"""

from __future__ import annotations

import math
from functools import cache

import torch
from torch import Tensor

from app.guidance.encodings import BITS_OF_DIRECTIONS


def quantise(flow: Tensor, threshold: Tensor | float, directions: int = 4) -> Tensor:
    """Classes `(B, H, W)` 0..directions of flow `(B, 2, H, W)`; `threshold` pixels, per sample.

    0 is static, the others count counter-clockwise from the right, so that of 4 they are the
    quadrants. Ties on an axis fall as the design fixes them: (+,0) I, (0,-) II, (-,0) III, (0,+)
    IV.
    """
    limit = threshold.view(-1, 1, 1) if isinstance(threshold, Tensor) else threshold
    classes = _class_of_code(directions).to(flow.device)[_codes(_bits(flow, directions))]
    return torch.where(torch.hypot(flow[:, 0], flow[:, 1]) < limit, 0, classes)


def signs_of(classes: Tensor, directions: int = 4) -> Tensor:
    """Classes `(B, H, W)` → signs `(B, bits, H, W)` float; all 0 is static."""
    table = _signs_of_class(directions).to(classes.device)
    return table[classes.long()].permute(0, 3, 1, 2).contiguous()


def headings(signs: Tensor) -> Tensor:
    """Signs `(B, bits, H, W)` → unit vectors `(B, 2, H, W)` down their sectors' middles, y down.

    Static is the zero vector.
    """
    directions = {bits: number for number, bits in BITS_OF_DIRECTIONS.items()}[signs.shape[1]]
    classes = _class_of_code(directions).to(signs.device)[_codes(signs)]
    vectors = _middles(directions).to(signs)[classes - 1].permute(0, 3, 1, 2)
    return vectors * signs.ne(0).any(dim=1, keepdim=True)


def _bits(flow: Tensor, directions: int) -> Tensor:
    """The sign bits of `app.guidance.encodings.encode_flow` without its threshold."""
    x, y = flow[:, 0], flow[:, 1]
    first = (x > 0) & (y <= 0)
    second = (x <= 0) & (y < 0)
    third = (x < 0) & (y >= 0)
    sign_x = torch.where(second | third, -1.0, 1.0)
    sign_y = torch.where(first | second, -1.0, 1.0)
    bits = [sign_x, sign_y][: BITS_OF_DIRECTIONS[directions]]
    if directions >= 8:
        bits.append(torch.where(x.abs() >= y.abs(), sign_x, -sign_x))
    if directions == 16:
        nearer, farther = torch.minimum(x.abs(), y.abs()), torch.maximum(x.abs(), y.abs())
        bits.append(torch.where(nearer >= math.tan(math.pi / 8) * farther, sign_x, -sign_x))
    return torch.stack(bits, dim=1)


def _codes(signs: Tensor) -> Tensor:
    """Sign bits `(B, bits, H, W)` read as binary numbers `(B, H, W)`."""
    powers = 2 ** torch.arange(signs.shape[1], device=signs.device).view(1, -1, 1, 1)
    return (signs.gt(0) * powers).sum(dim=1)


@cache
def _middles(directions: int) -> Tensor:
    """`(directions, 2)` unit vectors down the middle of each sector, y down."""
    # Two directions are the right and the left half plane; more begin at the horizontal.
    first = 0.0 if directions == 2 else 0.5
    angle = (torch.arange(directions) + first) * (2 * math.pi / directions)
    return torch.stack([angle.cos(), -angle.sin()], dim=1)


@cache
def _signs_of_class(directions: int) -> Tensor:
    """`(directions + 1, bits)`: a row of zeros for static, then each class's signs."""
    signs = _bits(_middles(directions).T[None, :, None], directions)[0, :, 0].T
    return torch.cat([torch.zeros(1, signs.shape[1]), signs])


@cache
def _class_of_code(directions: int) -> Tensor:
    """`(directions,)`: the class 1..directions of each binary number."""
    codes = _codes(_signs_of_class(directions)[1:].T[None, :, None])[0, 0]
    return torch.argsort(codes) + 1
