"""The bytes of a file that somebody names: never more than may be used, never from a pipe or a device, every failure in Swedish."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from samverkan.plan.errors import PlanError, Problem
from samverkan.plan.model import NOWHERE, Position

MAX_BYTES = 1_000_000
"""Of one file. What reads them says that there are more, and what to do about it."""

_WHY = {
    errno.ENOENT: "filen finns inte. Kontrollera namnet och mappen.",
    errno.ENOTDIR: "filen finns inte. Kontrollera namnet och mappen.",
    errno.EISDIR: "det är en mapp, ingen fil. Ange en fil.",
    errno.EACCES: "filen går inte att läsa. Kontrollera att du har rätt att läsa den.",
    errno.EPERM: "filen går inte att läsa. Kontrollera att du har rätt att läsa den.",
    errno.ELOOP: "filen är en länk som bara leder till sig själv. Ta bort länken, eller låt den peka på en fil.",
    errno.ENAMETOOLONG: "filens namn är för långt. Kontrollera namnet.",
}
_NO_FILE = "det är ingen vanlig fil. Ange en fil."


def bytes_of(path: Path, shown: str | None = None) -> bytes:
    """What a file holds, but no more than one byte over `MAX_BYTES`.

    Args:
        path: the file. Links are followed.
        shown: what the file is called in an error; else the path.

    Raises:
        PlanError: it isn't there, can't be read, or is no ordinary file (a folder, a pipe, a device).
    """
    place = Position(shown if shown is not None else str(path), 1, 1)
    try:
        # Before it is opened: opening a pipe waits for somebody to write.
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise _unreadable(place, _WHY[errno.EISDIR] if stat.S_ISDIR(mode) else _NO_FILE)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as wrong:
        raise _unreadable(place, _WHY.get(wrong.errno or 0, "filen går inte att läsa. Välj en annan.")) from None
    except ValueError:  # a NUL in the name
        raise _unreadable(Position("", 0, 0), "så kan ingen fil heta. Kontrollera namnet.") from None


def _unreadable(place: Position, text: str) -> PlanError:
    return PlanError([Problem(place if place.file else NOWHERE, text, "error", "unreadable")])
