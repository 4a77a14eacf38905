"""Incidents for the tests of containment, and a catalogue that holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Incident

OKTA_USER, OKTA_OTHER = "00u00000000000000a01", "00u00000000000000a02"
ENTRA_USER = "11111111-2222-4333-8444-555555555555"
CENTER_USER = "906788888a-11111111-2222-4333-8444-555555555555"
ROLE = "arn:aws:iam::100000000004:role/claims-sender"
BASE: dict[str, Any] = {
    "kind": "incident",
    "summary": "A look-alike page took a password.",
    "opened_by": "security-analyst",
    "approver": "security-officer",
    "occurred": "2026-11-23T08:00:00Z",
    "detected": "2026-11-23T09:00:00Z",
    "expires": "2026-12-07T00:00:00Z",
}
PHISHED: dict[str, Any] = {
    **BASE,
    "id": "inc-2026-014",
    "incident": "phished-credentials",
    "scope": {
        "users": [OKTA_USER, ENTRA_USER],
        "systems": ["athenaone"],
        "blocked_networks": ["198.51.100.128/25"],
        "aws_users": [CENTER_USER],
        "aws_roles": [ROLE],
    },
}
BREACH: dict[str, Any] = {
    **BASE,
    "id": "inc-2026-015",
    "incident": "vendor-breach",
    "scope": {"vendors": ["waystar"], "systems": ["statement-portal", "availity"]},
}
LOST: dict[str, Any] = {
    **BASE,
    "id": "inc-2026-016",
    "incident": "lost-device",
    "scope": {"users": [OKTA_OTHER], "devices": ["guo00000000000000d01", ENTRA_USER]},
}
CLOSURE: dict[str, Any] = {
    "contained": "2026-11-23T10:00:00Z",
    "closed": "2026-11-24T08:00:00Z",
    "closure": {
        "root_cause": "A page in the company's colours.",
        "breach_risk_assessment": "Low probability of compromise.",
        "reportable": False,
        "control_changes": ["Keys for everybody."],
        "training_changes": ["The page is in the course."],
    },
}


def with_incidents(catalogue: Catalogue, *incidents: dict[str, Any]) -> Catalogue:
    made = [Incident.model_validate(fields) for fields in incidents]
    return replace(catalogue, incidents={incident.id: incident for incident in made})
