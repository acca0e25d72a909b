"""The command line: reads arguments, calls the engine, shows progress and explains failures.

Importing it loads neither torch nor Qt; every command imports what it needs when it runs.
"""

from __future__ import annotations

import json
import logging
import math
import os
import sys
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

from app.errors import InputError, RunError, UnspoolError

if TYPE_CHECKING:
    from app.engine.animate import AnimateSettings
    from app.engine.batch import Work

T = TypeVar("T")

# What is being done, steps done, steps in all.
Show = Callable[[str, int, int], None]

INTERRUPTED = 130

_ClickError = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


class Device(str, Enum):
    """Choices of --device."""

    AUTO = "auto"
    CUDA = "cuda"
    MPS = "mps"
    CPU = "cpu"


class Loop(str, Enum):
    """Choices of --loop."""

    ONCE = "once"
    LOOP = "loop"
    PINGPONG = "pingpong"


class FilmFormat(str, Enum):
    """Choices of --format; png is a folder of frames."""

    MP4 = "mp4"
    WEBM = "webm"
    GIF = "gif"
    WEBP = "webp"
    APNG = "apng"
    PNG = "png"


class Quadrant(str, Enum):
    """Choices of --direction: up-right, up-left, down-left, down-right."""

    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"


class ImportFormat(str, Enum):
    """Whose checkpoints `weights import` reads."""

    AFB = "afb"


class _Commands(TyperGroup):
    """Commands by name; anything else that looks like a file is opened in the app."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None and _looks_like_a_file(args[0]):
            return super().resolve_command(ctx, ["open", *args])
        return super().resolve_command(ctx, args)


def _looks_like_a_file(text: str) -> bool:
    path = Path(text)
    return not text.startswith("-") and (bool(path.suffix) or len(path.parts) > 1 or path.exists())


def _group(help_text: str, **options: Any) -> typer.Typer:
    return typer.Typer(
        help=help_text,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **options,
    )


app = _group(
    "Turns one motion-blurred photo into the short, sharp film that the shutter smeared together. "
    "Without a command, [PHOTO|PROJECT] opens in the desktop app.",
    cls=_Commands,
)
weights_app = _group("The networks' weights: list, show, import.", no_args_is_help=True)
train_app = _group("Fit networks.", no_args_is_help=True)
evaluate_app = _group("Measure networks against known truth.", no_args_is_help=True)
bench_app = _group("Measure speed on this machine.", no_args_is_help=True)
app.add_typer(weights_app, name="weights")
app.add_typer(train_app, name="train")
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(bench_app, name="bench")


@dataclass
class _Session:
    """What one call of `main` must remember for its error messages."""

    verbose: bool = False


_session = _Session()


def _set_verbose(value: bool) -> bool:
    if value:
        _session.verbose = True
        logging.getLogger("app").setLevel(logging.DEBUG)
    return value


def _show_version(value: bool) -> None:
    if value:
        from app import __version__

        typer.echo(f"unspool {__version__}")
        raise typer.Exit


Verbose = Annotated[
    bool,
    typer.Option("--verbose", "-v", callback=_set_verbose, help="Show details and tracebacks."),
]
DeviceOption = Annotated[Device, typer.Option("--device", help="What computes.")]
WeightsOption = Annotated[
    str,
    typer.Option("--weights", metavar="NAME|PATH", help="A name from `weights list` or a file."),
]
MaxEdgeOption = Annotated[
    int | None,
    typer.Option("--max-edge", min=1, metavar="PX", help="Shrink to this longer edge first."),
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace what exists.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
ThreadsOption = Annotated[
    int, typer.Option("--threads", min=0, help="CPU threads; 0 leaves the choice to torch.")
]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: without the program's name; by default the process's.

    Returns:
        0 done, 1 a run failed, 2 the call or an input is wrong, 130 interrupted.
    """
    _session.verbose = False
    _set_up_streams()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = app(args=arguments, prog_name="unspool", standalone_mode=False)
        sys.stdout.flush()
    except UnspoolError as error:
        return _fail(str(error), error.exit_status)
    except (KeyboardInterrupt, typer.Abort):
        return _fail("Stopped.", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away: what is left to say has no listener.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if isinstance(error, _ClickError):
            return _fail(_usage_sentence(error), 2)
        return _fail(_unexpected(error), 1)
    if status == INTERRUPTED:  # newer typer versions turn the interrupt into this status
        return _fail("Stopped.", INTERRUPTED)
    return status if isinstance(status, int) else 0


def _set_up_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal with a small character set must not turn "×" into a crash.
            stream.reconfigure(errors="replace")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("unspool: %(message)s"))
    logger = logging.getLogger("app")
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.WARNING)


def _fail(sentence: str, status: int) -> int:
    if _session.verbose and sys.exc_info()[0] is not None:
        traceback.print_exc()
    print(f"unspool: {sentence}", file=sys.stderr)
    return status


def _unexpected(error: Exception) -> str:
    hint = "" if _session.verbose else "; run again with -v for details"
    detail = str(error).strip().splitlines()
    reason = f"{type(error).__name__}: {detail[0]}" if detail else type(error).__name__
    return f"Something unexpected went wrong ({reason}){hint}."


def _usage_sentence(error: Any) -> str:
    sentence = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "unspool"
    stop = "" if sentence.endswith((".", "?")) else "."
    return f"{sentence}{stop} Try '{where} --help'."


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    verbose: Verbose = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        _open_app(None)


@app.command("open", hidden=True)
def open_app(
    path: Annotated[Path | None, typer.Argument(metavar="[PHOTO|PROJECT]")] = None,
    verbose: Verbose = False,
) -> None:
    """Open the desktop app, with a photo or a project."""
    _open_app(path)


def _open_app(path: Path | None) -> None:
    if path is not None and not path.exists():
        raise InputError(f"Cannot open {path}: no such file or folder.")
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in displays):
        # Qt would abort the process here.
        raise RunError(
            "There is no display to open the app on; `unspool animate --help` works without one."
        )
    from app.gui.application import main as run_window

    status = run_window(None if path is None else str(path))
    if status:
        raise typer.Exit(status)


@app.command()
def animate(
    photos: Annotated[
        list[Path] | None, typer.Argument(metavar="PHOTO...", help="Photos, or folders of them.")
    ] = None,
    guidance: Annotated[
        Path | None,
        typer.Option(
            help="What moves where: guidance PNG, .npy, labelme JSON or project; for several "
            "photos a folder whose files match by stem."
        ),
    ] = None,
    direction: Annotated[
        Quadrant | None,
        typer.Option(
            help="The whole photo moves: q1 up-right, q2 up-left, q3 down-left, q4 down-right."
        ),
    ] = None,
    sample: Annotated[
        str | None, typer.Option(metavar="NAME", help="A packaged sample instead of PHOTO.")
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Film (.mp4 .webm .gif .webp .apng) or folder of frames; for several photos the "
            "folder of all films. Default: <photo>.mp4 here.",
        ),
    ] = None,
    film_format: Annotated[
        FilmFormat | None,
        typer.Option("--format", help="Film format where --out is a folder. Default: mp4."),
    ] = None,
    frames: Annotated[int, typer.Option(min=1, max=1000, help="Frames over the exposure.")] = 7,
    fps: Annotated[float, typer.Option(min=0.1, max=240.0, help="Playback speed.")] = 12.0,
    loop: Annotated[Loop, typer.Option(help="How the film repeats.")] = Loop.LOOP,
    tile: Annotated[
        int | None,
        typer.Option(min=16, metavar="PX", help="Process in tiles of this size. Default: chosen."),
    ] = None,
    weights: WeightsOption = "decomposer-default",
    device: DeviceOption = Device.AUTO,
    max_edge: MaxEdgeOption = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Turn blurry photos and their motion guidance into films."""
    from app.engine.batch import already_there, plan_films

    named = list(photos or [])
    if sample is not None:
        if named or guidance is not None or direction is not None:
            raise InputError("--sample stands instead of PHOTO, --guidance and --direction.")
        named, guidance = _sample_files(sample)
    if not named:
        raise InputError("No photo is named: unspool animate PHOTO --guidance FILE.")
    if (guidance is None) == (direction is None):
        raise InputError("Say what moved with either --guidance FILE or --direction q1|q2|q3|q4.")
    if guidance is not None and not guidance.exists():
        raise InputError(f"Cannot read the guidance {guidance}: no such file or folder.")
    works = plan_films(named, guidance, out, film_format.value if film_format else None)
    several = len(named) > 1 or any(path.is_dir() for path in named)

    left = [work for work in works if overwrite or not already_there(work.out)]
    if not several and not left:
        raise InputError(f"{works[0].out} exists already; name another --out or use --overwrite.")
    for work in works:
        if work not in left:
            _note(f"skipped {work.photo}: {work.out} exists already (--overwrite replaces it).")
    for folder in {work.out.parent for work in left}:
        _refuse_unwritable(folder)

    from app.engine.animate import AnimateSettings
    from app.engine.weights import find_weights

    settings = AnimateSettings(frames, weights, device.value, max_edge, tile)
    find_weights(weights)
    films: list[dict[str, Any]] = []
    failures: list[tuple[Work, UnspoolError]] = []
    with _progress() as show:
        for number, work in enumerate(left, start=1):
            title = f"{number}/{len(left)} {work.photo.name}: " if several else ""
            step = _titled(show, title)
            try:
                film = _animate_one(work, direction, settings, fps, loop, overwrite, step)
            except Exception as error:
                if not several:
                    raise
                known = error if isinstance(error, UnspoolError) else RunError(_unexpected(error))
                failures.append((work, known))
                _fail(str(known) if str(work.photo) in str(known) else f"{work.photo}: {known}", 0)
                continue
            films.append(film)
            if not as_json:
                typer.echo(_film_sentence(film))
    if as_json:
        skipped = [{"photo": str(w.photo), "out": str(w.out)} for w in works if w not in left]
        failed = [{"photo": str(w.photo), "problem": str(e)} for w, e in failures]
        _print_json({"films": films, "skipped": skipped, "failed": failed})
    if failures:
        # A photo that is wrong can be mended (2); a run that failed weighs more (1).
        raise typer.Exit(min(error.exit_status for _, error in failures))


def _titled(show: Show, title: str) -> Show:
    return lambda text, done, total: show(title + text, done, total)


def _sample_files(name: str) -> tuple[list[Path], Path]:
    from app.assets import sample_path

    photo = sample_path(name)
    return [photo], photo.with_name(f"{photo.stem}.unspool.json")


def _animate_one(
    work: Work,
    direction: Quadrant | None,
    settings: AnimateSettings,
    fps: float,
    loop: Loop,
    overwrite: bool,
    show: Show,
) -> dict[str, Any]:
    """Read, animate and write one photo; what is reported about it."""
    import numpy as np

    from app.engine.animate import animate as animation_of
    from app.engine.animate import finish
    from app.guidance.classes import parse_label
    from app.media.films import write_animation
    from app.media.photos import read_photo
    from app.project.source import load_guidance

    if work.problem:
        raise InputError(work.problem)
    show("reading", 0, 1)
    pixels = read_photo(work.photo).pixels
    height, width = pixels.shape[:2]
    if work.guidance is not None:
        guidance = load_guidance(work.guidance, width, height)
    else:
        assert direction is not None
        guidance = np.full((height, width), int(parse_label(direction.value)), np.uint8)
    if not guidance.any():
        source = work.guidance or work.photo
        _note(f"warning: the guidance {source} is static everywhere, so the film stands still.")
    animation = finish(
        animation_of(pixels, guidance, settings), lambda p: show(p.stage, p.done, p.total)
    )
    write_animation(
        # The slash says that a name with a dot in it is a folder, too.
        f"{work.out}/" if work.as_frames else work.out,
        animation.frames,
        fps=fps,
        loop=loop.value,
        overwrite=overwrite,
        on_frame=lambda done, total: show("writing", done, total),
    )
    count, film_height, film_width = animation.frames.shape[:3]
    psnr = animation.reblur_psnr
    return {
        "photo": str(work.photo),
        "guidance": str(work.guidance) if work.guidance else None,
        "out": str(work.out),
        "frames": count,
        "width": film_width,
        "height": film_height,
        "moving": float((animation.guidance > 0).mean()),
        "weights": animation.weights,
        "device": animation.device,
        "seconds": round(animation.seconds, 3),
        "reblur_psnr": round(psnr, 3) if math.isfinite(psnr) else None,
    }


def _film_sentence(film: dict[str, Any]) -> str:
    text = (
        f"{film['out']}: {film['frames']} frames, {film['width']}×{film['height']}, "
        f"{film['seconds']:.1f} s on {film['device']}"
    )
    psnr = film["reblur_psnr"]
    return text if psnr is None else f"{text}, reblur {psnr:.1f} dB"


@app.command()
def reblur(
    film: Annotated[Path, typer.Argument(metavar="PATH", help="A film or a folder of frames.")],
    out: Annotated[Path, typer.Option(metavar="PHOTO", help="The photo to write.")],
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """Average a film in linear light: the photo that it would expose."""
    from app.engine.reblur import reblur as mean_of
    from app.media.films import read_animation
    from app.media.photos import PHOTO_SUFFIXES, write_photo

    if out.suffix.lower() not in PHOTO_SUFFIXES:
        raise InputError(f"Cannot write {out}: use one of {', '.join(PHOTO_SUFFIXES)}.")
    _refuse_existing(out, overwrite)
    frames, _ = read_animation(film)
    write_photo(out, mean_of(frames), overwrite=overwrite)
    typer.echo(f"{out}: the mean of {len(frames)} frames in linear light")


@app.command()
def info(as_json: JsonOption = False, verbose: Verbose = False) -> None:
    """Versions, devices and weights."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    import torch

    from app import __version__
    from app.engine.device import choose_device, device_report, inference_dtype
    from app.engine.weights import list_weights, weights_folders

    versions = {"unspool": __version__, "python": platform.python_version()}
    for name in ("torch", "numpy", "opencv-python-headless", "pillow", "PySide6-Essentials"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    reports = [device_report(name) for name in ("cuda", "mps", "cpu")]
    chosen = choose_device()
    if chosen.notice:
        _note(chosen.notice)
    dtype = str(inference_dtype(chosen.device)).removeprefix("torch.")
    weights = [_weights_row(item) for item in list_weights()]
    if as_json:
        _print_json(
            {
                "versions": versions,
                "devices": [vars(report) for report in reports],
                "device": chosen.device.type,
                "dtype": dtype,
                "threads": torch.get_num_threads(),
                "weights": weights,
                "weights_folders": [str(folder) for folder in weights_folders()],
            }
        )
        return
    _print_table("Versions", ("package", "version"), versions.items())
    _print_table(
        "Devices",
        ("device", "usable", "what"),
        [(r.name, "yes" if r.usable else "no", r.description) for r in reports],
    )
    typer.echo(f"Unspool computes on {chosen.device.type} in {dtype}.\n")
    _print_weights(weights)


@weights_app.command("list")
def weights_list(as_json: JsonOption = False, verbose: Verbose = False) -> None:
    """The weights that can be named."""
    from app.engine.weights import list_weights

    rows = [_weights_row(item) for item in list_weights()]
    if as_json:
        _print_json(rows)
    else:
        _print_weights(rows)


@weights_app.command("show")
def weights_show(
    weights: Annotated[str, typer.Argument(metavar="NAME|PATH")],
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """What a weights file says about itself."""
    from app.checkpoints import read_header
    from app.engine.weights import find_weights

    header = read_header(find_weights(weights))
    if as_json:
        _print_json(
            {
                "path": str(header.path),
                "architecture": header.architecture,
                "parameters": header.parameters,
                "config": header.config,
                "metadata": header.metadata,
            }
        )
        return
    rows: list[tuple[str, object]] = [
        ("file", header.path),
        ("architecture", header.architecture),
        ("parameters", f"{header.parameters:,}"),
    ]
    rows += [(f"config: {key}", value) for key, value in header.config.items()]
    rows += list(header.metadata.items())
    _print_table("", ("", ""), rows)


@weights_app.command("import")
def weights_import(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of the checkpoints.")],
    out: Annotated[Path, typer.Option(metavar="NAME.safetensors", help="The file to write.")],
    source: Annotated[ImportFormat, typer.Option("--format", help="Whose checkpoints.")],
    half: Annotated[bool, typer.Option("--half", help="Store float16: half the size.")] = False,
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """Convert the authors' checkpoints; `--weights NAME.safetensors` then uses them."""
    from app.checkpoints import save_checkpoint
    from app.engine.importing import import_afb

    if out.suffix != ".safetensors":
        raise InputError(f"Cannot write {out}: the suffix must be .safetensors.")
    _refuse_existing(out, overwrite)
    network = import_afb(path)
    metadata = {"source": f"imported from {source.value} checkpoints in {path.resolve().name}"}
    save_checkpoint(out, network, metadata=metadata, half=half, overwrite=overwrite)
    count = sum(parameter.numel() for parameter in network.parameters())
    config = network.config
    typer.echo(
        f"{out}: decomposer with widths {'/'.join(map(str, config.widths))}, "
        f"{config.middle_blocks} blocks, {config.frames} frames, {count:,} parameters"
    )


@train_app.command("decomposer")
def train_decomposer(
    simulate: Annotated[
        Path, typer.Option(metavar="IMAGES", help="Folder of sharp photos to simulate blur from.")
    ],
    out: Annotated[Path, typer.Option(metavar="RUN", help="Folder of the run.")],
    masks: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Object masks; by default found beside the photos."),
    ] = None,
    preset: Annotated[str, typer.Option(help="default, fast or paper.")] = "default",
    steps: Annotated[int, typer.Option(min=1)] = 20_000,
    batch: Annotated[int, typer.Option(min=1, help="Samples per step.")] = 8,
    size: Annotated[int, typer.Option(min=32, help="Edge of a sample in pixels.")] = 128,
    seed: Annotated[int, typer.Option(help="Decides everything random.")] = 0,
    learning_rate: Annotated[float, typer.Option(help="AdamW's highest rate.")] = 4e-4,
    init: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="Weights to start from.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Continue the run in --out.")] = False,
    validate_every: Annotated[int, typer.Option(min=1, help="Steps between measurements.")] = 500,
    save_every: Annotated[int, typer.Option(min=1, help="Steps between saved states.")] = 250,
    device: DeviceOption = Device.AUTO,
    threads: ThreadsOption = 0,
    verbose: Verbose = False,
) -> None:
    """Fit a decomposer to simulated exposures. Ctrl-C saves; --resume continues."""
    from app.engine.device import resolve_device
    from app.engine.weights import find_weights
    from app.training.fit import FitProgress, TrainSettings
    from app.training.fit import train_decomposer as fit
    from models.decomposer import PRESETS

    if preset not in PRESETS:
        raise InputError(f"There is no preset '{preset}' (known: {', '.join(PRESETS)}).")
    if not simulate.is_dir():
        raise InputError(f"Cannot read {simulate}: no such folder.")
    settings = TrainSettings(
        simulate=simulate,
        out=out,
        masks=masks,
        preset=preset,
        steps=steps,
        batch=batch,
        size=size,
        seed=seed,
        learning_rate=learning_rate,
        init=find_weights(init) if init else None,
        resume=resume,
        device=resolve_device(device.value).type,
        validate_every=validate_every,
        save_every=save_every,
        threads=threads,
    )

    def report(progress: FitProgress) -> None:
        show(
            f"loss {progress.loss:.4f}, {progress.samples_per_second:.1f} samples/s",
            progress.step,
            progress.steps,
        )
        if progress.metrics:
            measured = ", ".join(f"{name} {value:.3f}" for name, value in progress.metrics.items())
            typer.echo(f"step {progress.step}: loss {progress.loss:.4f}, {measured}")

    with _progress() as show:
        try:
            path = _drain(fit(settings), report)
        except KeyboardInterrupt:
            _note(f"The run is saved in {out}; the same call with --resume continues it.")
            raise
    typer.echo(f"{path}: fitted for {steps} steps")


@evaluate_app.command("decomposer")
def evaluate_decomposer(
    simulate: Annotated[
        Path, typer.Option(metavar="IMAGES", help="Folder of sharp photos to simulate blur from.")
    ],
    masks: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Object masks; by default found beside the photos."),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Use every photo, not only the tenth that fitting never sees."),
    ] = False,
    count: Annotated[int, typer.Option(min=1, help="Scenes.")] = 96,
    size: Annotated[int, typer.Option(min=32, help="Edge of a scene in pixels.")] = 192,
    seed: Annotated[int, typer.Option(help="Decides the scenes.")] = 7,
    weights: WeightsOption = "decomposer-default",
    device: DeviceOption = Device.AUTO,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the numbers here too.")
    ] = None,
    overwrite: OverwriteOption = False,
    verbose: Verbose = False,
) -> None:
    """Measure a decomposer on simulated scenes, beside the photo repeated and the true frames."""
    from app.engine.device import resolve_device
    from app.engine.weights import load_decomposer
    from app.training.evaluation import EvaluateSettings
    from app.training.evaluation import evaluate_decomposer as evaluate

    if json_file is not None:
        _refuse_existing(json_file, overwrite)
    chosen = resolve_device(device.value)
    network = load_decomposer(weights, chosen)
    part = "all" if everything else "held-out"
    settings = EvaluateSettings(simulate, masks, part, count, size, seed)
    with _progress() as show:
        result = _drain(
            evaluate(network, settings, chosen), lambda step: show("evaluating", step[0], step[1])
        )
    numbers = {"weights": weights, **result.to_dict()}
    _print_table(
        f"{weights} on {simulate}",
        ("measure", "value"),
        [
            (name, value if isinstance(value, str) else f"{value:.3f}")
            for name, value in numbers.items()
        ],
    )
    if json_file is not None:
        _write_json(json_file, numbers, overwrite)


@bench_app.command("decompose")
def bench_decompose(
    presets: Annotated[
        list[str] | None, typer.Option("--preset", help="May be given several times.")
    ] = None,
    baseline: Annotated[str, typer.Option(help="The preset to compare with.")] = "paper",
    size: Annotated[int, typer.Option(min=16, help="Edge of the photo in pixels.")] = 256,
    repeats: Annotated[int, typer.Option(min=1, help="Timed passes per preset.")] = 3,
    device: DeviceOption = Device.AUTO,
    threads: ThreadsOption = 0,
    as_json: JsonOption = False,
    verbose: Verbose = False,
) -> None:
    """Seconds per megapixel of the decomposer presets, against a baseline in the same run."""
    import torch

    from app.engine.bench import BenchSettings
    from app.engine.bench import bench_decompose as measure
    from app.engine.device import resolve_device

    if threads:
        torch.set_num_threads(threads)
    settings = BenchSettings(
        presets=tuple(presets or BenchSettings.presets),
        baseline=baseline,
        size=size,
        repeats=repeats,
    )
    with _progress() as show:
        rows = _drain(
            measure(settings, resolve_device(device.value)),
            lambda step: show("measuring", step[0], step[1]),
        )
    if as_json:
        _print_json([row.to_dict() for row in rows])
        return
    first = rows[0]
    _print_table(
        f"Decomposition, both stages, {first.device} {first.dtype}, {first.threads} threads",
        ("preset", "s / megapixel", f"× {baseline}", "parameters", "MFLOP / pixel"),
        [
            (
                row.preset,
                f"{row.seconds_per_megapixel:.3f}",
                f"{row.times_faster_than_baseline:.1f} faster",
                f"{row.parameters / 1e6:.2f} M",
                f"{row.megaflop_per_pixel:.3f}",
            )
            for row in rows
        ],
    )


def _drain(generator: Generator[T, None, Any], on_step: Callable[[T], None]) -> Any:
    """Run a generator of progress to its end and return its result; always closed."""
    try:
        while True:
            on_step(next(generator))
    except StopIteration as end:
        return end.value
    finally:
        generator.close()


@contextmanager
def _progress() -> Iterator[Show]:
    """A progress bar on stderr, shown on a terminal only; yields `show(text, done, total)`."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar:
        task = bar.add_task("", total=None)

        def show(text: str, done: int, total: int) -> None:
            bar.update(task, description=text, completed=done, total=total)

        yield show


def _note(sentence: str) -> None:
    print(f"unspool: {sentence}", file=sys.stderr)


def _refuse_existing(path: Path, overwrite: bool) -> None:
    """Before the work, not after it."""
    if path.exists() and not overwrite:
        raise InputError(f"{path} exists already; name another --out or use --overwrite.")
    _refuse_unwritable(path.parent)


def _refuse_unwritable(folder: Path) -> None:
    standing = folder.absolute()
    while not standing.exists() and standing != standing.parent:
        standing = standing.parent
    if not standing.is_dir():
        raise InputError(f"Cannot write into {folder}: {standing} is a file, not a folder.")
    if not os.access(standing, os.W_OK):
        raise InputError(f"Cannot write into {folder}: the folder {standing} is read-only.")


def _weights_row(item: Any) -> dict[str, Any]:
    return {
        "name": item.name,
        "architecture": item.architecture,
        "parameters": item.parameters,
        "bytes": item.size,
        "path": str(item.path),
        "problem": item.problem or None,
    }


def _print_weights(rows: list[dict[str, Any]]) -> None:
    if not rows:
        typer.echo("No weights are installed.")
        return
    _print_table(
        "Weights",
        ("name", "architecture", "parameters", "size", "file"),
        [
            (
                row["name"],
                row["architecture"] or "unusable",
                f"{row['parameters'] / 1e6:.2f} M",
                f"{row['bytes'] / 1e6:.1f} MB",
                row["path"],
            )
            for row in rows
        ],
    )
    for row in rows:
        if row["problem"]:
            _note(row["problem"])


def _print_table(title: str, columns: Sequence[str], rows: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    # Piped text must not be cut at 80 columns: it is read by programs.
    if not console.is_terminal:
        console = Console(width=10_000)
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    table.show_header = any(columns)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*[Text(str(cell)) for cell in row])
    console.print(table)
    console.print()


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def _write_json(path: Path, value: object, overwrite: bool) -> None:
    from app.atomic import atomic_file

    with atomic_file(path, overwrite=overwrite) as temporary:
        temporary.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
