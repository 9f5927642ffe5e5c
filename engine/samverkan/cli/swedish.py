"""argparse in Swedish: its headings, messages and errors; commands and options stay as they are."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import NoReturn

_TEXTS: Mapping[str, str] = {
    "usage: ": "användning: ",
    "options": "val",
    "optional arguments": "val",
    "positional arguments": "argument",
    "show this help message and exit": "visar den här hjälpen",
    "show program's version number and exit": "visar programmets version",
    "the following arguments are required: %s": "det här saknas: %s",
    "unrecognized arguments: %s": "okända argument: %s",
    "expected one argument": "ett värde saknas",
    "expected at least one argument": "minst ett värde saknas",
    "expected at most one argument": "högst ett värde får anges",
    "not allowed with argument %s": "kan inte anges tillsammans med %s",
    "ignored explicit argument %r": "kan inte ha värdet %r",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r går inte att välja. Välj bland %(choices)s.",
    "invalid %(type)s value: %(value)r": "%(value)r går inte att läsa",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan betyda %(matches)s; skriv ut hela namnet",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "okänt kommando %(parser_name)r. Välj bland %(choices)s.",
    "one of the arguments %s is required": "något av %s måste anges",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fel: %(message)s\n",
}


_LONGEST = 2000


def _text(message: str) -> str:
    return _TEXTS.get(message, message)


def _text_of_many(singular: str, plural: str, number: int) -> str:
    if singular == "expected %s argument":
        return "%s värde saknas" if number == 1 else "%s värden behövs"
    return _text(singular if number == 1 else plural)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one Swedish message, that knows a mistyped word, and that never guesses an option."""

    def __init__(self, *args: object, **settings: object) -> None:
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        settings.setdefault("allow_abbrev", False)
        super().__init__(*args, **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Writes the message and where help is, and ends with exit code 2."""
        from samverkan.decide.personal import without_personal_data

        # First taken out, then cut: half a number is still somebody's.
        shown = without_personal_data(message)
        shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
        print(f"{self.prog}: fel: {shown.rstrip('.')}. Hjälp: {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            from samverkan.plan.spelling import listed, suggestion

            choices = [str(choice) for choice in action.choices]
            near = suggestion(str(value), choices)
            what = "okänt kommando" if isinstance(action, argparse._SubParsersAction) else "/".join(action.option_strings)
            raise argparse.ArgumentError(None, f"{what} '{value}'.{near} Välj bland {listed(choices)}")


def speak_swedish() -> None:
    """Makes argparse say its own texts in Swedish, in this process. Only a program that owns the process may call it."""
    vars(argparse).update(_=_text, ngettext=_text_of_many)
