"""What can go wrong, each told in one sentence."""
from __future__ import annotations

import difflib
from collections.abc import Iterable


class ResultError(Exception):
    """A file that is no readable result, or a result without what is asked."""


def unknown(what: str, name: object, known: Iterable[object]) -> ResultError:
    """An error that lists what there is, and guesses what was meant."""
    names = [str(k) for k in known]
    near = difflib.get_close_matches(str(name), names, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return ResultError(
        f"no {what} {name!r}: {hint}there are {', '.join(names)}")
