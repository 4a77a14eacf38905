"""The pack lets containment through, and nothing else that puts a person into a group."""

from __future__ import annotations

from dataclasses import replace

from incident_files import BREACH, LOST, PHISHED, with_incidents
from organisations import DAY, organisation, run

from billing_identity.policies.evaluate import Report, ResourceRecord, evaluate
from billing_identity.policies.framework.registry import rules
from billing_identity.review.pack_settings import pack_config
from billing_identity.review.previewing import records
from billing_identity.roles.model.catalogue import Catalogue

MEMBERSHIP = ("okta-no-direct-membership", "entra-no-direct-membership")


def judged(found: list[ResourceRecord], catalogue: Catalogue) -> Report:
    _, settings = organisation("reference")
    wanted = [rule for rule in rules() if rule.id in MEMBERSHIP]
    return evaluate(found, pack_config(settings, catalogue, DAY), wanted)


def opened() -> tuple[Catalogue, list[ResourceRecord]]:
    catalogue, settings = organisation("reference")
    whole = with_incidents(catalogue, PHISHED, BREACH, LOST)
    return whole, records(run(whole, settings, ("identity", "containment")))


def test_no_rule_stops_containment() -> None:
    catalogue, found = opened()
    assert any("GroupMemberships" in record.type for record in found)
    _, settings = organisation("reference")
    mine = [record for record in found if "billing-identity:containment" in record.urn]
    report = evaluate(found, pack_config(settings, catalogue, DAY))
    urns = {record.urn for record in mine}
    stopped = [(item.rule, item.message) for item in report.blocking if item.urn in urns]
    assert stopped == []


def test_somebody_whom_no_incident_names_is_still_refused() -> None:
    catalogue, found = opened()
    quiet = replace(catalogue, incidents={})
    assert {item.rule for item in judged(found, quiet).blocking} == set(MEMBERSHIP)


def test_a_membership_of_a_group_that_passes_policies_is_no_containment() -> None:
    """Near misses: the layer's own resources, the people of the incident, another group."""
    catalogue, found = opened()
    _, settings = organisation("reference")
    assert settings.okta is not None
    assert settings.entra is not None
    privileged = {
        "okta:index/groupMemberships:GroupMemberships": (
            "groupId",
            [settings.okta.break_glass_group, settings.okta.administrators_group, None],
        ),
        "azuread:index/groupMember:GroupMember": (
            "groupObjectId",
            [settings.entra.break_glass_group, settings.entra.administrators_group, None],
        ),
    }
    tried = 0
    for record in found:
        name, groups = privileged.get(record.type, ("", []))
        for group in groups:
            bent = replace(record, props={**record.props, name: group}, outputs={})
            assert judged([bent], catalogue).blocking, (record.urn, group)
            tried += 1
    assert tried >= 6


def test_a_membership_outside_the_containment_components_is_still_refused() -> None:
    catalogue, found = opened()
    elsewhere = [
        replace(record, urn=record.urn.replace("billing-identity:containment:", "somebody:else:"))
        for record in found
        if "GroupMember" in record.type
    ]
    assert {item.rule for item in judged(elsewhere, catalogue).blocking} == set(MEMBERSHIP)
