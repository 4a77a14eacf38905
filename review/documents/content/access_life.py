"""Joiners, movers and leavers: a section of the Access Control Policy."""

from __future__ import annotations

from billing_identity.review.documents.model import Section
from billing_identity.review.documents.writer import Writer, hours, section, table
from billing_identity.roles.model.vocabulary import Provider, Provisioning

GROUP_RULES = ("okta:group/rule:Rule", "azuread:index/group:Group")
EMPLOYED = ("okta-group-rule-requires-active-employment", "entra-dynamic-group-requires-active-employment")


def life(w: Writer) -> Section:
    """The section for the writer's company."""
    hr, officer = w.policy.hr, w.policy.security_officer
    return section(
        "Joiners, movers and leavers",
        w.say(
            f"{hr.source} is the only source of who works here, in which job and for which clients.",
            checks=["hr-attributes"],
            resources=["okta:index/userSchemaProperty:UserSchemaProperty"],
            cite=["164.308(a)(4)(ii)(C)"],
        ),
        w.say(
            "Group rules over the job code give and take roles when the provider receives the change.",
            resources=GROUP_RULES,
            otherwise=officer,
            cite=["164.308(a)(4)(ii)(C)"],
        ),
        w.say(
            "Human resources enter a joining, a move or a leaving on the day it happens.",
            people=[officer],
            cite=["164.308(a)(3)(ii)(C)"],
        ),
        w.say(
            f"Whoever is not {hr.active} belongs to no role's group that a rule fills.",
            rules=EMPLOYED,
            otherwise=officer,
            cite=["164.308(a)(3)(ii)(C)"],
        ),
        w.say(
            "Deleting a group rule takes its members out of the group.",
            rules=["okta-group-rule-clean-up"],
            otherwise=officer,
            cite=["164.308(a)(3)(ii)(C)"],
        ),
        w.say(
            f"Accounts without use for {w.policy.inactivity.workforce_days} days lose their access, "
            f"privileged ones after {w.policy.inactivity.privileged_days} days.",
            people=[officer],
            cite=["164.308(a)(3)(ii)(C)"],
        ),
        table(
            ("System without federation", "When somebody leaves", "Within", "By whom"),
            (
                w.row(
                    system.title,
                    local.leaver_task,
                    hours(local.leaver_hours),
                    w.title(local.provisioned_by),
                    people=[local.provisioned_by],
                    checks=["federation"],
                    cite=["164.308(a)(3)(ii)(C)"],
                )
                for system in w.catalogue.systems.values()
                if (local := system.identity.local_accounts) is not None
            ),
        ),
        table(
            ("System with accounts made by hand or at first sign-in", "How its account ends", "By whom"),
            (
                w.row(
                    system.title,
                    "sign-in ends with the group; the account is removed at the next review"
                    if system.identity.provisioning is Provisioning.JUST_IN_TIME
                    else "removed by hand on the day of leaving",
                    w.title(system.owner),
                    people=[system.owner],
                    cite=["164.308(a)(3)(ii)(C)"],
                )
                for system in w.catalogue.systems.values()
                if system.identity.provider is not Provider.NONE
                and system.identity.provisioning in (Provisioning.JUST_IN_TIME, Provisioning.MANUAL)
            ),
        ),
    )
