"""Makes the page: data, template, and a content security policy that lets nothing in from outside."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from datetime import date
from functools import cache
from typing import cast

from jinja2 import Environment, PackageLoader, StrictUndefined

from billing_identity.policies.evaluate import Report
from billing_identity.review.console import plain
from billing_identity.review.preview.record import Preview
from billing_identity.review.report import access, assurance, findings, metrics, separation, timeline
from billing_identity.review.report.changes import ChangeSection
from billing_identity.review.report.sign_in_basis import SignInBasis
from billing_identity.roles.access import concrete_roles
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

PRINTED_CELLS = 2500
"""Most cells of a matrix that is printed as a whole; a larger one is printed as the list by role."""


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("billing_identity.review.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )


def _harmless(value: object) -> object:
    return plain(value) if type(value) is str else value


def _clean(value: object) -> object:
    """The same JSON-like value with control characters made visible."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        items = cast("dict[str, object]", value)
        return {plain(key): _clean(item) for key, item in items.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in cast("list[object]", value)]
    return value


def _source(name: str) -> str:
    environment = _environment()
    loader = environment.loader
    if loader is None:
        raise RuntimeError("the environment was made without a loader")
    return loader.get_source(environment, name)[0]


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def render(
    catalogue: Catalogue,
    problems: tuple[Problem, ...],
    report: Report | None,
    *,
    as_of: date,
    environment: str,
    preview: Preview | None = None,
    changes: ChangeSection | None = None,
    live: metrics.Live | None = None,
) -> str:
    """The whole page. The same input gives the same text. Without `preview` no sign-in counts as declared."""
    style, script = _source("style.css"), _source("script.js")
    data = access.access(catalogue, as_of)
    found = findings.all_findings(problems, report)
    cited = findings.by_citation(found, report)
    sign_ins = assurance.sign_ins(catalogue, problems, SignInBasis(preview))
    roles = sum(1 for _ in concrete_roles(catalogue))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            policy=policy,
            style=style,
            script=script,
            company=catalogue.organisation.company,
            as_of=as_of.isoformat(),
            environment=environment,
            blocking=sum(item.state == "blocked" for item in found),
            undecided=sum(item.state == "undecided" for item in found),
            data=_clean({**data, "separation": separation.separation(catalogue, as_of)}),
            access=_clean(data),
            print_matrix=roles * len(catalogue.systems) <= PRINTED_CELLS,
            declared=metrics.declared(catalogue, as_of, environment, sign_ins),
            live=metrics.live(live or metrics.Live()),
            sign_ins=sign_ins,
            coverage=assurance.coverage(catalogue, sign_ins),
            findings=found,
            cited=cited,
            states=Counter(row.state for row in cited),
            spans=timeline.timeline(catalogue, as_of),
            changes=changes,
        )
    )
