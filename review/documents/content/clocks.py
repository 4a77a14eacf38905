"""Clocks of the Breach Notification Rule (45 CFR part 164 subpart D), as of 2026-10-07."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clock:
    """One notice: to whom, by whom, when it is due and until when at the latest."""

    to: str
    by: str
    when: str
    limit: str
    citations: tuple[str, ...]


CLOCKS: tuple[Clock, ...] = (
    Clock(
        "Client (covered entity)",
        "the company, as business associate",
        "without unreasonable delay after its discovery, with each individual as far as known",
        "60 calendar days",
        ("164.410(a)(1)", "164.410(b)", "164.410(c)"),
    ),
    Clock(
        "Individuals",
        "the client, or the company where the contract delegates it",
        "without unreasonable delay after discovery",
        "60 calendar days",
        ("164.404(a)(1)", "164.404(b)"),
    ),
    Clock(
        "Individuals who can't be reached",
        "the client, or the company where delegated",
        "by other means; from ten people on by a web page or media and a free number",
        "with the notice to individuals",
        ("164.404(d)(2)",),
    ),
    Clock(
        "Media",
        "the client, or the company where delegated",
        "when more than 500 residents of one State are affected; exactly 500 are not enough",
        "60 calendar days",
        ("164.406",),
    ),
    Clock(
        "Secretary, 500 people or more in all",
        "the client, or the company where delegated",
        "together with the notice to individuals",
        "60 calendar days",
        ("164.408(b)",),
    ),
    Clock(
        "Secretary, fewer than 500 people",
        "the client, or the company where delegated",
        "from the year's log",
        "60 days after the end of the calendar year",
        ("164.408(c)",),
    ),
    Clock(
        "Delay for law enforcement",
        "the company and the client",
        "a written request delays for the time it states; an oral one is documented",
        "30 days for an oral request",
        ("164.412",),
    ),
)
