"""The console: its language, its encoding, and what it says when something is wrong."""

from __future__ import annotations

import errno
import gettext
import os
import sys
import warnings
from collections.abc import Sequence
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click

from sim import texts
from sim.errors import UnusableInput, YanlianError
from sim.texts import LANGUAGES, t, use_language

UNUSABLE, INTERRUPTED = 2, 130
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def console_language() -> str:
    """Return `zh` where the user's locale is Chinese, else `en`.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides; without any of them the
    language of the system's user interface (Windows).
    """
    for name in VARIABLES:
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        primary = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        return "zh" if primary == 0x04 else "en"
    return "en"


def asked_language(words: Sequence[str]) -> str:
    """Return the language that a command line asks for, empty without one.

    Needed before click reads the line: its complaints and help speak that language too.
    """
    found = ""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        name, _, value = word.partition("=")
        given = value or following
        if name == "--lang" and given in LANGUAGES:
            found = given
    return found


def prepare(words: Sequence[str] = ()) -> None:
    """Choose the console's language; make sure that no sign that it lacks stops the program."""
    lang = asked_language(words) or console_language()
    use_language(lang)
    _words_of_click(lang)
    _plain = warnings.showwarning

    def show(message: Any, category: Any, *more: Any) -> None:
        """Say what our own code warns of as a note; leave others' warnings as they are."""
        if category.__module__.startswith("sim."):
            click.echo(t("note: {words}", words=message), err=True)
        else:
            _plain(message, category, *more)

    warnings.showwarning = show  # type: ignore[assignment]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _words_of_click(lang: str) -> None:
    """Let click's own words (Usage, Error, …) come from our catalogue in a Chinese console."""
    if lang == "zh":
        os.environ["LANGUAGE"] = "zh"  # goes before the locale, which may be another
        gettext.bindtextdomain("cli", str(Path(texts.__file__).parent))
        gettext.textdomain("cli")
    else:
        gettext.textdomain("messages")


def whole_utf8() -> None:
    """Write UTF-8 to standard output from here on: for JSON and CSV, which must be exact."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")


class Console(click.Group):
    """A group whose commands end with a clear text and status instead of a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Prepare the console, then run as click does."""
        given = kwargs.get("args", args[0] if args else None)
        prepare(sys.argv[1:] if given is None else list(given))
        _translate(self)
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command: status 2 for unusable input, 130 after Ctrl-C."""
        try:
            return super().invoke(ctx)
        except UnusableInput as error:
            complain(error)
        except YanlianError as error:
            click.echo(str(error), err=True)
        except KeyboardInterrupt:
            click.echo(t("Interrupted; nothing was written."), err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"{where}{error.strerror or error}", err=True)
        return ctx.exit(UNUSABLE)


def _translate(command: click.Command) -> None:
    """Put a command's help into the console's language; the English stays in the code."""
    english: dict[int, str] = command.__dict__.setdefault("english", {})
    worded: list[Any] = [command, *command.params]
    for thing in worded:
        text = english.setdefault(id(thing), cleandoc(getattr(thing, "help", None) or ""))
        if text:
            thing.help = t(text)
    if command.epilog:
        command.epilog = t(english.setdefault(0, command.epilog))
    for inner in getattr(command, "commands", {}).values():
        _translate(inner)


def complain(error: UnusableInput) -> None:
    """List every problem of an input, one a line."""
    for problem in error.problems:
        click.echo(str(problem), err=True)
    number = len(error.problems)
    click.echo(t("unusable input, problems found: {n}; nothing was written", n=number), err=True)


def refuse(text: str) -> None:
    """Stop with status 2 and a text; nothing has been written."""
    raise click.exceptions.UsageError(text)
