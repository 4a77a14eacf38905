"""A program in layers: assignments here, applications and groups elsewhere, named by the settings."""

from datetime import date

import pytest
from rule_harness import judge_graph, stack_rule

from billing_identity.policies.evaluate import PackSettings
from billing_identity.policies.framework.examples import PORTAL_TITLE, SEPARATION, assignment_graph
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Verdict
from billing_identity.policies.framework.settings import OtherPrograms
from billing_identity.policies.framework.tokens import ENTRA_ROLE_ASSIGNMENT, OKTA_GROUP_ASSIGNMENT
from billing_identity.policies.framework.weakening import setting_lines

APP, GROUP = "0oapayment-poster", "00gpayment-poster"
RULES = ("separation-of-duties", "separation-of-duties-by-group", "vendor-agreement-in-force")
BOTH = (SEPARATION.left, SEPARATION.right)


def _assignments(*entitlements):
    """Assignments alone; the group and the application are another program's."""
    return [item for item in assignment_graph(entitlements) if item.type == OKTA_GROUP_ASSIGNMENT]


def _verdicts(rule, resources, title=None, group=None):
    names = {
        "applications": {APP: title} if title else {},
        "groups": {GROUP: group} if group else {},
    }
    return judge_graph(stack_rule(rule), resources, {**SEPARATION.settings, "otherPrograms": names})[0]


@pytest.mark.parametrize("rule", RULES)
def test_an_id_of_another_program_says_nothing(rule):
    assert _verdicts(rule, _assignments(SEPARATION.left)) == {Verdict.UNDECIDED}


@pytest.mark.parametrize("rule", RULES)
def test_named_by_the_settings_it_is_judged(rule):
    named = ("Billing", "role-payment-poster")
    assert _verdicts(rule, _assignments(SEPARATION.left), *named) == set()


def test_a_conflict_is_found_across_programs():
    named = ("Billing", "role-payment-poster")
    assert _verdicts("separation-of-duties-by-group", _assignments(*BOTH), *named) == {Verdict.FAIL}
    assert _verdicts("separation-of-duties", _assignments(*BOTH), *named) == {Verdict.FAIL}


def test_a_vendor_without_agreement_is_found_across_programs():
    resources = _assignments(SEPARATION.left)
    assert _verdicts("vendor-agreement-in-force", resources, PORTAL_TITLE) == {Verdict.FAIL}


def test_in_entra_the_service_principal_is_named():
    props = {"resourceObjectId": APP, "principalObjectId": GROUP, "appRoleId": "x"}
    record = ResourceRecord(f"urn:{ENTRA_ROLE_ASSIGNMENT}", ENTRA_ROLE_ASSIGNMENT, "x", props)
    assert _verdicts("vendor-agreement-in-force", [record], PORTAL_TITLE) == {Verdict.FAIL}
    assert _verdicts("vendor-agreement-in-force", [record]) == {Verdict.UNDECIDED}


def test_every_run_says_what_was_named():
    others = OtherPrograms(applications={APP: "Billing"}, groups={GROUP: "role-payment-poster"})
    lines = list(setting_lines(PackSettings(other_programs=others), None, date(2026, 11, 24)))
    assert f"applications of other programs: {APP} is Billing" in lines
    assert f"groups of other programs: {GROUP} is role-payment-poster" in lines
