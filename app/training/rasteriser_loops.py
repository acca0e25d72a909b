"""The compiled loops of `rasteriser`. Importing this needs Numba; the first call compiles them.

Matrices are `(3, 3)`, picture arrays as in `Exposures`; nothing here allocates or checks.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_OPAQUE = np.float32(1e-5)
"""Light that passes less than this is lost."""
_ONE = np.float32(1)
_SOLID = np.float32(0.5)
"""A layer counts as seen where its alpha is above this."""

compiled = njit(nogil=True, cache=True, fastmath=True, error_model="numpy")


@compiled
def composite(
    texels: NDArray[np.float32],
    offsets: NDArray[np.int64],
    sizes: NDArray[np.int64],
    paddings: NDArray[np.int64],
    sampling: NDArray[np.float32],
    boxes: NDArray[np.int64],
    velocity: NDArray[np.float32],
    levels: NDArray[np.int64],
    bounds: NDArray[np.int64],
    keep: NDArray[np.int64],
    blurry: NDArray[np.float32],
    kept: NDArray[np.float32],
    flow: NDArray[np.float32],
    seen: NDArray[np.uint8],
    changed: NDArray[np.float32],
) -> None:
    """Expose every sample.

    Args:
        texels: `(P, 4)` premultiplied RGBA: a clear one, then all textures one after the other.
        offsets, sizes, paddings, levels: per layer, sorted by sample and from back to front: where
            its texels begin, height and width `(L, 2)`, 0 zeros / 1 border / 2 reflection, and its
            name in `seen`.
        boxes: `(L, S, 4)` the pixels x0, x1, y0, y1 (ends excluded) outside which a layer is clear.
        sampling, velocity: `(L, S, 3, 3)` pixels → texel numbers, and → pixels per step.
        bounds: `(B + 1,)` the layers of sample b are `bounds[b]` up to `bounds[b + 1]`.
        keep: `(S,)` which frame a step is kept as, or -1.
        blurry, kept, flow, seen, changed: zeros that become the result; `seen` is `(3, B, H, W)`.
    """
    height, width = blurry.shape[2:]
    steps = len(keep)
    # What the layers in front show, what shines through them, and which of them is seen.
    front = np.empty((height, width, 3), np.float32)
    clear = np.empty((height, width), np.float32)
    top = np.empty((height, width), np.int64)
    backdrop = np.zeros((height, width, 3), np.float32)
    total = np.empty((height, width, 3), np.float32)
    for b in range(len(blurry)):
        back, end = bounds[b], bounds[b + 1]
        moves = _moves(sampling[back])
        total[:] = 0
        for step in range(steps):
            front[:] = 0
            clear[:] = 1
            top[:] = back
            for layer in range(end - 1, back, -1):
                _draw(texels, offsets[layer], sizes[layer, 0], sizes[layer, 1], paddings[layer],
                      sampling[layer, step], boxes[layer, step], layer,
                      front, clear, top, back)  # fmt: skip
            if moves or step == 0:
                _fill(texels, offsets[back], sizes[back, 0], sizes[back, 1], paddings[back],
                      sampling[back, step], clear, moves, backdrop)  # fmt: skip
            weight = _weight(step, steps)
            _expose(front, clear, backdrop, weight / np.float32(steps - 1), total)
            if keep[step] >= 0:
                _keep(front, clear, backdrop, kept[b, keep[step]])
            if end > back + 1:
                _add_velocity(velocity[:, step], weight, top, back, flow[b])
                _remember(top, levels, step, steps, seen[:, b], changed[b, 0])
        for c in range(3):
            blurry[b, c] = total[:, :, c]
        _add_background(velocity[back], flow[b])


@compiled
def _weight(step: int, steps: int) -> np.float32:
    return np.float32(0.5 if step == 0 or step == steps - 1 else 1.0)


@compiled
def _expose(front, clear, backdrop, share, total):  # type: ignore[no-untyped-def]
    height, width = clear.shape
    for y in range(height):
        for x in range(width):
            through = clear[y, x]
            for c in range(3):
                total[y, x, c] += share * (front[y, x, c] + through * backdrop[y, x, c])


@compiled
def _keep(front, clear, backdrop, frame):  # type: ignore[no-untyped-def]
    height, width = clear.shape
    for c in range(3):
        for y in range(height):
            for x in range(width):
                frame[c, y, x] = front[y, x, c] + clear[y, x] * backdrop[y, x, c]


@compiled
def _moves(maps: NDArray[np.float32]) -> bool:
    for step in range(1, len(maps)):
        for i in range(3):
            for j in range(3):
                if maps[step, i, j] != maps[0, i, j]:
                    return True
    return False


@compiled
def _draw(texels, offset, tall, wide, padding, m, box, layer, front, clear, top, back):  # type: ignore[no-untyped-def]
    """Put a layer behind those that are in front of it."""
    height, width = clear.shape
    m00, m01, m02, m10, m11, m12 = m[0, 0], m[0, 1], m[0, 2], m[1, 0], m[1, 1], m[1, 2]
    m20, m21, m22 = m[2, 0], m[2, 1], m[2, 2]
    affine = m20 == 0 and m21 == 0 and m22 == 1
    first_x, first_y = np.float32(0.5 - width / 2), np.float32(0.5 - height / 2)
    for y in range(box[2], box[3]):
        py = np.float32(y) + first_y
        for x in range(box[0], box[1]):
            through = clear[y, x]
            if through <= _OPAQUE:
                continue
            px = np.float32(x) + first_x
            u = m00 * px + m01 * py + m02
            v = m10 * px + m11 * py + m12
            if not affine:
                w = _ONE / (m20 * px + m21 * py + m22)
                u *= w
                v *= w
            r, g, b, alpha = _sample(texels, offset, tall, wide, padding, u, v)
            if alpha <= 0:
                continue
            front[y, x, 0] += through * r
            front[y, x, 1] += through * g
            front[y, x, 2] += through * b
            if alpha > _SOLID and top[y, x] == back:
                top[y, x] = layer
            clear[y, x] = through * (_ONE - alpha)


@compiled
def _fill(texels, offset, tall, wide, padding, m, clear, only_clear, picture):  # type: ignore[no-untyped-def]
    """Draw the background into `picture`, everywhere or only where it is seen."""
    height, width = clear.shape
    m00, m01, m02, m10, m11, m12 = m[0, 0], m[0, 1], m[0, 2], m[1, 0], m[1, 1], m[1, 2]
    m20, m21, m22 = m[2, 0], m[2, 1], m[2, 2]
    affine = m20 == 0 and m21 == 0 and m22 == 1
    first_x, first_y = np.float32(0.5 - width / 2), np.float32(0.5 - height / 2)
    for y in range(height):
        py = np.float32(y) + first_y
        for x in range(width):
            if only_clear and clear[y, x] <= 0:
                continue
            px = np.float32(x) + first_x
            u = m00 * px + m01 * py + m02
            v = m10 * px + m11 * py + m12
            if not affine:
                w = _ONE / (m20 * px + m21 * py + m22)
                u *= w
                v *= w
            r, g, b, _ = _sample(texels, offset, tall, wide, padding, u, v)
            picture[y, x, 0] = r
            picture[y, x, 1] = g
            picture[y, x, 2] = b


@compiled
def _sample(texels, offset, tall, wide, padding, u, v):  # type: ignore[no-untyped-def]
    """Bilinear interpolation at texel numbers (u, v): red, green, blue, alpha."""
    left, above = np.floor(u), np.floor(v)
    a, b = u - left, v - above
    i, j = int(left), int(above)
    if i >= 0 and i < wide - 1 and j >= 0 and j < tall - 1:
        p = offset + j * wide + i
        return _mixed(texels, p, p + 1, p + wide, p + wide + 1, a, b)
    if padding == 0 and (i < -1 or j < -1 or i >= wide or j >= tall):
        return _mixed(texels, 0, 0, 0, 0, a, b)
    # Texel 0 is clear: it stands for what is beyond a border without padding.
    i0, i1 = _fold(i, wide, padding), _fold(i + 1, wide, padding)
    j0, j1 = _fold(j, tall, padding), _fold(j + 1, tall, padding)
    return _mixed(
        texels,
        offset + j0 * wide + i0 if i0 >= 0 and j0 >= 0 else 0,
        offset + j0 * wide + i1 if i1 >= 0 and j0 >= 0 else 0,
        offset + j1 * wide + i0 if i0 >= 0 and j1 >= 0 else 0,
        offset + j1 * wide + i1 if i1 >= 0 and j1 >= 0 else 0,
        a,
        b,
    )


@compiled
def _mixed(texels, p, q, r, s, a, b):  # type: ignore[no-untyped-def]
    wp, wq = (_ONE - a) * (_ONE - b), a * (_ONE - b)
    wr, ws = (_ONE - a) * b, a * b
    return (
        wp * texels[p, 0] + wq * texels[q, 0] + wr * texels[r, 0] + ws * texels[s, 0],
        wp * texels[p, 1] + wq * texels[q, 1] + wr * texels[r, 1] + ws * texels[s, 1],
        wp * texels[p, 2] + wq * texels[q, 2] + wr * texels[r, 2] + ws * texels[s, 2],
        wp * texels[p, 3] + wq * texels[q, 3] + wr * texels[r, 3] + ws * texels[s, 3],
    )


@compiled
def _fold(index: int, size: int, padding: int) -> int:
    """The texel that stands for one beyond the border; -1 is none."""
    if index >= 0 and index < size:
        return index
    if padding == 0:
        return -1
    if padding == 1:
        return min(max(index, 0), size - 1)
    index %= 2 * size
    return index if index < size else 2 * size - 1 - index


@compiled
def _velocity(m, x, y, width, height):  # type: ignore[no-untyped-def]
    """Pixels per step at pixel (x, y); see `compositing.step_velocities`."""
    px = np.float32(x) + np.float32(0.5 - width / 2)
    py = np.float32(y) + np.float32(0.5 - height / 2)
    nearer = m[2, 0] * px + m[2, 1] * py + m[2, 2]
    return (
        m[0, 0] * px + m[0, 1] * py + m[0, 2] - px * nearer,
        m[1, 0] * px + m[1, 1] * py + m[1, 2] - py * nearer,
    )


@compiled
def _add_velocity(velocity, weight, top, back, flow):  # type: ignore[no-untyped-def]
    """Add by how much layers in front move otherwise than the background."""
    height, width = top.shape
    for y in range(height):
        for x in range(width):
            layer = top[y, x]
            if layer != back:
                vx, vy = _velocity(velocity[layer], x, y, width, height)
                ux, uy = _velocity(velocity[back], x, y, width, height)
                flow[0, y, x] += weight * (vx - ux)
                flow[1, y, x] += weight * (vy - uy)


@compiled
def _add_background(velocity, flow):  # type: ignore[no-untyped-def]
    """Add the background's displacement, as if it were seen all the time."""
    height, width = flow.shape[1:]
    steps = len(velocity)
    total = np.zeros((3, 3), np.float32)
    for step in range(steps):
        total += velocity[step] * _weight(step, steps)
    for y in range(height):
        for x in range(width):
            vx, vy = _velocity(total, x, y, width, height)
            flow[0, y, x] += vx
            flow[1, y, x] += vy


@compiled
def _remember(top, levels, step, steps, seen, changed):  # type: ignore[no-untyped-def]
    """Note what is seen at the first, middle and last instant, and where that ever changes."""
    height, width = top.shape
    for y in range(height):
        for x in range(width):
            level = np.uint8(levels[top[y, x]])
            if step == 0:
                seen[0, y, x] = level
            elif level != seen[0, y, x]:
                changed[y, x] = 1
            if 2 * step == steps - 1:
                seen[1, y, x] = level
            if step == steps - 1:
                seen[2, y, x] = level
