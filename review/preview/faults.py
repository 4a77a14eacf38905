"""Turns what goes wrong in a program into one located line each; no traceback, no value of an input."""

from __future__ import annotations

import re
import sysconfig
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import unquote

from billing_identity.review.preview.record import PreviewError, Proto

_INPUT = re.compile(r"While processing input: '([^']+)'")
_WRAPPER = re.compile(r"\A(?:While processing .*?\n)?(?:ValueError|AssertionError) has risen: ", re.DOTALL)
_LACKING = re.compile(r"The Pulumi CLI does not support (?:the )?(.+?)\. Please update the Pulumi CLI\.")
_REGISTERING = ("do_register", "do_read")
_HERE = Path(__file__).resolve().parent
_HERE_URI = f"{_HERE.as_uri()}/"
_CODE = _HERE.parents[1]
"""Folder of the program's packages, where they are not below the root of the project that runs them."""
_STDLIB = Path(sysconfig.get_path("stdlib"))
_REMEDY = "give text, a number, True or False, a list, a dict, an ...Args object or an Output of one of these"


class Exited(Exception):  # noqa: N818 - says what happened
    """The program called `sys.exit`."""


class Unsupported(Exception):  # noqa: N818
    """The program asks for what cannot be had offline."""


class Places:
    """Names a place as `file:line` relative to the project's root, and knows which files are the
    program's.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._known: dict[str, str] = {}

    def of_request(self, request: Proto) -> str | None:
        """Where the program made a request of the protocol: its innermost frame that is no library's."""
        for frame in request.stackTrace.frames:
            if frame.pc.uri.startswith(_HERE_URI):
                return None  # what follows is who runs the preview
            where = self.position(frame.pc)
            if where is not None:
                return where
        return None

    def position(self, position: Proto) -> str | None:
        """The place of a SourcePosition message of the protocol; None for a library's."""
        uri = position.uri
        name = self._known.get(uri)
        if name is None:
            path = unquote(uri.removeprefix("file://"))
            name = self._known[uri] = (path and self.own(path)) or ""
        return f"{name}:{position.line}" if name else None

    def _is_program(self, path: Path) -> bool:
        return (
            "site-packages" not in path.parts
            and not path.is_relative_to(_HERE)
            and not path.is_relative_to(_STDLIB)
        )

    def own(self, filename: str) -> str | None:
        """`filename` relative to the root or to the program's packages, or None where it is not the
        program's (a library, the preview itself).
        """
        path = Path(filename)
        if not self._is_program(path):
            return None
        path = path.resolve()
        for folder in (self._root, _CODE):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return None

    def of_traceback(self, trace: TracebackType | None) -> str | None:
        """The innermost place of the program in a traceback."""
        for frame in reversed(traceback.extract_tb(trace)):
            name = self.own(frame.filename)
            if name is not None:
                return f"{name}:{frame.lineno}"
        return None


def explain(fault: BaseException, places: Places) -> PreviewError:
    """`fault`, raised by the program or by the SDK on its behalf, as one error."""
    if isinstance(fault, SyntaxError) and fault.filename:
        name = places.own(fault.filename) or fault.filename
        return PreviewError("program", f"SyntaxError: {fault.msg}", f"{name}:{fault.lineno}")
    registering = _registration(fault.__traceback__)
    where = places.of_traceback(fault.__traceback__)
    if (
        registering is not None
        and where is None
        and not (isinstance(fault, Unsupported) or _LACKING.match(str(fault)))
    ):
        type_, name, position = registering
        return PreviewError(
            "invalid-input",
            f"{type_} {name!r}: {_innermost(fault)}; {_REMEDY}",
            places.position(position) if position is not None else None,
        )
    text = str(fault).strip() or "no message"
    if isinstance(fault, Unsupported):
        return PreviewError("unsupported", text, where)
    lacking = _LACKING.match(text)
    if lacking is not None:
        return PreviewError(
            "unsupported", f"the program uses {lacking.group(1)}, which the offline preview cannot run", where
        )
    if isinstance(fault, AssertionError) and text.startswith("Unexpected type"):
        text = text.split("`: ")[0]
    label = (
        "" if isinstance(fault, Exited) or type(fault).__name__ == "RunError" else f"{type(fault).__name__}: "
    )
    return PreviewError("program", label + text, where)


def _registration(trace: TracebackType | None) -> tuple[str, str, Any] | None:
    """(type, name, source position) of the registration that the SDK was preparing."""
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_name in _REGISTERING and "pulumi" in frame.f_code.co_filename:
            found = frame.f_locals
            return str(found.get("ty")), str(found.get("name")), found.get("source_position")
        trace = trace.tb_next
    return None


def _innermost(fault: BaseException) -> str:
    """What the SDK found wrong, without the values that it prints on the way."""
    keys: list[str] = []
    while True:
        found = _INPUT.match(str(fault))
        if found:
            keys.append(found.group(1))
        if fault.__cause__ is None:
            break
        fault = fault.__cause__
    text = _WRAPPER.sub("", str(fault)).splitlines()[0] if str(fault) else type(fault).__name__
    return f"input {keys[-1]!r}: {text}" if keys else text
