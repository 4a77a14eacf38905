"""The incident plan is complete: people, contacts, messages, a playbook for each kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import IncidentKind
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "incident-plan"
TITLE = "The incident plan is complete"
CITATIONS = ("164.308(a)(6)(i)", "164.308(a)(6)(ii)", "164.402")

CONTACTS = frozenset({"counsel", "insurer", "forensics", "regulator"})
MESSAGES = frozenset({"client", "individuals", "regulator", "workforce"})
FACTORS = 4
"""The breach risk assessment of 164.402(2) weighs four factors."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Missing contacts, messages, playbooks and assessment factors; deputies who are their own principal."""
    plan = catalogue.incident_plan

    def fault(path: Steps, message: str, remedy: str) -> Problem:
        return finding(
            catalogue,
            plan,
            path,
            code=ID,
            message=message,
            remedy=remedy,
            citations=CITATIONS,
            liftable=False,
        )

    if missing := CONTACTS - {contact.kind for contact in plan.contacts}:
        yield fault(
            ("contacts",), f"the plan has no contact for: {spoken(sorted(missing))}", "add one of each kind"
        )
    if missing := MESSAGES - {template.audience for template in plan.templates}:
        yield fault(
            ("templates",), f"no message is prepared for: {spoken(sorted(missing))}", "add a template"
        )
    kinds = [playbook.incident for playbook in plan.playbooks]
    if missing := set(get_args(IncidentKind)) - set(kinds):
        yield fault(("playbooks",), f"there is no playbook for: {spoken(sorted(missing))}", "add one")
    for index, kind in enumerate(kinds):
        if kind in kinds[:index]:
            yield fault(("playbooks", index), f"there are two playbooks for {kind}", "merge them")
    for index, member in enumerate(plan.team):
        if member.role == member.deputy:
            yield fault(
                ("team", index, "deputy"),
                f"`{member.deputy}` deputises for itself as {member.function.lower()}",
                "name another role",
            )
    weighed = sum("164.402" in criterion.if_yes for criterion in plan.decision_criteria)
    if weighed < FACTORS:
        yield fault(
            ("decision_criteria",),
            f"{weighed} of the four factors of the breach risk assessment are among the decision criteria",
            "add one criterion a factor, each naming 164.402(2) in `if_yes`",
        )
