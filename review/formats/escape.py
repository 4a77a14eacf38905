"""Text from files made harmless: nothing in it is markup, a link, a mention, or a control character."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote
from xml.sax.saxutils import escape as xml_escape

_MARKDOWN = re.compile(r"([\\`*_\[\]|~$])")
_START = re.compile(r"^(?=[#+\-=])|^(\d+)(?=[.)])")
"""What a line must not start with: a heading, a list, a rule; also as a list's number."""
_QUOTED = re.compile(r"\\`([^`]*)\\`")
"""What our own messages put in backquotes, after escaping."""
_LINKS = re.compile(r"(?i)@|#(?=\d)|:(?=//|[a-z0-9_+\-]+:)|\bgh(?=-\d)|\bwww(?=\.)")
"""What a mention, a reference, an address or an emoji starts with."""
_BREAK = "<!-- -->"
"""An empty comment: it keeps a word from becoming a mention or a link and shows nothing."""


def one_line(text: str) -> str:
    """Text with control and invisible characters replaced, and line breaks and runs of space as one space."""
    seen = "".join(
        " "
        if character in "\n\t\r\v\f\x85\u2028\u2029"
        else character
        if _visible(character)
        else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )
    return " ".join(seen.split())


def _visible(character: str) -> bool:
    return unicodedata.category(character)[0] != "C"


def html(text: str) -> str:
    """One line for an HTML text or a quoted attribute."""
    return (
        one_line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#39;")
    )


def markdown(text: str) -> str:
    """One line for running text in Markdown, as GitHub and GitLab read it.

    Every character that could start markup is escaped; what could start a mention, a reference or an address
    is parted from what follows, so that nobody is mentioned and nothing is linked.
    """
    entities = re.split(r"(&(?:amp|lt|gt|quot|#39);)", html(text))
    escaped = "".join(
        part if index % 2 else _LINKS.sub(rf"\g<0>{_BREAK}", _MARKDOWN.sub(r"\\\1", part))
        for index, part in enumerate(entities)
    )
    escaped = _QUOTED.sub(r"<code>\1</code>", escaped)
    return _START.sub(lambda found: f"{found.group(1) or ''}\\", escaped)


def code(text: str) -> str:
    """One line as a code span in Markdown."""
    return f"<code>{markdown(text)}</code>"


def xml(text: str) -> str:
    """One line for an XML text or a quoted attribute; characters that XML forbids are replaced."""
    return xml_escape(one_line(text), {'"': "&quot;", "'": "&apos;"})


def uri_path(path: str) -> str:
    """A path as the path of a URI reference."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/-._~")
