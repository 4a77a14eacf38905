"""Incidents spoilt one by one."""

from __future__ import annotations

from check_case import Case

INCIDENT = """incident: lost-device
summary: A laptop was left on a train.
scope:
  devices: [guo00000000000000d01]
  systems: [azure-virtual-desktop]
opened_by: security-analyst
approver: security-officer
occurred: 2026-11-20T08:00:00Z
detected: 2026-11-20T09:00:00Z
contained: 2026-11-20T09:30:00Z
expires: 2026-12-04T00:00:00Z
"""


CLOSURE = """closed: 2026-11-22T10:00:00Z
closure:
  root_cause: A bag left behind.
  breach_risk_assessment: Low probability of compromise, the disk was encrypted.
  reportable: false
  control_changes: [None needed beyond the wipe.]
  training_changes: [The case was added to the course.]
"""


INC = "incidents/inc-2026-014.yaml"


SCOPE = "  devices: [guo00000000000000d01]\n  systems: [azure-virtual-desktop]"


def _blocking(cidr: str) -> str:
    return INCIDENT.replace(SCOPE, f"{SCOPE}\n  blocked_networks: [{cidr}]")


HARBOR = "clients/harbor-family-practice.yaml"
BACK = "ends_on: 2027-05-31, returned_on: 2026-11-10"
NAMED = INCIDENT.replace("systems: [azure-virtual-desktop]", "clients: [harbor-family-practice]")

INCIDENTS = [
    *(
        Case(
            f"client-held: {name}",
            [(INC, "", text), (HARBOR, "ends_on: 2027-05-31", BACK)],
            "client-held",
            HARBOR,
            "offboarding:",
            also=also,
        )
        for name, text, also in (
            ("the client is named", NAMED, set[str]()),
            ("by a system", INCIDENT, set[str]()),
            (
                "its containment has ended, the incident has not",
                NAMED.replace("2026-12-04", "2026-11-23"),
                {"containment-ended"},
            ),
        )
    ),
    Case(
        "closing without closure",
        [(INC, "", INCIDENT + "closed: 2026-11-22T10:00:00Z\n")],
        "incident-closure",
        INC,
        "closed:",
    ),
    Case(
        "closure of an open incident",
        [(INC, "", INCIDENT + CLOSURE.split("\n", 1)[1])],
        "incident-closure",
        INC,
        "closure:",
    ),
    Case(
        "containment that ran out",
        [(INC, "", INCIDENT.replace("2026-12-04", "2026-11-23"))],
        "containment-ended",
        INC,
        "expires:",
    ),
    Case(
        "times out of order",
        [(INC, "", INCIDENT.replace("contained: 2026-11-20", "contained: 2026-11-19"))],
        "incidents",
        INC,
        "contained:",
        "input",
    ),
    Case(
        "no time zone",
        [(INC, "", INCIDENT.replace("09:30:00Z", "09:30:00"))],
        "incidents",
        INC,
        "contained:",
        "input",
    ),
    Case(
        "one hand",
        [(INC, "", INCIDENT.replace("approver: security-officer", "approver: security-analyst"))],
        "incidents",
        INC,
        "approver:",
    ),
    Case(
        "nothing contained",
        [(INC, "", INCIDENT.replace(SCOPE, "  systems: []"))],
        "incidents",
        INC,
        "scope:",
        "input",
        also={"incident-scope"},
    ),
    *(
        Case(f"incident-scope: {name}", [(INC, "", text)], "incident-scope", INC, at, "input")
        for name, text, at in (
            ("device without device", INCIDENT.replace(SCOPE, "  systems: [siem]"), "scope:"),
            ("phishing without account", INCIDENT.replace("lost-device", "phished-credentials"), "scope:"),
            ("breach without vendor", INCIDENT.replace("lost-device", "vendor-breach"), "scope:"),
            ("own office blocked", _blocking("203.0.113.0/28"), "blocked_networks:"),
            ("the internet blocked", _blocking("0.0.0.0/1"), "blocked_networks:"),
            ("no range", _blocking("203.0.113.999/32"), "blocked_networks:"),
            ("host bits", _blocking("198.51.100.77/24"), "blocked_networks:"),
        )
    ),
]
