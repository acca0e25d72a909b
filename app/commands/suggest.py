"""`unspool suggest`: plausible guidance for a photo, without drawing.

Finding it is `app.engine.suggest`.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.destinations import refuse_unwritable
from app.commands.options import (
    Device,
    DeviceOption,
    GuesserOption,
    JsonOption,
    OverwriteOption,
    Verbose,
)
from app.commands.output import drain, print_json, progress_bar, write_json
from app.errors import InputError, RunError

_LIST = "suggestions.json"


def suggest(
    photo: Annotated[Path, typer.Argument(metavar="PHOTO", help="A blurry photo.")],
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR", help="Folder for the guidance maps 0.png, 1.png, … and their ranking."
        ),
    ],
    samples: Annotated[
        int, typer.Option("--samples", min=1, max=64, metavar="K", help="At most so many.")
    ] = 5,
    seed: Annotated[int, typer.Option(help="Decides which codes are tried.")] = 0,
    weights: GuesserOption = None,
    film_weights: Annotated[
        str,
        typer.Option(metavar="NAME|PATH", help="The decomposer that tries the suggestions."),
    ] = "decomposer-fast",
    device: DeviceOption = Device.AUTO,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Suggest what may have moved and which way: guidance maps, the best first.

    A photo cannot tell forwards from backwards, so suggestions come with their reverse; a photo
    with one moving part has only two.
    """
    from app.engine.outlines import outlined
    from app.engine.predict import PredictSettings
    from app.engine.suggest import SuggestSettings
    from app.engine.suggest import suggest as suggestions_for
    from app.guidance.rasterise import rasterise
    from app.media.photos import read_photo
    from app.project.masks import write_guidance_png
    from app.weights_files import installed_guessers

    if out.exists() and not out.is_dir():
        raise InputError(f"Cannot write into {out}: it is a file, not a folder.")
    refuse_unwritable(out)
    old = [path for path in sorted(out.glob("*.png")) if path.stem.isdigit()]
    if (old or (out / _LIST).exists()) and not overwrite:
        raise InputError(f"{out} holds suggestions already; name another --out or use --overwrite.")
    pixels = read_photo(photo).pixels
    height, width = pixels.shape[:2]
    settings = SuggestSettings(
        count=samples,
        predict=PredictSettings(weights=weights, device=device.value, seed=seed),
        film_weights=film_weights,
    )
    with progress_bar() as show:
        found = drain(suggestions_for(pixels, settings), lambda p: show(p.stage, p.done, p.total))
    if not found:
        raise RunError(f"Nothing in {photo} looks motion-blurred; no guidance was written.")
    out.mkdir(parents=True, exist_ok=True)
    for path in old:
        path.unlink()
    rows: list[dict[str, Any]] = []
    for number, suggestion in enumerate(found):
        regions = outlined(suggestion.labels, suggestion.ways, width, height)
        guidance = rasterise(regions, width, height)
        write_guidance_png(out / f"{number}.png", guidance)
        psnr = suggestion.reblur_psnr
        rows.append(
            {
                "guidance": f"{number}.png",
                "score": round(suggestion.score, 4),
                "log_likelihood": round(suggestion.likelihood, 4),
                "reblur_psnr": round(psnr, 3) if math.isfinite(psnr) else None,
                "moving": round(float((guidance > 0).mean()), 4),
                "regions": [region.direction.label for region in regions],
            }
        )
    used = weights or " + ".join(installed_guessers())
    listed = {"photo": str(photo), "weights": used, "seed": seed, "suggestions": rows}
    write_json(out / _LIST, listed, overwrite=True)
    if as_json:
        print_json(listed)
        return
    for row in rows:
        typer.echo(
            f"{out / row['guidance']}: {', '.join(row['regions'])}, "
            f"{row['moving']:.0%} moves, score {row['score']:.2f}"
        )
