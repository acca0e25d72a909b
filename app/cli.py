"""The `unspool` program: its commands put together, and failures turned into one sentence.

The commands themselves are in `app.commands`. Importing this loads neither torch nor Qt.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.commands import bench, evaluate, labels, training, weights
from app.commands.animate import animate
from app.commands.desktop import ReadOnlyOption, open_app
from app.commands.failures import forget_verbose, tell_failure, unexpected_sentence
from app.commands.guide_from_video import guide_from_video
from app.commands.info import info
from app.commands.kiosk import kiosk
from app.commands.options import Verbose, command_group
from app.commands.reblur import reblur
from app.commands.suggest import suggest
from app.commands.synthesize import synthesize
from app.commands.trajectories import deblur, extract, trajectory
from app.errors import InputError, UnspoolError

INTERRUPTED = 130

_ClickError = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: without the program's name; by default the process's.

    Returns:
        0 done, 1 a run failed, 2 the call or an input is wrong, 130 interrupted.
    """
    forget_verbose()
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
        return _fail(unexpected_sentence(error), 1)
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
    logger.setLevel(logging.WARNING)


def _fail(sentence: str, status: int) -> int:
    tell_failure(sentence)
    return status


def _usage_sentence(error: Any) -> str:
    sentence = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "unspool"
    stop = "" if sentence.endswith((".", "?")) else "."
    return f"{sentence}{stop} Try '{where} --help'."


class _Commands(TyperGroup):
    """Commands by name; anything else that looks like a file is opened in the app."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None and _looks_like_a_file(args[0]):
            return super().resolve_command(ctx, ["open", *args])
        return super().resolve_command(ctx, args)


def _looks_like_a_file(text: str) -> bool:
    path = Path(text)
    return not text.startswith("-") and (bool(path.suffix) or len(path.parts) > 1 or path.exists())


def _show_version(value: bool) -> None:
    if value:
        from app import __version__

        typer.echo(f"unspool {__version__}")
        raise typer.Exit


def _root(
    context: typer.Context,
    verbose: Verbose = False,
    read_only: ReadOnlyOption = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        open_app(read_only=read_only)
    elif read_only and context.invoked_subcommand == "open":
        context.default_map = {"open": {"read_only": True}}
    elif read_only:
        raise InputError(
            f"--read-only is for the desktop app, not for {context.invoked_subcommand}."
        )


app = command_group(
    "Turns one motion-blurred photo into the short, sharp film that the shutter smeared together. "
    "Without a command, [PHOTO|CLIP|PROJECT|FOLDER] opens in the desktop app.",
    cls=_Commands,
)
app.callback(invoke_without_command=True)(_root)
app.command("open", hidden=True)(open_app)
app.command()(animate)
app.command()(suggest)
app.command()(trajectory)
app.command()(deblur)
app.command()(extract)
app.command("guide-from-video")(guide_from_video)
app.command()(reblur)
app.command()(synthesize)
app.command()(info)
app.command()(kiosk)
app.add_typer(labels.commands, name="labels")
app.add_typer(weights.commands, name="weights")
app.add_typer(training.train_commands, name="train")
app.add_typer(evaluate.commands, name="evaluate")
app.add_typer(bench.commands, name="bench")
