"""Pictures of the five scenarios, to be looked at by a person: `python tests/report/screenshots.py FOLDER`.

Each comment as a pull request shows it, in light, dark and print, at 1,280 and 390 pixels; each report in the
same six. Those that `docs/` shows are made anew with `--docs`. Needs the Chromium of `installed_browser.py`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from playwright.sync_api import Browser, sync_playwright

from billing_identity.roles.loader import REFERENCE

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "diff"))

from installed_browser import CHROMIUM  # noqa: E402
from scenarios import DAY, SCENARIOS, before_the_baa_lapsed  # noqa: E402

FOLDER = ROOT / "build" / "pictures"
"""Where the catalogues that are compared stand: their path is in the pictures."""
WIDTHS = (1280, 390)
LOOKS: tuple[tuple[str, Literal["light", "dark"], Literal["screen", "print"]], ...] = (
    ("light", "light", "screen"),
    ("dark", "dark", "screen"),
    ("print", "light", "print"),
)
SHOWN = {
    "refund-approval-to-the-poster-comment-light-1280": "comment",
    "refund-approval-to-the-poster-report-light-1280": "report-light",
    "refund-approval-to-the-poster-report-dark-1280": "report-dark",
    "refund-approval-to-the-poster-report-light-390": "report-phone",
}
"""Name of a picture in `docs/images` by the picture's name here."""

STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --ground: #fff; --line: #d1d9e0; --soft: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0f6fc; --ground: #0d1117; --line: #3d444d; --soft: #151b23; } }
body { font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: var(--ink);
  background: var(--ground); margin: 24px; max-width: 880px; overflow-wrap: break-word; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: .3em; } li { margin: .25em 0; }
table { border-collapse: collapse; display: block; overflow: auto; }
th, td { border: 1px solid var(--line); padding: 6px 13px; text-align: left; }
code { background: var(--soft); padding: .2em .4em; border-radius: 6px; font-size: 85%; }
blockquote { border-left: .25em solid var(--line); margin: 0; padding: 0 1em; }
"""
"""Near to how GitHub shows a comment."""


def run(*words: str) -> str:
    """A command of the program; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "billing_identity.review.cli", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def pages(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """The comment and the report of a scenario, as HTML files."""
    apply, day = SCENARIOS[name]
    base, head = folder / "base", folder / "head"
    for side in (base, head):
        shutil.copytree(REFERENCE, side)
        if name == "baa-lapsed":
            before_the_baa_lapsed(side)
    apply(head)
    day = day or DAY
    comment = run(
        *("diff", str(base), str(head), "--stack", "identity-prod", "--format", "markdown"),
        *("--as-of", day.isoformat(), "--base-as-of", DAY.isoformat()),
    ).replace(f"{folder}/", "")
    shown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(comment)
    path = folder / "comment.html"
    path.write_text(
        f"<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<style>{STYLE}</style>{shown}",
        encoding="utf-8",
    )
    yield "comment", path
    report = folder / "report.html"
    run(
        "report",
        "--base",
        str(base.relative_to(ROOT)),
        "--catalogue",
        str(head),
        "--as-of",
        day.isoformat(),
        "--base-as-of",
        DAY.isoformat(),
        "--out",
        str(report),
    )
    yield "report", report


def photograph(browser: Browser, page_file: Path, stem: str, out: Path) -> None:
    """The six pictures of a page; a report on a screen is shown as far as a screen goes, print as a whole."""
    for width in WIDTHS:
        for look, scheme, medium in LOOKS:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
            )
            page = context.new_page()
            page.emulate_media(media=medium, color_scheme=scheme)
            page.goto(page_file.as_uri())
            page.screenshot(
                path=out / f"{stem}-{look}-{width}.png",
                full_page=stem.endswith("comment") or medium == "print",
            )
            context.close()


def main(out: Path, *, docs: bool) -> None:
    """Writes the pictures into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for name in SCENARIOS:
            shutil.rmtree(FOLDER, ignore_errors=True)
            for kind, path in pages(name, FOLDER):
                photograph(browser, path, f"{name}-{kind}", out)
        browser.close()
    if docs:
        for name, shown in SHOWN.items():
            shutil.copyfile(out / f"{name}.png", ROOT / "docs" / "images" / f"{shown}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), docs="--docs" in sys.argv)
