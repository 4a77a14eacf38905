"""Clients, vendors, programs and partners spoilt one by one."""

from __future__ import annotations

from check_case import Case, one, role, system

PARTIES = [
    one(
        "countries",
        system("snowflake"),
        "hosted_in: [US]",
        "hosted_in: [US, IE]",
        "hosted_in:",
        subject="client:riverbend-hospital",
    ),
    one(
        "countries", "vendors/waystar.yaml", "countries: [US], baa", "countries: [IN], baa", "countries: [IN]"
    ),
    one("countries", "organisation.yaml", "countries: [US]", "countries: [US, PH]", "countries:"),
    one(
        "countries",
        "clients/summit-pediatrics.yaml",
        "allowed_countries: [US]",
        "allowed_countries: [US, CA]",
        "allowed_countries:",
        "input",
    ),
    Case(
        "business-associate: ePHI at a vendor that is none",
        [("vendors/tebra.yaml", "business_associate: true", "business_associate: false")],
        "business-associate",
        system("tebra"),
        "vendor: tebra",
    ),
    Case(
        "vendor-unlinked: an associate that serves nothing",
        [
            (system("statement-portal"), "vendor: revspring\nidentity", "vendor: microsoft\nidentity"),
            (system("statement-portal"), "    vendor: revspring\n", ""),
        ],
        "vendor-unlinked",
        "vendors/revspring.yaml",
        "title: RevSpring",
        "notice",
    ),
    one(
        "baa-terms",
        "vendors/okta.yaml",
        "investigation_cooperation: true",
        "investigation_cooperation: false",
        "investigation_cooperation:",
    ),
    one(
        "baa-terms",
        "vendors/okta.yaml",
        "notice_of_leadership_changes: true",
        "notice_of_leadership_changes: false",
        "notice_of_leadership_changes:",
    ),
    one(
        "baa-subcontractor",
        "vendors/revspring.yaml",
        "baa_in_place: true",
        "baa_in_place: false",
        "baa_in_place: false",
    ),
    one(
        "breach-clock",
        "vendors/athenahealth.yaml",
        "breach_notice_hours: 72",
        "breach_notice_hours: 1400",
        "breach_notice_hours:",
    ),
    one(
        "baa-expiring",
        "vendors/okta.yaml",
        "expires: 2028-01-09",
        "expires: 2026-12-31",
        "expires:",
        "notice",
    ),
    one(
        "baa-term",
        "vendors/revspring.yaml",
        "expires: 2028-03-02",
        "expires: 2026-11-20",
        "expires:",
        "notice",
    ),
    one("baa-term", "vendors/okta.yaml", "signed: 2022-01-10", "signed: 2026-12-24", "signed:", "input"),
    Case(
        "baa-new-access: access given after the agreement ended",
        [
            ("vendors/revspring.yaml", "expires: 2028-03-02", "expires: 2026-11-20"),
            (
                role("patient-statements"),
                "statement-portal/submit\n    rationale: Sends statement runs to print "
                "and watches returned mail.\n    since: 2024-03-04",
                "statement-portal/submit\n    rationale: New.\n    since: 2026-11-21",
            ),
        ],
        "baa-new-access",
        role("patient-statements"),
        "statement-portal/submit",
        also={"baa-term"},
        subject="role:patient-statements",
    ),
    Case(
        "baa-new-access: access given at an unstated time",
        [
            ("vendors/revspring.yaml", "expires: 2028-03-02", "expires: 2026-11-20"),
            (
                role("billing-supervisor"),
                "risk:",
                "  - entitlement: statement-portal/submit\n    rationale: New.\nrisk:",
            ),
        ],
        "baa-new-access",
        role("billing-supervisor"),
        "statement-portal/submit",
        also={"baa-term"},
    ),
    Case(
        "baa-lapsed-flow: ePHI still flows after the grace period: told, for a date holds nothing up",
        [("vendors/revspring.yaml", "expires: 2028-03-02", "expires: 2026-09-01")],
        "baa-lapsed-flow",
        system("statement-portal"),
        "    vendor: revspring",
        severity="notice",
        also={"baa-term"},
    ),
    Case(
        "baa-new-access: a flow that began after the agreement ended",
        [
            ("vendors/revspring.yaml", "expires: 2028-03-02", "expires: 2026-09-01"),
            (system("statement-portal"), "since: 2025-04-07", "since: 2026-09-02"),
        ],
        "baa-new-access",
        system("statement-portal"),
        "    vendor: revspring",
        also={"baa-term"},
    ),
    Case(
        "baa-new-access: a flow that began at an unstated time",
        [
            ("vendors/revspring.yaml", "expires: 2028-03-02", "expires: 2026-09-01"),
            (system("statement-portal"), "    since: 2025-04-07\n", ""),
        ],
        "baa-new-access",
        system("statement-portal"),
        "    vendor: revspring",
        also={"baa-term"},
    ),
    one("due-diligence", "vendors/okta.yaml", "next_due: 2027-09-15", "next_due: 2026-11-23", "next_due:"),
    one("due-diligence", "vendors/okta.yaml", "next_due: 2027-09-15", "next_due: 2028-09-15", "next_due:"),
    one(
        "due-diligence",
        "vendors/okta.yaml",
        "result: satisfactory",
        "result: unsatisfactory",
        "result: unsatisfactory",
    ),
    one(
        "due-diligence",
        "vendors/okta.yaml",
        "valid_until: 2027-10-31",
        "valid_until: 2026-10-31",
        "valid_until: 2026-10-31",
    ),
    one(
        "client-life",
        "clients/summit-pediatrics.yaml",
        "status: active",
        "status: offboarding",
        "status:",
        "input",
    ),
    one(
        "client-life",
        "clients/harbor-family-practice.yaml",
        "status: offboarding",
        "status: closed",
        "offboarding: {",
        "input",
    ),
    one(
        "client-life",
        "clients/harbor-family-practice.yaml",
        "status: offboarding",
        "status: active",
        "offboarding: {",
        "input",
    ),
    one(
        "client-agreement",
        "clients/lakeside-orthopedics.yaml",
        "expires: 2027-09-17",
        "expires: 2026-11-23",
        "agreement:",
    ),
    one(
        "client-return",
        "clients/harbor-family-practice.yaml",
        "ends_on: 2027-05-31",
        "ends_on: 2026-11-23",
        "offboarding:",
    ),
    one(
        "client-return",
        "clients/harbor-family-practice.yaml",
        "ends_on: 2027-05-31",
        "ends_on: 2026-07-31, returned_on: 2026-08-01",  # locks ended on 30 October
        "offboarding:",
    ),
    Case(
        "shared-credential: one key for two programs",
        [
            (
                "service-accounts/remittance-fetcher.yaml",
                "key_id: remittance-fetcher-2026-10",
                "key_id: claims-sender-2026-10",
            )
        ],
        "shared-credential",
        "service-accounts/remittance-fetcher.yaml",
        "key_id:",
        "input",
    ),
    Case(
        "shared-credential: one subject for two programs",
        [
            (
                "service-accounts/statement-sender.yaml",
                "system:serviceaccount:integration:statement-sender",
                "system:serviceaccount:logging:entra-log-collector",
            )
        ],
        "shared-credential",
        "service-accounts/statement-sender.yaml",
        "subject:",
        "input",
    ),
    one(
        "rotation-overdue",
        "service-accounts/claims-sender.yaml",
        "rotated: 2026-10-12",
        "rotated: 2026-05-27",
        "rotated:",
    ),
    one(
        "service-accounts",
        "service-accounts/claims-sender.yaml",
        "provider: okta",
        "provider: none",
        "provider:",
        "input",
    ),
    one(
        "service-accounts",
        "service-accounts/claims-sender.yaml",
        "rotated: 2026-10-12",
        "rotated: 2026-11-25",
        "rotated:",
        "input",
    ),
]
