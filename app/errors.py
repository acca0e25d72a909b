"""The errors a person may meet: one clear sentence each, with the exit status it leads to."""

from __future__ import annotations


class UnspoolError(Exception):
    """A failure explained in one sentence that names the file and the cause.

    `exit_status` is what the command line returns for it: 1 a run failed, 2 the call or an input is
    wrong.
    """

    exit_status = 1


class InputError(UnspoolError):
    """The call or an input is wrong: the person can mend it."""

    exit_status = 2


class RunError(UnspoolError):
    """A run failed although its inputs were fine: full disk, out of memory, a cancelled device."""

    exit_status = 1
