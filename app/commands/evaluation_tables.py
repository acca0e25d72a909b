"""What an evaluation looks like as a table: the network beside the photo repeated and the truth.

Measuring is `app.training.evaluation`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from app.commands.output import print_table

if TYPE_CHECKING:
    from app.training.evaluation import Evaluation
    from app.training.protocols import Comparison

Row = tuple[str, ...]


def print_evaluation(title: str, result: Evaluation) -> None:
    """One evaluation: a row per measure, and beside the network what it is to be held against."""
    r = result
    rows: list[tuple[str, float, float | None, float | None, float | None]] = [
        ("PSNR, freed pixels, dB", r.psnr, r.psnr_best_order, r.psnr_photo, None),
        ("PSNR, moving pixels, dB", r.psnr_moving, r.psnr_moving_best_order,
         r.psnr_moving_photo, None),
        ("PSNR, whole frames, dB", r.psnr_whole, r.psnr_whole_best_order,
         r.psnr_whole_photo, None),
        ("SSIM", r.ssim, r.ssim_best_order, r.ssim_photo, 1.0),
        ("LPIPS", r.lpips, r.lpips_best_order, r.lpips_photo, 0.0),
        ("PSNR of the reblurred film, dB", r.reblur, None, None, r.reblur_truth),
        ("sharpness, of the truth's", r.sharpness, None, r.sharpness_photo, 1.0),
        ("obedience, of moving pixels", r.obedience, None, None, r.obedience_truth),
        ("flow error first to last, px", r.endpoint_error, None, r.endpoint_error_photo,
         r.endpoint_error_truth),
        ("scenes in the right order", r.order, None, None, 1.0),
        ("PSNR with inverse guidance, reversed, dB", r.psnr_inverted, None, None, None),
        ("PSNR between both guidances, dB", r.reversal, None, None, None),
    ]  # fmt: skip
    each = zip(r.psnr_frames, r.psnr_frames_photo, strict=True)
    rows += [
        (f"PSNR, frame {index}, dB", ours, None, photo, None)
        for index, (ours, photo) in enumerate(each)
    ]
    if math.isnan(r.lpips):  # unlike the others it is only measured when asked for
        rows = [row for row in rows if row[0] != "LPIPS"]
    table = [(name, *map(_cell, cells)) for name, *cells in rows]
    columns = ("measure", "network", "best order", "photo repeated", "true frames")
    print_table(f"{title}, {r.scenes} scenes", columns, table)


def print_robustness(title: str, results: dict[str, Evaluation]) -> None:
    """Evaluations by whose guidance it was: a row each, and the photo repeated."""
    columns = ("guidance", "PSNR moving, dB", "PSNR whole, dB", "SSIM", "order", "obedience")
    rows: list[Row] = [
        (
            name,
            *map(_cell, (r.psnr_moving, r.psnr_whole, r.ssim, r.order, r.obedience)),
        )
        for name, r in results.items()
    ]
    any_of = next(iter(results.values()))
    photo = (any_of.psnr_moving_photo, any_of.psnr_whole_photo, any_of.ssim_photo, None, None)
    rows.append(("photo repeated", *map(_cell, photo)))
    print_table(f"{title}, {any_of.scenes} scenes", columns, rows)


def print_comparison(title: str, result: Comparison) -> None:
    """A row for every source of guidance, the photo repeated last."""
    measures = {
        "psnr_moving": "PSNR moving, dB",
        "psnr_moving_best_order": "best order",
        "psnr_whole": "PSNR whole, dB",
        "psnr_whole_best_order": "best order",
        "ssim": "SSIM",
        "lpips": "LPIPS",
    }
    if all(math.isnan(row["lpips"]) for row in result.rows.values()):
        del measures["lpips"]
    rows = [
        (name, *(_cell(row[measure]) for measure in measures), _cell(result.agreement.get(name)))
        for name, row in result.rows.items()
    ]
    columns = ("guidance", *measures.values(), "right, of moving pixels")
    print_table(f"{title}, {result.scenes} scenes", columns, rows)


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    return "not available" if math.isnan(value) else f"{value:.3f}"
