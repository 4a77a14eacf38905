"""Makes one pull-request comment of what `ci/check.sh` found.

    python ci/compose_comment.py FOLDER

FOLDER holds `diff.md`, `check.txt`, `preview.txt`, `note.txt` (each may be missing or empty) and `codes.txt`
with lines `part=exit code`. Writes FOLDER/comment.md: empty when no access changes and nothing fails.

Standard library alone.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

MARKER = "<!-- billing-identity: access review -->"
"""First line of the comment, by which the next run finds it."""
LIMIT = 65_000
"""Characters; GitHub refuses more than 65,536."""
PARTS = {"check": "Checks of the catalogue", "preview": "Policies"}
WORDS = {0: "pass", 1: "blocked", 2: "bad input", 3: "drift", 4: "failed outside"}


def fenced(text: str) -> str:
    """Text in a code fence that nothing inside can close."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.strip()}\n{fence}"


def compose(folder: Path) -> str:
    """The comment's text; empty when there is nothing to say."""
    codes = _codes(_read(folder, "codes.txt"))
    diff, note = _read(folder, "diff.md").strip(), _read(folder, "note.txt").strip()
    failed = {part: code for part, code in codes.items() if code != 0}
    if not diff and not failed and not note:
        return ""
    lines = [MARKER, ""]
    if note:
        lines += [f"> {line}" for line in note.splitlines()] + [""]
    if diff:
        lines += [diff, ""]
    for part, title in PARTS.items():
        if part in failed:
            word = WORDS.get(failed[part], "failed")
            lines += [f"<details open><summary>{title}: {word}</summary>", ""]
            lines += [fenced(_cut(_read(folder, f"{part}.txt"), 12_000)), "", "</details>", ""]
    if codes.get("diff", 0) != 0 and not diff:
        said = _cut(_read(folder, "diff.txt"), 4_000)
        lines += ["The access diff could not be made; nothing is said about access.", "", fenced(said), ""]
    return _cut("\n".join(lines), LIMIT)


def _codes(text: str) -> dict[str, int]:
    return {
        part: int(code)
        for part, _, code in (line.partition("=") for line in text.splitlines())
        if code.strip().isdigit()
    }


def _read(folder: Path, name: str) -> str:
    path = folder / name
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = text[: limit - 200].rsplit("\n", 1)[0]
    opened = [line for line in kept.splitlines() if re.match(r"`{3,}", line)]
    close = f"\n{re.match(r'`+', opened[-1]).group()}" if len(opened) % 2 else ""  # type: ignore[union-attr]
    details = "\n</details>" * (kept.count("<details") - kept.count("</details>"))
    return f"{kept}{close}{details}\n\n... cut: the whole text is in the run's artifact.\n"


def main() -> int:
    """See the module."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    (folder / "comment.md").write_text(compose(folder), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
