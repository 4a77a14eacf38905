"""Every value that a provider enumerates is one that the service accepts, and it is known who says so."""

from __future__ import annotations

import re
from functools import cache

import pytest
from accepted_values import ELSEWHERE, FREE
from enumerated_arguments import SAYS_SO, TOKEN, described, rendered

from billing_identity.review.variant_previews import ENTRA_ONLY, EVERY_LICENCE, NO_LICENCE, OKTA_ONLY, variant


@cache
def found() -> dict[tuple[str, str], frozenset[str]]:
    """Values of every textual argument in the reference organisation and its variants."""
    values: dict[tuple[str, str], frozenset[str]] = {}
    for name in (EVERY_LICENCE, OKTA_ONLY, ENTRA_ONLY, NO_LICENCE):
        for place, seen in rendered(variant(name).preview.resources()).items():
            values[place] = values.get(place, frozenset()) | seen
    return values


def documented(place: tuple[str, str], values: frozenset[str]) -> bool:
    """Whether the installed provider's docstring names each value as a word of its own."""
    kind, path = place
    said = described(kind, re.sub(r"[\[\]{}]", "", path).rsplit(".", 1)[-1])
    return all(re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", said) for value in values)


def enumerated(place: tuple[str, str], values: frozenset[str]) -> bool:
    kind, path = place
    said = described(kind, re.sub(r"[\[\]{}]", "", path).rsplit(".", 1)[-1])
    return bool(SAYS_SO.search(said)) or all(TOKEN.fullmatch(value) for value in values)


def test_every_enumerated_value_is_accepted_by_a_named_source() -> None:
    unknown: list[str] = []
    for place, values in found().items():
        if place in FREE:
            continue
        if place in ELSEWHERE:
            accepted, source = ELSEWHERE[place]
            assert source
            wrong = {
                value
                for value in values
                if not (accepted.fullmatch(value) if isinstance(accepted, re.Pattern) else value in accepted)
            }
            unknown += [f"{place}: {value} is not what {source} lists" for value in sorted(wrong)]
        elif enumerated(place, values) and not documented(place, values):
            unknown.append(
                f"{place}: {sorted(values)} is in no source: add it with one to accepted_values.py"
            )
    assert unknown == []


def test_most_of_it_is_the_installed_providers_own_word() -> None:
    by_provider = [
        place for place, values in found().items() if enumerated(place, values) and documented(place, values)
    ]
    assert len(by_provider) > 90


def test_the_table_has_nothing_that_is_not_declared() -> None:
    assert {*ELSEWHERE, *FREE} - set(found()) == set()


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("okta:Campaign", "scheduleSettings.recurrences[].interval"), "P3Y"),
        (("okta:RequestCondition", "accessDurationSettings.duration"), "PT100H"),
        (("azuread:GroupRoleManagementPolicy", "activationRules.maximumDuration"), "PT24H"),
        (("okta:Authenticator", "settings{}.channelBinding.required"), "SOMETIMES"),
    ],
)
def test_a_near_miss_is_not_accepted(place: tuple[str, str], value: str) -> None:
    accepted, _ = ELSEWHERE[place]
    assert not (accepted.fullmatch(value) if isinstance(accepted, re.Pattern) else value in accepted)


def test_a_docstrings_list_is_read() -> None:
    state = ("azuread:ConditionalAccessPolicy", "state")
    assert documented(state, frozenset({"enabled", "disabled", "enabledForReportingButNotEnforced"}))
    assert not documented(state, frozenset({"on"}))
    assert enumerated(state, frozenset({"on"}))


RULE_TERM = re.compile(
    r"\((user\.(extensionAttribute([1-9]|1[0-5])|employeeId|department|jobTitle|companyName|city|state) "
    r'(-eq "[^"]*"|-in \["[^"]*"(, "[^"]*")*\]|-contains "[^"]*"|-notContains "[^"]*")'
    r"|user\.accountEnabled -eq true"
    r'|user\.userPrincipalName -notContains "@[a-z0-9.-]+")\)'
)
"""Entra's membership rules as written here: one property, one operator, one value in double quotes.

Microsoft, "Manage rules for dynamic membership groups": operators -eq, -in, -contains, -notContains, and
parentheses where -or stands beside -and."""
RULE_CHOICE = re.compile(rf"{RULE_TERM.pattern}|\(({RULE_TERM.pattern})( -or ({RULE_TERM.pattern}))+\)")


def test_membership_rules_use_entras_grammar() -> None:
    rules = found()["azuread:Group", "dynamicMembership.rule"]
    assert rules
    for rule in rules:
        terms = rule.split(" -and ")
        assert all(RULE_CHOICE.fullmatch(term) for term in terms), rule
        assert len(rule) <= 3072


def test_group_rules_use_oktas_expressions() -> None:
    term = re.compile(
        r'user\.\w+=="[^"]*"|\(user\.\w+=="[^"]*"( OR user\.\w+=="[^"]*")*\)'
        r'|Arrays\.contains\(user\.\w+, ?"[^"]*"\)|user\.\w+ ?!= ?"[^"]*"'
    )
    rules = found()["okta:group/Rule", "expressionValue"]
    assert rules
    for rule in rules:
        assert all(term.fullmatch(part) for part in rule.split(" AND ")), rule


def test_names_fit() -> None:
    """Okta takes 50 characters for a rule and 255 for a group, Entra 256 for a group and a policy."""
    limits = {
        ("okta:group/Rule", "name"): 50,
        ("okta:group/Group", "name"): 255,
        ("azuread:Group", "displayName"): 256,
        ("azuread:GroupWithoutMembers", "displayName"): 256,
        ("azuread:ConditionalAccessPolicy", "displayName"): 256,
        ("okta:Campaign", "name"): 100,
    }
    for place, limit in limits.items():
        assert all(0 < len(name) <= limit for name in found()[place]), place
