"""Separation of duties, spoilt."""

from __future__ import annotations

from check_case import Case, grant, role

SEPARATION = [
    grant(
        "adjustments-and-refunds",
        "payment-poster",
        "athenaone/refund-approval",
        subject="role:payment-poster",
    ),
    grant("refund-requests-and-approvals", "ar-specialist", "athenaone/refund-approval", also={"role-risk"}),
    grant("receipts-and-payouts", "payment-poster", "netsuite/release-payments"),
    grant("payments-and-bank-details", "payment-poster", "netsuite/bank-details"),
    grant("bank-details-and-release", "controller", "netsuite/release-payments"),
    grant("adjustments-and-their-approval", "billing-supervisor", "athenaone/adjustment-posting"),
    grant("charges-and-payments", "payment-poster", "athenaone/charge-entry"),
    grant("charges-and-fee-schedules", "billing-supervisor", "tebra/charge-entry"),
    grant("coding-and-coding-audit", "compliance-auditor", "athenaone/coding"),
    grant("enrolment-and-claims", "denial-management", "pecos/enrolment"),
    grant(
        "onboarding-and-bank-details",
        "client-onboarding",
        "netsuite/bank-details",
        also={"role-risk"},
    ),
    grant("identity-and-access-approval", "identity-administrator", "jira-service-management/approve-access"),
    grant(
        "key-administration-and-use",
        "key-administrator",
        "aws/ephi-data-operator",
        also={"minimum-necessary"},
    ),
    grant("key-destruction", "key-custodian", "aws/key-administrator"),
    grant("logging-and-log-review", "logging-administrator", "siem/investigate"),
    grant(
        "export-and-logging",
        "logging-administrator",
        "snowflake/bulk-export",
        also={"minimum-necessary"},
    ),
    grant("code-and-deployment", "cloud-engineer", "github/write"),
    grant("credential-reset-and-money", "help-desk", "netsuite/release-payments", also={"minimum-necessary"}),
    Case(
        "job code that asks for its way to a conflict",
        [(role("key-administrator"), "eligible: [IT-CLOUD]", "eligible: [IT-CLOUD, IT-DATA]")],
        "key-administration-and-use",
        role("key-administrator"),
        "eligible:",
        subject="job-code:IT-DATA",
    ),
    Case(
        "two roles of one job code",
        [(role("charge-entry"), "job_codes: [RCM-CHARGE]", "job_codes: [RCM-CHARGE, RCM-POSTER]")],
        "charges-and-payments",
        role("payment-poster"),
        "entitlement: tebra/payment-posting",
        subject="job-code:RCM-POSTER",
    ),
    Case(
        "service account with both sides",
        [
            (
                "service-accounts/okta-deployer.yaml",
                "entitlements: [okta-admin/organization-administrator]",
                "entitlements: [okta-admin/organization-administrator, "
                "jira-service-management/approve-access]",
            )
        ],
        "identity-and-access-approval",
        "service-accounts/okta-deployer.yaml",
        "entitlements:",
        also={"service-accounts"},
        subject="service-account:okta-deployer",
    ),
]
