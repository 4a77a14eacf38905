"""What must hold for any two catalogues."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from scenarios import DAY

from billing_identity.review.diff.as_machine import as_json, as_junit, as_sarif
from billing_identity.review.diff.as_markdown import as_markdown
from billing_identity.review.diff.as_terminal import print_report
from billing_identity.review.diff.compare import compare
from billing_identity.review.diff.direction import direction_of
from billing_identity.review.diff.model import Change, Key, State
from billing_identity.review.diff.report import Settings, reviewed
from billing_identity.review.diff.sources import Side
from billing_identity.review.diff.state import View
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.base import EntitlementRef
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment, ClientScope, Grant

BASE: Any = load(REFERENCE).catalogue
assert BASE is not None
ROLES = sorted(name for name, role in BASE.roles.items() if not role.abstract and role.grants)
ENTITLEMENTS = sorted(f"{s.id}/{name}" for s in BASE.systems.values() for name in s.entitlements)
Mutation = Callable[[Catalogue], Catalogue]


def changed_role(catalogue: Catalogue, name: str, **update) -> Catalogue:
    roles = {**catalogue.roles, name: catalogue.roles[name].model_copy(update=update)}
    return replace(catalogue, roles=roles)


def grant(role: str, entitlement: str) -> Mutation:
    def done(c: Catalogue) -> Catalogue:
        new = Grant.model_construct(
            entitlement=EntitlementRef(entitlement),
            rationale="Because.",
            clients=ClientScope.ASSIGNED,
            since=None,
            expires=None,
        )
        return changed_role(c, role, grants=(*c.roles[role].grants, new))

    return done


def revoke(role: str) -> Mutation:
    return lambda c: changed_role(c, role, grants=c.roles[role].grants[1:])


def widen(role: str) -> Mutation:
    return lambda c: changed_role(
        c, role, grants=tuple(g.model_copy(update={"clients": ClientScope.ALL}) for g in c.roles[role].grants)
    )


def drop_client(name: str) -> Mutation:
    return lambda c: replace(c, clients={k: v for k, v in c.clients.items() if k != name})


mutations = st.lists(
    st.one_of(
        st.builds(grant, st.sampled_from(ROLES), st.sampled_from(ENTITLEMENTS)),
        st.builds(revoke, st.sampled_from(ROLES)),
        st.builds(widen, st.sampled_from(ROLES)),
        st.builds(drop_client, st.sampled_from(sorted(BASE.clients))),
    ),
    max_size=6,
)


def state(catalogue: Catalogue) -> State:
    return View(catalogue, DAY).state


def mutated(steps: list[Mutation]) -> Catalogue:
    catalogue = BASE
    for step in steps:
        catalogue = step(catalogue)
    return catalogue


def access(facts) -> dict[Key, object]:
    return {key: value for key, value in facts.items() if key.family == "access"}


@settings(max_examples=20, deadline=None)
@given(mutations)
def test_a_catalogue_does_not_differ_from_itself(steps: list[Mutation]) -> None:
    catalogue = mutated(steps)
    assert compare(state(catalogue), state(catalogue)) == []


def backwards(change: Change) -> Change:
    """The same change made backwards. One that both gives and takes is a gain either way."""
    direction = direction_of(change.key, change.after, change.before)
    return Change(change.key, change.after, change.before, change.topic, direction)


def made(before: State, changes: Iterable[Change]) -> dict[Key, object]:
    """`before` with the changes made. Of facts that every change names, the result equals the other side."""
    state = dict(before)
    for change in changes:
        if change.after is None:
            state.pop(change.key, None)
        else:
            state[change.key] = change.after
    return state


@settings(max_examples=20, deadline=None)
@given(mutations, mutations)
def test_backwards_is_the_comparison_the_other_way(one: list[Mutation], other: list[Mutation]) -> None:
    a, b = state(mutated(one)), state(mutated(other))
    assert [backwards(change) for change in compare(a, b)] == compare(b, a)


@settings(max_examples=20, deadline=None)
@given(mutations, mutations)
def test_applying_the_changes_gives_the_other_access(one: list[Mutation], other: list[Mutation]) -> None:
    a, b = state(mutated(one)), state(mutated(other))
    assert access(made(a, compare(a, b))) == access(b)


@settings(max_examples=12, deadline=None)
@given(mutations)
def test_every_change_is_in_exactly_one_sentence_or_said_by_its_entity(steps: list[Mutation]) -> None:
    report = reviewed(
        Side("a", "", REFERENCE, BASE), Side("b", "", REFERENCE, mutated(steps)), Settings(DAY, DAY)
    )
    said = [change for sentence in report.sentences for change in sentence.changes]
    assert len(said) == len({change.key for change in said})
    wanted = {c.key for c in compare(state(BASE), state(mutated(steps))) if c.key.family == "access"}
    assert {c.key for c in said if c.key.family == "access"} == wanted


def test_moving_a_grant_to_an_abstract_role_changes_no_access(change) -> None:
    change.write(
        "roles/poster-base.yaml",
        "title: Poster base\npurpose: What posters share.\nminimum_necessary: { rationale: As the poster. }\n"
        "owner: billing-supervisor\nabstract: true\ngrants:\n"
        "  - { entitlement: athenaone/payment-posting, rationale: Posts remittances., since: 2024-03-04 }\n"
        "risk: high\nring: high-risk\n",
    )
    text = (change.head / "roles/payment-poster.yaml").read_text()
    first = text.index("  - entitlement: athenaone/payment-posting")
    second = text.index("  - entitlement:", first + 5)
    change.write(
        "roles/payment-poster.yaml",
        (text[:first] + text[second:]).replace("[billing-base]", "[billing-base, poster-base]"),
    )
    assert not [s for s in change.report().sentences if s.topic in ("access", "separation-of-duties")]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[link](https://evil.example) ![i](https://evil.example/p.png)",
    "@everyone please #1 GH-2 https://evil.example www.evil.example",
    "\x1b[31mred\x1b[0m \x07 \u202eabc",
    "# Heading\n\n- list\n| a | b |\n```\ncode",
    "</details></sub>--><b>bold</b>",
    "`code` **bold** _it_ ~~no~~ $x$ &amp; &#64;x",
    "1. one",
    "]]> {0} {{x}} [5]",
    "x" * 10_000,
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_inert_in_every_output(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    head = changed_role(
        grant("payment-poster", "athenaone/refund-approval")(BASE),
        "payment-poster",
        title=name,
        grants=grant("payment-poster", "athenaone/refund-approval")(BASE).roles["payment-poster"].grants,
    )
    report = reviewed(
        Side(name, "cat", REFERENCE, BASE), Side("b", "cat", REFERENCE, head), Settings(DAY, DAY)
    )
    text = as_markdown(report)
    assert text and len(text) < 65_536
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").parse(text)
    flat = [child for token in tokens for child in (token, *(token.children or ()))]
    assert not [token for token in flat if token.type in ("link_open", "image", "fence", "code_block")]
    allowed = {"<!-- -->", "<code>", "</code>", "<sub>", "</sub>"}
    assert {token.content for token in flat if token.type == "html_inline"} <= allowed
    blocks = {line for token in flat if token.type == "html_block" for line in token.content.split("\n")}
    assert all(
        line.startswith(("<!-- billing-identity", "<details><summary>", "</details>", "<sub>", "##"))
        or not line
        for line in blocks
    ), blocks
    assert "@everyone" not in text and "https://" not in text
    for output in (text, as_json(report), as_sarif(report), as_junit(report)):
        assert "\x1b" not in output and "\u202e" not in output and "\x07" not in output
    import xml.dom.minidom

    xml.dom.minidom.parseString(as_junit(report))
    from rich.console import Console

    print_report(Console(width=100, markup=False), report, detail=True)
    printed = capsys.readouterr().out
    assert "\x1b[31m" not in printed and "\u202e" not in printed


def test_assignments_differ_by_way() -> None:
    role = next(name for name in ROLES if BASE.roles[name].assignment is Assignment.REQUEST)
    head = changed_role(
        BASE, role, assignment=Assignment.JOB_CODE, job_codes=BASE.roles[role].request.eligible, request=None
    )
    changes = [c for c in compare(state(BASE), state(head)) if c.key.family == "access"]
    assert changes and all(change.direction == "gain" for change in changes)
