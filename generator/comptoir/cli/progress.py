"""Which step a long command is at: the names of steps in; a line of the terminal that goes away, or a line a step, out."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from time import perf_counter
from types import TracebackType
from typing import Final, TextIO

_CLEAR: Final = "\r\x1b[K"
_MEGABYTE: Final = 1_000_000


class Progress:
    """Tells on `stream` which step has begun; the one before it is then over. With `verbose`, how long each took.

    In a file, in a pipe and where CI is set, it says nothing unless `verbose`. It has no thread: workers are forked.
    """

    def __init__(self, stream: TextIO, *, verbose: bool, quiet: bool) -> None:
        self._stream = stream
        self._is_verbose = verbose
        in_person = stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
        self._is_fleeting = in_person and not verbose and not quiet
        self._step = ""
        self._since = 0.0

    def begin(self, step: str) -> None:
        """Says that `step` has begun."""
        self._end()
        self._step, self._since = step, perf_counter()
        if self._is_fleeting:
            self._write(f"{_CLEAR}{step}…")

    def _end(self) -> None:
        if self._step and self._is_fleeting:
            self._write(_CLEAR)
        if self._step and self._is_verbose:
            seconds = perf_counter() - self._since
            self._write(f"{self._step}: {seconds:.1f} s, {peak_memory() // _MEGABYTE} MB\n")
        self._step = ""

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()


def peak_memory() -> int:
    """The most memory, in bytes, that this process has had until now; 0 where the system does not say."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return 0
    most = getrusage(RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def add_progress(parser: ArgumentParser) -> None:
    """The options of a command that takes long."""
    say = parser.add_mutually_exclusive_group()
    say.add_argument(
        "--verbose", action="store_true", help="say the seconds of each step and the most memory until then"
    )
    say.add_argument("--quiet", action="store_true", help="say nothing but problems")


def progress_of(arguments: Namespace) -> Progress:
    """On standard error: what a command gives can be piped."""
    return Progress(sys.stderr, verbose=arguments.verbose, quiet=arguments.quiet)
