"""The access policy and the incident plan spoilt one by one."""

from __future__ import annotations

from cases_of_sftp_partners import sftp_cases
from check_case import PLAN, POLICY, Case, one, role, system

TWO_RINGS = "{ pilot: 2026-07-06, high-risk: 2026-11-03 }"


DEADLINES = "ring_deadlines:"


COMPANY = [
    one(
        "profile-limits",
        POLICY,
        "inactivity: { workforce_days: 45",
        "inactivity: { workforce_days: 90",
        "inactivity:",
    ),
    Case(
        "profile-limits: the STIG",
        [(POLICY, "profile: hipaa-2013", "profile: disa-okta-stig")],
        "profile-limits",
        POLICY,
        "idle_minutes: 30",
        also={"password-policy"},
    ),
    one("profile-limits", POLICY, "other_roles: half-yearly", "other_roles: yearly", "other_roles:"),
    one("profile-limits", POLICY, "privileged_days: 30", "privileged_days: 45", "inactivity:"),
    one("plain-text", role("finance"), "title: Finance", 'title: "Finance\\e[2J"', "title:", "input"),
    one("plain-text", role("finance"), "title: Finance", 'title: "Finance\\u202E"', "title:", "input"),
    one(
        "factors",
        POLICY,
        "factors: [fido2, device-bound, push]",
        "factors: [fido2, sms]",
        "factors: [fido2, sms]",
    ),
    one(
        "service-scopes",
        "service-accounts/okta-drift-reader.yaml",
        "okta.groups.read, okta.policies.read]",
        "okta.everything.manage]",
        "scopes:",
        "input",
    ),
    one(
        "service-scopes-wide",
        "service-accounts/okta-drift-reader.yaml",
        "okta.groups.read, okta.policies.read]",
        "okta.users.manage]",
        "scopes:",
    ),
    one("sms-fallback", POLICY, 'ends: "2027-04-30"', 'ends: "2026-11-23"', "ends:"),
    one("sms-fallback", POLICY, 'ends: "2027-04-30"', 'ends: "2027-11-26"', "ends:"),
    Case(
        "device-assurance: ePHI from any device",
        [
            (
                POLICY,
                "reauthenticate_hours: 8\n    managed_device: true",
                "reauthenticate_hours: 8\n    managed_device: false",
            )
        ],
        "device-assurance",
        POLICY,
        "managed_device: false",
    ),
    Case(
        "device-assurance: administration from any network",
        [
            (
                POLICY,
                "managed_device: true\n    zones: [corporate-egress]\n  payer-portal:",
                "managed_device: true\n  payer-portal:",
            )
        ],
        "device-assurance",
        POLICY,
        "privileged:",
    ),
    one(
        "session-limits",
        POLICY,
        "reauthenticate_hours: 8",
        "reauthenticate_hours: 13",
        "reauthenticate_hours: 13",
    ),
    one(
        "unique-names",
        system("sharepoint-online"),
        "first_party: sharepoint-online",
        "first_party: exchange-online",
        "first_party:",
        "input",
    ),
    one("sms-fallback", POLICY, 'ends: "2027-04-30"', 'ends: "2027-02-30"', "ends:", "input"),
    one("zones-and-rings", POLICY, "192.0.2.16/28", "192.0.2.17/28", "192.0.2.17/28", "input"),
    one("zones-and-rings", POLICY, "192.0.2.16/28", "0.0.0.0/0", "0.0.0.0/0", "input"),
    *(
        one("zones-and-rings", POLICY, "192.0.2.16/28", cidr, cidr, "input")
        for cidr in ("127.0.0.0/24", "169.254.0.0/24", "224.0.0.0/24", "192.168.0.0/24", "fc00::/48")
    ),
    one(
        "zones-and-rings",
        POLICY,
        "203.0.113.64/27]",
        "203.0.113.0/27]",
        "203.0.113.0/27, 203.0.113.0",
        "input",
    ),
    one(
        "zones-and-rings",
        POLICY,
        "rings: [pilot, high-risk, everyone]",
        "rings: [pilot, high-risk, everyone, pilot]",
        "rings:",
        "input",
    ),
    one(
        "zones-and-rings",
        POLICY,
        "rings: [pilot, high-risk, everyone]",
        "rings: [pilot, middle, high-risk, everyone]",
        "rings:",
        "input",
        also={"ring-order"},
    ),
    one("ring-order", POLICY, "pilot: 2026-07-06, ", "", "enforced_since:", "input"),
    one("ring-order", POLICY, "high-risk: 2026-08-03, ", "", "enforced_since:", "input"),
    one("ring-order", POLICY, "high-risk: 2026-08-03", "high-risk: 2026-07-19", "enforced_since:", "input"),
    one("ring-order", POLICY, "everyone: 2026-09-14", "everyone: 2026-11-25", "enforced_since:", "input"),
    Case(
        "directory-roles: a high one for federated people",
        [
            (
                system("entra-admin"),
                "directory_roles: [security-reader]",
                "directory_roles: [user-administrator]",
            )
        ],
        "directory-roles",
        role("security-analyst"),
        "entitlement: entra-admin/security-reader",
        "input",
    ),
    one(
        "zones-and-rings",
        POLICY,
        "    zones: [corporate-egress]",
        "    zones: [headquarters]",
        "zones: [headquarters]",
        "input",
    ),
    one(
        "zone-without-people",
        POLICY,
        "    zones: [corporate-egress]",
        "    zones: [corporate-egress, aws-workloads]",
        "zones: [corporate-egress, aws-workloads]",
    ),
    Case(
        "zone-without-people: the VPN asks for the addresses that it gives",
        [
            (system("globalprotect-vpn"), "tier: ephi", "tier: privileged"),
            (
                POLICY,
                "zones: [corporate-egress]\n  payer-portal:",
                "zones: [ corporate-egress ]\n  payer-portal:",
            ),
        ],
        "zone-without-people",
        POLICY,
        "zones: [ corporate-egress ]",
    ),
    one("hr-attributes", POLICY, "outside: VENDOR", "outside: GUEST", "outside: GUEST", "input"),
    one("hr-attributes", POLICY, "  outside: VENDOR\n", "", "    worker_type:", "input"),
    one("hr-attributes", POLICY, "active: ACTIVE", "active: TERMINATED", "active: TERMINATED", "input"),
    one("hr-attributes", POLICY, "trained: CURRENT", "trained: EXPIRED", "trained: EXPIRED", "input"),
    one("hr-attributes", POLICY, "ended: [TERMINATED]", "ended: [GONE]", "ended: [GONE]", "input"),
    one("retention", POLICY, "logs_days: 2192", "logs_days: 2190", "retention:"),
    one("backup-retention", POLICY, "backups_days: 35", "backups_days: 30", "retention:"),
    one(
        "client-key",
        "clients/riverbend-hospital.yaml",
        "own_key: true",
        "own_key: false",
        "own_key: false",
    ),
    *sftp_cases(),
    Case(
        "hr-attributes: two in one place",
        [(POLICY, "okta: assignedClients", "okta: jobCode")],
        "hr-attributes",
        POLICY,
        "title: Assigned clients",
        "input",
    ),
    one("hr-attributes", POLICY, "trained: CURRENT", "trained: DONE", "trained: DONE", "input"),
    one(
        "hr-attributes",
        POLICY,
        "    access_end: { title: Last day of access, okta: accessEndDate, "
        "entra: extensionAttribute7, type: string }\n",
        "",
        "attributes:",
        "input",
    ),
    one(
        "hr-attributes",
        POLICY,
        "entra: extensionAttribute7",
        "entra: employeeHireDate",
        "employeeHireDate",
        "input",
    ),
    *(
        Case(
            f"{code}: {since} {by}",
            [
                (POLICY, "{ pilot: 2026-07-06, high-risk: 2026-08-03, everyone: 2026-09-14 }", since),
                (POLICY, "{ high-risk: 2026-08-31, everyone: 2026-10-31 }", by),
            ],
            code,
            POLICY,
            at,
            severity,
            also=also,
        )
        for code, since, by, at, severity, also in (
            ("rollout-under-way", TWO_RINGS, "{ everyone: 2027-01-31 }", DEADLINES, "notice", set[str]()),
            ("ring-overdue", TWO_RINGS, "{ everyone: 2026-11-23 }", DEADLINES, "policy", set[str]()),
            ("ring-order", TWO_RINGS, "{ high-risk: 2026-08-31 }", "enforced_since:", "input", set[str]()),
            ("ring-order", TWO_RINGS, "{ everyone: 2027-05-03 }", DEADLINES, "input", set[str]()),
            ("ring-order", TWO_RINGS, "{ everyone: 2026-11-16 }", DEADLINES, "input", set[str]()),
            (
                "ring-order",
                "{ pilot: 2026-11-03 }",
                "{ high-risk: 2026-12-31, everyone: 2027-01-10 }",
                DEADLINES,
                "input",
                {"rollout-under-way"},
            ),
        )
    ),
    one("alert-coverage", POLICY, "  root-used:", "  root-seen:", "alerts:"),
    one(
        "alert-at-once",
        POLICY,
        "Break-glass account or role used, count: 1,",
        "Break-glass account or role used, count: 100,",
        "break-glass-used:",
    ),
    one(
        "alert-at-once",
        POLICY,
        "root user active, count: 1, window_minutes: 1, severity: critical",
        "root user active, count: 1, window_minutes: 1, severity: low",
        "root-used:",
    ),
    one("password-policy", POLICY, "maximum_age_days: 0", "maximum_age_days: 90", "maximum_age_days:"),
    one("password-policy", POLICY, "minimum_length: 15", "minimum_length: 12", "minimum_length:"),
    one(
        "break-glass",
        POLICY,
        "  approvers: [security-officer, privacy-officer]\n  review_hours",
        "  approvers: [security-officer]\n  review_hours",
        "  approvers: [security-officer]",
    ),
    *(
        one("break-glass", role("break-glass-responder"), old, new, at, also=also)
        for old, new, at, also in (
            ("max_hours: 4", "max_hours: 5", "max_hours:", set[str]()),
            ("max_hours: 4", "max_hours: 1000", "max_hours:", {"request-terms"}),
            ("approvers: [security-officer,", "approvers: [it-admin,", "approvers:", set[str]()),
            ("privileged: true", "privileged: false", "privileged:", set[str]()),
        )
    ),
    one(
        "break-glass",
        POLICY,
        "role: break-glass-responder",
        "role: security-analyst",
        "role: security-analyst",
        "input",
    ),
    one(
        "separation-rules",
        POLICY,
        "left: { title: Requests refunds, risks: [requests-refunds] }",
        "left: { title: Requests refunds }",
        "left: { title: Requests refunds }",
        "input",
    ),
    one(
        "separation-rules",
        POLICY,
        '"164.312(c)(1)", "164.308',
        '"164.312(f)", "164.308',
        "164.312(f)",
        "input",
    ),
    Case(
        "separation-rules: one id for two rules",
        [(POLICY, "id: receipts-and-payouts", "id: federation")],
        "separation-rules",
        POLICY,
        "id: federation",
        "input",
    ),
    one(
        "separation-rules",
        POLICY,
        "right: { title: Approves deployments, risks: [deploys-code] }",
        "right: { title: Approves deployments, risks: [deploys-code, changes-code] }",
        "right: { title: Approves deployments",
        "input",
        also={"code-and-deployment"},
    ),
    Case(
        "separation-rule-idle",
        [(system("athenaone"), "    risks: [audits-coding]\n", "")],
        "separation-rule-idle",
        POLICY,
        "right: { title: Audits coding",
        "notice",
    ),
    one("incident-plan", PLAN, "  - kind: insurer", "  - kind: communications", "contacts:"),
    one(
        "incident-plan",
        PLAN,
        "incident: vendor-breach",
        "incident: lost-device",
        "- incident: lost-device",
        also={"incident-plan"},
    ),
    one("incident-plan", PLAN, "Factor two of 164.402(2)", "Factor two", "decision_criteria:"),
    one("incident-plan", PLAN, "audience: individuals", "audience: workforce", "templates:"),
    one("incident-plan", PLAN, "    deputy: finance", "    deputy: controller", "deputy: controller"),
    one(
        "no-secrets",
        role("finance"),
        "rationale: Books",
        "rationale: AKIAIOSFODNN7EXAMPLE Books",
        "AKIAIOSFODNN7EXAMPLE",
        "input",
    ),
    one(
        "no-secrets",
        "service-accounts/claims-sender.yaml",
        "purpose: Sends",
        "purpose: ghp_abcdefghijklmnopqrstuvwxyz0123456789AB sends",
        "purpose:",
        "input",
    ),
    one(
        "no-persons",
        "clients/summit-pediatrics.yaml",
        "compliance@summit",
        "jane.doe@summit",
        "contact:",
        "input",
    ),
]
