"""Joiner, mover, leaver, untrained: who is in which group, by attribute alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from okta_program import TODAY, Declared, catalogue, holds, of

from billing_identity.roles.model.role import Assignment
from billing_identity.stacks.bind.okta import groups
from billing_identity.stacks.bind.people import groups as people_groups
from billing_identity.stacks.bind.people import job_codes, training_gated

RULE = "okta:group/rule:Rule"
APPS = ("okta:app/saml:Saml", "okta:app/oAuth:OAuth")
CODES = sorted(map(str, catalogue().access_policy.hr.job_codes))
CLIENTS = sorted(client.code for client in catalogue().clients.values())

people = st.fixed_dictionaries(
    {
        "jobCode": st.sampled_from([*CODES, "RETIRED-CODE"]),
        "employmentStatus": st.sampled_from(["ACTIVE", "LEAVE", "TERMINATED"]),
        "hipaaTrainingStatus": st.sampled_from(["CURRENT", "EXPIRED", "NONE"]),
        "workerType": st.sampled_from(["EMPLOYEE", "CONTRACTOR", "VENDOR"]),
        "assignedClients": st.lists(st.sampled_from(CLIENTS), unique=True),
    }
)
CLIENT_GROUPS = {f"client-{client.id}" for client in catalogue().clients.values()}
CODER: dict[str, Any] = {
    "jobCode": "RCM-CODER",
    "employmentStatus": "ACTIVE",
    "hipaaTrainingStatus": "CURRENT",
    "workerType": "EMPLOYEE",
    "assignedClients": CLIENTS[:1],
}


def member_of(okta_half: Declared, person: dict[str, Any]) -> set[str]:
    return {
        name for name, rule in of(okta_half, RULE).items() if holds(rule.inputs["expressionValue"], person)
    }


def gives_access(names: set[str]) -> set[str]:
    others = {name for name in names if name.startswith(("ring-", "eligible-", "help-desk-scope"))}
    return names - others - CLIENT_GROUPS


def test_a_joiner_has_the_role_and_its_base(okta_half: Declared) -> None:
    assert {"medical-coder", "billing-base", "workforce-base"} <= member_of(okta_half, CODER)


def test_a_mover_loses_the_old_role_with_the_new_code(okta_half: Declared) -> None:
    moved = member_of(okta_half, {**CODER, "jobCode": "RCM-POSTER"})
    assert "payment-poster" in moved
    assert "medical-coder" not in moved


@given(person=people)
def test_a_leaver_is_out_of_everything(okta_half: Declared, person: dict[str, Any]) -> None:
    if person["employmentStatus"] != "ACTIVE":
        assert member_of(okta_half, person) == set()


@given(person=people)
def test_a_role_group_holds_exactly_its_job_codes_at_work_and_trained(
    okta_half: Declared, person: dict[str, Any]
) -> None:
    known, found = catalogue(), member_of(okta_half, person)
    for role in people_groups(known):
        if role.assignment is not Assignment.JOB_CODE:
            continue
        wanted = person["employmentStatus"] == "ACTIVE" and person["jobCode"] in job_codes(known, role)
        wanted = wanted and person["workerType"] != "VENDOR"
        if training_gated(known, role, TODAY):
            wanted = wanted and person["hipaaTrainingStatus"] == "CURRENT"
        assert (role.id in found) == wanted, role.id


def test_staff_of_a_vendor_have_no_role_of_the_workforce_whatever_code_hr_sends(okta_half: Declared) -> None:
    known = catalogue()
    for code in CODES:
        names = member_of(okta_half, {**CODER, "jobCode": code, "workerType": "VENDOR"})
        assert gives_access(names) == set(), code
        asks = {name.removeprefix("eligible-") for name in names if name.startswith("eligible-")}
        assert all(known.roles[name].vendor_staff for name in asks), code
    outside = {
        code
        for role in known.roles.values()
        if role.vendor_staff and role.request
        for code in role.request.eligible
    }
    code = sorted(outside)[0]
    assert "eligible-vendor-support" in member_of(
        okta_half, {**CODER, "jobCode": code, "workerType": "VENDOR"}
    )
    assert "eligible-vendor-support" not in member_of(okta_half, {**CODER, "jobCode": code})


def test_the_untrained_reach_no_group_with_ephi(okta_half: Declared) -> None:
    known = catalogue()
    for code in CODES:
        found = member_of(okta_half, {**CODER, "jobCode": code, "hipaaTrainingStatus": "EXPIRED"})
        for name in gives_access(found):
            assert not training_gated(known, known.roles[name], TODAY), (code, name)


@given(person=people)
def test_a_client_group_holds_those_assigned_to_it(okta_half: Declared, person: dict[str, Any]) -> None:
    found = member_of(okta_half, person) & CLIENT_GROUPS
    wanted = {
        f"client-{client.id}"
        for client in catalogue().clients.values()
        if client.code in person["assignedClients"] and client.status != "closed"
    }
    assert found == (wanted if person["employmentStatus"] == "ACTIVE" else set())


def test_the_help_desk_reaches_no_administrator_and_nobody_who_may_become_one(okta_half: Declared) -> None:
    known = catalogue()
    for code in CODES:
        names = member_of(okta_half, {**CODER, "jobCode": code})
        may = {name.removeprefix("eligible-") for name in names if name.startswith("eligible-")}
        if any(known.roles[name].privileged for name in gives_access(names) | may):
            assert "help-desk-scope" not in names, code
    assert groups.help_desk_codes(known)


def test_each_rule_fills_one_group_and_fits_the_limit(okta_half: Declared) -> None:
    for rule in of(okta_half, RULE).values():
        assert len(rule.inputs["groupAssignments"]) == 1
        assert len(rule.inputs["name"]) <= 50
        assert rule.inputs["removeAssignedUsers"] is True


def test_an_application_administrator_reaches_no_application_worth_more_than_internal_data(
    okta_half: Declared,
) -> None:
    scope = of(okta_half, "okta:index/resourceSet:ResourceSet")["admin-application-administrator"]
    apps = {item.id: name for kind in APPS for name, item in of(okta_half, kind).items()}
    reached = {apps[address.rsplit("/api/v1/apps/", 1)[1]] for address in scope.inputs["resources"]}
    assert reached == {"globalprotect-vpn", "training-lms"}
    holders = of(okta_half, "okta:index/adminRoleCustomAssignments:AdminRoleCustomAssignments")
    group = of(okta_half, "okta:group/group:Group")["application-administrator"]
    (member,) = holders["admin-application-administrator"].inputs["members"]
    assert member.endswith(f"/api/v1/groups/{group.id}")


def test_no_group_with_an_administrator_role_is_filled_by_a_rule(okta_half: Declared) -> None:
    filled = {rule.inputs["groupAssignments"][0] for rule in of(okta_half, RULE).values()}
    holders = {
        member.rsplit("/", 1)[1]
        for item in of(okta_half, "okta:index/adminRoleCustomAssignments:AdminRoleCustomAssignments").values()
        for member in item.inputs["members"]
    } | {item.inputs["groupId"] for item in of(okta_half, "okta:group/role:Role").values()}
    assert holders
    assert not holders & filled
