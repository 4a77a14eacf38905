"""Every vendor's agreement ends on one day: what goes by itself, what stays, and that nothing is held up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from organisations import DAY, organisation, run

from billing_identity.policies.evaluate import evaluate
from billing_identity.review.pack_settings import pack_config
from billing_identity.review.preview.record import Registration
from billing_identity.review.previewing import records
from billing_identity.roles.access import is_platform
from billing_identity.roles.checks import run_checks
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vendor import Vendor

LAYERS = ("identity", "keys", "logging", "data")
ENDED = date(2026, 9, 1)


def _ended(vendor: Vendor) -> Vendor:
    if vendor.baa is None:
        return vendor
    return vendor.model_copy(update={"baa": vendor.baa.model_copy(update={"expires": ENDED})})


@cache
def lapsed() -> Catalogue:
    catalogue, _ = organisation("reference")
    return replace(catalogue, vendors={name: _ended(vendor) for name, vendor in catalogue.vendors.items()})


@cache
def resources(catalogue_lapsed: bool) -> dict[str, Registration]:
    catalogue, settings = organisation("reference")
    preview = run(lapsed() if catalogue_lapsed else catalogue, settings, LAYERS)
    return {f"{item.type.rsplit(':', 1)[1]} {item.name}": item for item in preview.resources()}


def withdrawn_systems() -> set[str]:
    return {
        system.id
        for system in lapsed().systems.values()
        if system.vendor is not None
        and lapsed().vendors[system.vendor].baa is not None
        and not is_platform(system)
    }


def gone() -> set[str]:
    return set(resources(False)) - set(resources(True))


def test_a_date_holds_up_no_check_and_no_deployment() -> None:
    problems = run_checks(lapsed(), DAY)
    found = [problem for problem in problems if problem.severity != "notice" and not problem.lifted_by]
    # Of this day, and so given after the end: new access is what an agreement's end does stop.
    assert {(problem.code, problem.subject) for problem in found} == {
        ("baa-new-access", "role:application-administrator")
    }
    catalogue, settings = lapsed(), organisation("reference")[1]
    declared = records(run(catalogue, settings, LAYERS))
    report = evaluate(declared, pack_config(settings, catalogue, DAY))
    assert [(item.rule, item.message) for item in report.blocking] == []


def test_nothing_protected_and_no_group_goes() -> None:
    """The engine refuses to delete what is protected; members added by hand would not come back."""
    before = resources(False)
    assert {name for name in gone() if before[name].options.protect} == set()
    assert {name for name in gone() if name.split(" ")[0] == "Group"} == set()
    assert {name for name in gone() if "Membership" in name} == set()


def test_people_lose_the_systems_and_keep_the_controls() -> None:
    after = resources(True)
    assert "statement-portal" in withdrawn_systems()
    assert not {"okta-admin", "entra-admin", "aws"} & withdrawn_systems()
    assert any(name.startswith("AppRoleAssignment statement-portal") for name in gone())
    lost = {name for name in gone() if name.startswith("GroupAssignment")}
    assert "GroupAssignment athenaone-payment-poster" in lost
    assert not any(name.startswith("GroupAssignment aws-") for name in lost)
    assert "DirectoryRoleAssignment directory-security-officer-global-reader" in after
    assert {name for name in resources(False) if "AdminRole" in name} == {
        name for name in after if "AdminRole" in name
    }


def test_programs_lose_their_tokens_and_partners_their_users() -> None:
    after = resources(True)
    assert after["OAuth svc-claims-sender"].inputs["status"] == "INACTIVE"
    assert after["OAuth svc-okta-drift-reader"].inputs["status"] == "ACTIVE"
    assert after["ServicePrincipal statement-sender"].inputs["accountEnabled"] is False
    assert "AppRoleAssignment statement-sender-submit" in gone()
    users = {name for name in gone() if name.startswith("User sftp-")}
    assert users == {name for name in resources(False) if name.startswith("User sftp-claims-to-waystar")}
    assert users
    assert any(name.startswith("User sftp-hospital-extracts") for name in after)
