"""Separation of duties over graphs as they are: several providers, foreign assignments, requests."""

from dataclasses import replace

import pytest

from billing_identity.policies.evaluate import evaluate
from billing_identity.policies.framework.examples import (
    SEPARATION,
    assignment_graph,
    example_catalogue,
    example_config,
    group_rule,
)
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import find
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.naming import app_role_id

GROUP = "azuread:index/group:Group"
ASSIGNMENT = "azuread:index/appRoleAssignment:AppRoleAssignment"
PRINCIPAL = "azuread:index/servicePrincipal:ServicePrincipal"
APPLICATION = "azuread:index/application:Application"
LEFT, RIGHT = SEPARATION.left, SEPARATION.right


def _evaluate(rule, resources):
    return evaluate(resources, example_config(SEPARATION.settings), [find(rule)])


def _entra(entitlement, *, role=None, rule='(user.extensionAttribute1 -eq "RCM-POSTER")'):
    """The role group of the payment poster in Entra with one app role."""
    props = {"displayName": "role-payment-poster", "dynamicMembership": {"enabled": True, "rule": rule}}
    return (
        ResourceRecord("urn:e-group", GROUP, "e", props, {**props, "objectId": "g-1"}),
        ResourceRecord(
            "urn:e-app",
            APPLICATION,
            "a",
            {"displayName": "Billing"},
            {"displayName": "Billing", "clientId": "c-1"},
        ),
        ResourceRecord(
            "urn:e-sp", PRINCIPAL, "s", {"clientId": "c-1"}, {"clientId": "c-1", "objectId": "s-1"}
        ),
        ResourceRecord(
            "urn:e-assignment",
            ASSIGNMENT,
            "as",
            {
                "appRoleId": app_role_id(entitlement) if role is None else role,
                "principalObjectId": "g-1",
                "resourceObjectId": "s-1",
            },
        ),
    )


def test_one_role_in_two_providers_is_one_holder():
    found = _evaluate("separation-of-duties-by-group", (*assignment_graph([LEFT]), *_entra(RIGHT)))
    (finding,) = found.blocking
    assert "group role-payment-poster reaches both sides of `adjustments-and-refunds`" in finding.message
    assert LEFT in finding.message and RIGHT in finding.message
    assert "164.308(a)(3)(i)" in finding.citations
    assert finding.code == "adjustments-and-refunds"


@pytest.mark.parametrize(
    "role", ["00000000-0000-0000-0000-000000000000", "11111111-1111-1111-1111-111111111111"]
)
def test_an_app_role_that_says_nothing_counts_as_everything(role):
    found = _evaluate("separation-of-duties-by-group", _entra(LEFT, role=role))
    assert len(found.blocking) == 1


def test_a_foreign_assignment_without_entitlements_counts_as_everything_that_the_app_has():
    graph = assignment_graph([LEFT])
    bare = replace(graph[-1], props={"appId": graph[1].id, "groupId": graph[0].id})
    assert len(_evaluate("separation-of-duties-by-group", (*graph[:2], bare)).blocking) == 1


def test_a_foreign_app_is_none_of_the_catalogues():
    graph = assignment_graph([LEFT])
    app = replace(graph[1], props={"label": "Something else"})
    bare = replace(graph[-1], props={"appId": app.id, "groupId": graph[0].id})
    assert _evaluate("separation-of-duties-by-group", (graph[0], app, bare)).findings == ()


def test_first_preview_joins_by_dependency():
    group, app, one, two = assignment_graph([LEFT], [RIGHT])
    unknown = [
        replace(
            item,
            props={**item.props, "groupId": UNKNOWN, "appId": UNKNOWN},
            property_dependencies={"groupId": (group.urn,), "appId": (app.urn,)},
        )
        for item in (one, two)
    ]
    graph = (replace(group, id=None), replace(app, id=None), *unknown)
    assert len(_evaluate("separation-of-duties-by-group", graph).blocking) == 1


def test_an_aws_permission_set_counts():
    catalogue = example_catalogue()
    system = catalogue.systems["billing"]
    entitlements = {
        name: entitlement.model_copy(update={"permission_set": f"Set-{name}"})
        for name, entitlement in system.entitlements.items()
    }
    changed = replace(
        catalogue,
        systems={**catalogue.systems, "billing": system.model_copy(update={"entitlements": entitlements})},
    )
    config = replace(example_config(SEPARATION.settings), catalogue=changed)
    resources = []
    for name in entitlements:
        arn = f"arn:aws:sso:::permissionSet/ssoins-1/ps-{name}"
        resources += [
            ResourceRecord(
                f"urn:set-{name}",
                "aws:ssoadmin/permissionSet:PermissionSet",
                name,
                {"name": f"Set-{name}"},
                {"name": f"Set-{name}", "arn": arn},
            ),
            ResourceRecord(
                f"urn:assignment-{name}",
                "aws:ssoadmin/accountAssignment:AccountAssignment",
                name,
                {"permissionSetArn": arn, "principalId": "group-1", "principalType": "GROUP"},
            ),
        ]
    found = evaluate(resources, config, [find("separation-of-duties-by-group")])
    assert len(found.blocking) == 1
    assert "aws group group-1" in found.blocking[0].message


def test_job_code_reaches_both_sides_over_two_providers():
    graph = (
        *assignment_graph([RIGHT], name="refund-approver"),
        *_entra(LEFT),
        group_rule("RCM-POSTER", "refund-approver"),
    )
    (finding,) = _evaluate("separation-of-duties", graph).blocking
    assert "job code RCM-POSTER" in finding.message
    assert "(group role-refund-approver)" in finding.message


def test_a_group_rule_without_a_job_code_admits_every_job_code():
    open_rule = ResourceRecord(
        "urn:open",
        "okta:group/rule:Rule",
        "open",
        {
            "status": "ACTIVE",
            "expressionValue": 'user.employmentStatus=="ACTIVE"',
            "groupAssignments": ["00grefund-approver"],
        },
    )
    graph = (*assignment_graph([RIGHT], name="refund-approver"), open_rule)
    found = _evaluate("separation-of-duties", graph)
    assert [finding.code for finding in found.blocking] == ["adjustments-and-refunds"]


def test_a_conflict_that_only_a_request_completes_needs_an_acknowledgement():
    from billing_identity.roles.model.role import Assignment, RequestTerms

    catalogue = example_catalogue()

    def requested(acknowledged):
        terms = RequestTerms.model_construct(
            eligible=("RCM-POSTER",),
            approvers=("owner",),
            max_hours=8,
            justification=True,
            acknowledged_conflicts=acknowledged,
        )
        role = catalogue.roles["refund-approver"].model_copy(
            update={"assignment": Assignment.REQUEST, "request": terms, "job_codes": ()}
        )
        changed = replace(catalogue, roles={**catalogue.roles, "refund-approver": role})
        config = replace(example_config(SEPARATION.settings), catalogue=changed)
        return evaluate(assignment_graph([LEFT]), config, [find("separation-of-duties")])

    assert len(requested(()).blocking) == 1
    assert requested(("adjustments-and-refunds",)).findings == ()


def test_an_assignment_is_refused_in_entra_too():
    first, *_ = _entra(LEFT)[3:]
    second = replace(first, urn="urn:e-second", props={**first.props, "appRoleId": app_role_id(RIGHT)})
    found = _evaluate("separation-of-duties-at-assignment", (first, second))
    assert [finding.urn for finding in found.blocking] == ["urn:e-second"]


def test_memory_does_not_outlive_a_run():
    _, _, one, two = assignment_graph([LEFT], [RIGHT])
    assert _evaluate("separation-of-duties-at-assignment", (one,)).findings == ()
    assert _evaluate("separation-of-duties-at-assignment", (two,)).findings == ()
