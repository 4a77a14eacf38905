"""Each check finds its fault in the reference organisation with one thing spoilt, and finds nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field

import pytest
from catalogue_bench import TODAY, Workbench

from billing_identity.roles import checks
from billing_identity.roles.checks import run_checks
from billing_identity.roles.checks.exception_target import UNLIFTABLE
from billing_identity.roles.citations.registry import known
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.problems import Problem

POLICY = "access-policy.yaml"
PLAN = "incident-plan.yaml"


ANOTHER_CLIENT = (
    (REFERENCE / "clients/clearwater-laboratory.yaml")
    .read_text()
    .replace("title: Clearwater", "title: Onboarding")
    .replace("code: CLWL", "code: ONBD")
)


ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJj11JAOw2wEzwtVfnBv1z4jyWqrvB9rTqWoN9f3bSVs"


@dataclass
class Case:
    """One spoilt catalogue. `edits` are (file, old, new); an `old` of None appends, of "" writes the file.

    Expected: a new problem `code` of `severity` at the line of `file` that holds `at`, and no other codes
    than `also`.
    """

    name: str
    edits: list[tuple[str, str | None, str]]
    code: str
    file: str
    at: str
    severity: str = "policy"
    also: set[str] = field(default_factory=set)
    subject: str | None = None


def role(name: str) -> str:
    return f"roles/{name}.yaml"


def system(name: str) -> str:
    return f"systems/{name}.yaml"


def one(
    code: str, file: str, old: str | None, new: str, at: str, severity: str = "policy", **rest: object
) -> Case:
    """A case of a single edit in the file where the problem is seen."""
    return Case(f"{code}: {new.strip()[:50]}", [(file, old, new)], code, file, at, severity, **rest)  # type: ignore[arg-type]


GRANT = """  - entitlement: {name}
    rationale: A test.
    since: 2026-11-20
risk:"""


def sftp_cases() -> list[Case]:
    """Partners of the SFTP server spoilt one by one."""
    aws = system("aws")
    first, second = re.findall(r"public_key: (.+)", (REFERENCE / aws).read_text())
    old_rsa = (
        "ssh-rsa "
        + b64encode(
            b"".join(
                len(part).to_bytes(4, "big") + part
                for part in (b"ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\xc3" * 256)
            )
        ).decode()
    )
    private = "-----BEGIN " + "OPENSSH PRIVATE KEY-----"
    return [
        one("sftp-partner", aws, "192.0.2.32/28", "192.0.2.33/28", "192.0.2.33/28", "input"),
        one("sftp-partner", aws, "192.0.2.32/28", "198.18.0.0/15", "198.18.0.0/15", "input"),
        one("sftp-partner", aws, "192.0.2.32/28", "127.0.0.0/28", "127.0.0.0/28", "input"),
        one("sftp-partner", aws, "192.0.2.32/28", "partner.example", "partner.example", "input"),
        one("sftp-partner", aws, "    client: riverbend-hospital\n", "", "    sftp:", "input"),
        one("sftp-key", aws, first, "hands off", "public_key: hands off", "input"),
        one("sftp-key", aws, first, first[:-12], f"public_key: {first[:-12]}", "input", also={"no-secrets"}),
        one("sftp-key", aws, first, ED25519, f"public_key: {ED25519}", "input"),
        one("sftp-key", aws, first, old_rsa, f"public_key: {old_rsa[:60]}", "input"),
        one("sftp-key", aws, first, f'"{private}"', private, "input", also={"no-secrets"}),
        one("sftp-key-shared", aws, second, first + " same key, other comment", "same key, other"),
        one("sftp-key-age", aws, "replace_by: 2027-09-30", "replace_by: 2026-11-23", "2026-11-23"),
        one("sftp-key-age", aws, "replace_by: 2027-09-30", "replace_by: 2029-09-30", "2029-09-30"),
        one("sftp-key-age", aws, "replace_by: 2027-09-30", "replace_by: 2026-12-01", "2026-12-01", "notice"),
        one("sftp-undeclared", aws, "channel: as2", "channel: sftp", "name: lab-orders", "notice"),
    ]


def grant(code: str, to: str, name: str, severity: str = "policy", **rest: object) -> Case:
    """A case of one more grant."""
    return Case(
        f"{code}: {to} gets {name}",
        [(role(to), "risk:", GRANT.format(name=name))],
        code,
        role(to),
        f"entitlement: {name}",
        severity,
        **rest,  # type: ignore[arg-type]
    )


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
TWO_RINGS = "{ pilot: 2026-07-06, high-risk: 2026-11-03 }"
DEADLINES = "ring_deadlines:"
SCOPE = "  devices: [guo00000000000000d01]\n  systems: [azure-virtual-desktop]"


def _blocking(cidr: str) -> str:
    return INCIDENT.replace(SCOPE, f"{SCOPE}\n  blocked_networks: [{cidr}]")


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

ROLES = [
    Case(
        "cycle of two",
        [(role("workforce-base"), "grants:", "inherits: [billing-base]\ngrants:")],
        "inheritance-cycle",
        role("billing-base"),
        "inherits:",
        "input",
        # the cycle lends billing grants and training to everybody
        also={"training-audience", "redundant-grant"},
    ),
    one("self-approval", role("finance"), "owner: controller", "owner: finance", "owner:"),
    one(
        "self-approval",
        role("bulk-export-analyst"),
        "approvers: [privacy-officer, operations-director]",
        "approvers: [compliance-auditor]",
        "approvers:",
    ),
    one(
        "self-approval",
        system("athenaone"),
        "approver: operations-director",
        "approver: billing-supervisor",
        "approver:",
    ),
    one(  # one of two approvers may ask
        "self-approval",
        role("bulk-export-analyst"),
        "approvers: [privacy-officer, operations-director]",
        "approvers: [privacy-officer, compliance-auditor]",
        "approvers:",
    ),
    one(
        "self-approval",
        role("bulk-export-analyst"),
        "eligible: [",
        "eligible: [CMP-PRIVACY, ",
        "approvers:",
    ),
    one(
        "self-approval",
        system("athenaone"),
        "approver: operations-director",
        "approver: medical-coder",
        "approver:",
    ),
    Case(
        "an approver who inherits the role",
        [(role("privacy-officer"), "inherits: [workforce-base]", "inherits: [bulk-export-analyst]")],
        "self-approval",
        role("bulk-export-analyst"),
        "approvers:",
        also={"training-audience"},
    ),
    one("answerable-role", role("finance"), "owner: controller", "owner: workforce-base", "owner:", "input"),
    one(
        "answerable-role",
        system("aws"),
        "owner: cloud-engineer",
        "owner: key-custodian",
        "owner: key-cu",
        "input",
    ),
    one(
        "answerable-role",
        PLAN,
        "deputy: security-analyst",
        "deputy: vendor-support",
        "deputy: vendor-support",
        "input",
    ),
    one(
        "role-shape",
        role("medical-coder"),
        "job_codes: [RCM-CODER]\n",
        "",
        "title: Medical",
        "input",
        also={"job-codes"},
    ),
    one(
        "role-shape",
        role("key-administrator"),
        "request:\n  eligible: [IT-CLOUD]\n  approvers: [security-officer]\n  max_hours: 8\n",
        "",
        "assignment:",
        "input",
    ),
    one(
        "role-shape",
        role("vendor-support"),
        "request:\n",
        "job_codes: [VND-SUPPORT]\nrequest:\n",
        "job_codes:",
        "input",
    ),
    one(
        "role-shape",
        role("billing-base"),
        "inherits:",
        "job_codes: [RCM-CODER]\ninherits:",
        "job_codes:",
        "input",
    ),
    one(
        "role-shape",
        role("finance"),
        "inherits: [workforce-base]",
        "inherits: [workforce-base, workforce-base]",
        "inherits:",
        "input",
    ),
    one("role-risk", role("finance"), "risk: high", "risk: low", "risk:"),
    one("role-privileged", role("help-desk"), "privileged: true\n", "", "title:"),
    one("request-terms", role("vendor-support"), "max_hours: 8", "max_hours: 800", "max_hours:"),
    one(
        "acknowledged-conflict",
        role("key-administrator"),
        "max_hours: 8",
        "max_hours: 8\n  acknowledged_conflicts: [key-destruction]",
        "acknowledged_conflicts:",
        "input",
    ),
    one("job-codes", POLICY, "    IT-DEV: Int", "    IT-NEW: New job\n    IT-DEV: Int", "IT-NEW:", "notice"),
    grant("duplicate-grant", "finance", "netsuite/ledger", "input"),
    grant("redundant-grant", "finance", "exchange-online/mailbox", "notice"),
    one(
        "grant-dates",
        role("integration-developer"),
        "since: 2024-03-04",
        "since: 2026-03-04\n    expires: 2026-02-01",
        "expires:",
        "input",
    ),
    one(
        "grant-ended",
        role("integration-developer"),
        "since: 2024-03-04",
        "since: 2024-03-04\n    expires: 2026-11-23",
        "expires:",
        "notice",
    ),
    one(
        "grant-scope",
        role("charge-entry"),
        "    since:",
        "    clients: none\n    since:",
        "clients: none",
        "input",
    ),
    Case(
        "minimum-necessary: ePHI without categories",
        [(role("it-admin"), "risk:", GRANT.format(name="snowflake/reporting"))],
        "minimum-necessary",
        role("it-admin"),
        "minimum_necessary:",
    ),
    one("rollout-order", role("finance"), "ring: high-risk", "ring: everyone", "ring:"),
    one(
        "vendor-staff",
        role("vendor-support"),
        "grants:",
        "inherits: [workforce-base]\ngrants:",
        "inherits:",
        also={"review-cadence"},
    ),
    one(
        "vendor-staff",
        role("vendor-support"),
        "eligible: [VND-SUPPORT]",
        "eligible: [VND-SUPPORT, IT-HELPDESK]",
        "eligible:",
    ),
]

SYSTEMS = [
    one(
        "data-classes",
        system("github"),
        "data_classes: [internal]",
        "data_classes: []",
        "data_classes: []",
        "input",
    ),
    one(
        "data-classes",
        system("github"),
        "    data_classes: [internal, security]",
        "    data_classes: [financial]",
        "[financial]",
        "input",
    ),
    one("federation", system("workday"), "  federation: saml\n", "", "provider:", "input"),
    one(
        "federation",
        system("workday"),
        "  audience: https://wd.workday.example/meridian\n",
        "",
        "federation:",
        "input",
    ),
    one(
        "federation",
        system("siem"),
        "  redirect_uris: [https://meridian.splunkcloud.example/oidc/callback]\n",
        "",
        "federation:",
        "input",
    ),
    one("federation", system("aws"), "    permission_set: LogReader\n", "", "log-reader:", "input"),
    one(
        "federation", system("pecos"), "provisioning: manual", "provisioning: scim", "provisioning:", "input"
    ),
    one(
        "federation",
        system("pecos"),
        "provider: none",
        "provider: none\n  federation: saml",
        "federation:",
        "input",
    ),
    one(
        "federation",
        system("availity"),
        "provider: none",
        "provider: okta\n  federation: built-in",
        "local_accounts:",
        "input",
    ),
    one(
        "federation",
        system("pecos"),
        "  passwords:\n    algorithm: pbkdf2-hmac-sha256\n    cost: { iterations: 600000 }\n"
        "    attested_by: System security plan summary\n    attested_on: 2026-03-11\n",
        "",
        "provider:",
        "input",
    ),
    one("identity-model", system("aws"), "provider: okta", "provider: entra", "provider:", "input"),
    Case(
        "identity-model: nothing joins Entra",
        [(POLICY, "    - source: okta\n      target: entra", "    - source: entra\n      target: okta")],
        "identity-model",
        POLICY,
        "- source: entra",
        "input",
        also={"service-accounts"},
    ),
    one("unique-names", system("workday"), "title: Workday", "title: netsuite", "title: netsuite", "input"),
    one(
        "unique-names",
        system("aws"),
        "permission_set: LogReader",
        "permission_set: BreakGlass",
        "permission_set: BreakGlass",
        "input",
    ),
    one(
        "unique-names",
        system("workday"),
        "audience: https://wd.workday.example/meridian",
        "audience: https://github.example/enterprises/meridian",
        "audience:",
        "input",
    ),
    one("unique-names", "clients/summit-pediatrics.yaml", "code: SMPD", "code: LKOR", "code:", "input"),
    Case(
        "provider-names: a client called onboarding",
        [("clients/onboarding.yaml", "", ANOTHER_CLIENT)],
        "provider-names",
        role("client-onboarding"),
        "title:",
        "input",
    ),
    one(
        "provider-names",
        role("finance"),
        "ring: high-risk\n",
        "ring: high-risk\nlive_groups: { okta: role-controller }\n",
        "live_groups:",
        "input",
    ),
    one(
        "provider-names",
        role("finance"),
        "ring: high-risk\n",
        "ring: high-risk\nlive_groups: { entra: contained }\n",
        "live_groups:",
        "input",
    ),
    one(
        "provider-names",
        role("finance"),
        "ring: high-risk\n",
        "ring: high-risk\nlive_groups: { okta: Everyone }\n",
        "live_groups:",
        "input",
    ),
    one(
        "provider-names",
        role("finance"),
        "ring: high-risk\n",
        "ring: high-risk\nlive_groups: { okta: Role-Controller }\n",
        "live_groups:",
        "input",
    ),
    one("password-hash", system("availity"), "rounds: 12", "rounds: 9", "cost:"),
    one("password-hash", system("availity"), "algorithm: bcrypt", "algorithm: md5", "algorithm: md5"),
    one("password-hash", system("availity"), "    cost: { rounds: 12 }\n", "", "passwords:"),
    one("password-hash", system("uhc-provider-portal"), "memory_kib: 19456", "memory_kib: 19455", "cost:"),
    one("password-hash", system("pecos"), "iterations: 600000", "iterations: 599999", "cost:"),
    one(
        "password-hash", system("epic-community-connect"), "iterations: 310000", "iterations: 209999", "cost:"
    ),
    one(
        "ephi-channel",
        system("exchange-online"),
        "end_to_end_encrypted: true",
        "end_to_end_encrypted: false",
        "channel: email",
    ),
    one("ephi-fax", system("aws"), "channel: as2", "channel: fax", "channel: fax", "notice"),
    one("encryption", system("tebra"), "algorithm: AES-256", "algorithm: unknown", "at_rest:"),
    one("encryption", system("tebra"), "fips_140_validated: true", "fips_140_validated: false", "at_rest:"),
    one("encryption", system("tebra"), 'minimum_tls: "1.2"', "minimum_tls: none", "minimum_tls:"),
    one(
        "ephi-tier",
        system("athenaone"),
        "tier: ephi",
        "tier: workforce",
        "tier:",
        also={"device-assurance", "session-limits"},
    ),
    one(
        "ephi-tier", system("siem"), "tier: privileged", "tier: workforce", "tier:", also={"device-assurance"}
    ),
    one(
        "session-limits",
        POLICY,
        "idle_minutes: 15, lifetime_hours: 10",
        "idle_minutes: 20, lifetime_hours: 10",
        "idle_minutes: 20",
    ),
    one(
        "session-limits",
        POLICY,
        "idle_minutes: 15, lifetime_hours: 10",
        "idle_minutes: 15, lifetime_hours: 13",
        "lifetime_hours: 13",
    ),
    one("review-cadence", system("athenaone"), "review: quarterly", "review: half-yearly", "review:"),
    one(
        "review-cadence",
        system("jira-service-management"),
        "review: half-yearly",
        "review: yearly",
        "review:",
    ),
    one("review-cadence", POLICY, "vendor_users: quarterly", "vendor_users: yearly", "vendor_users:"),
    one(
        "review-cadence",
        system("pecos"),
        "access_list_review: quarterly",
        "access_list_review: yearly",
        "access_list_review:",
    ),
    one(
        "unused",
        system("github"),
        "entitlements:\n",
        "entitlements:\n  read: { title: Read, description: Reads code., data_classes: [internal] }\n",
        "read:",
        "notice",
    ),
    Case(
        "system that no role reaches",
        [
            (role("integration-developer"), "github/write", "jira-service-management/agent"),
            (role("cloud-engineer"), "github/approve-deployments", "aws/security-auditor"),
        ],
        "unused",
        system("github"),
        "title: GitHub",
        "notice",
    ),
]

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
        "baa-lapsed-flow: ePHI still flows after the grace period",
        [("vendors/revspring.yaml", "expires: 2028-03-02", "expires: 2026-09-01")],
        "baa-lapsed-flow",
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

COMPANY = [
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

TRAINING = [
    Case(
        "training-simulation: nobody is tested by phishing",
        [
            (
                "training/phishing-simulation.yaml",
                "form: phishing-simulation",
                "form: course\nonboarding_days: 5\npass_score: 80",
            )
        ],
        "training-simulation",
        POLICY,
        "profile: hipaa-2013",
    ),
    one(
        "training-topics",
        role("finance"),
        "training: [phi-handling-office]\n",
        "",
        "title:",
        also={"training-audience"},
    ),
    Case(
        "training-acknowledgement",
        [("training/vendor-essentials.yaml", "acknowledges_policy: true", "acknowledges_policy: false")],
        "training-acknowledgement",
        role("vendor-support"),
        "training:",
    ),
    one(
        "training-audience",
        role("help-desk"),
        "training: [phi-handling-technical",
        "training: [phi-handling-office, phi-handling-technical",
        "training:",
        "input",
    ),
    one(
        "training-audience",
        "training/phi-handling-exports.yaml",
        "audience: [bulk-export-analyst]",
        "audience: [bulk-export-analyst, finance]",
        "audience:",
        "input",
    ),
    one(
        "training-form",
        "training/phishing-simulation.yaml",
        "coaching: A second click within a year means half "
        "an hour with a security analyst, "
        "and monthly simulations for six months.\n",
        "",
        "title:",
        "input",
    ),
    one("training-form", "training/hipaa-foundations.yaml", "repeat_months: 12\n", "", "title:", "input"),
    one(
        "training-form",
        "training/micro-refund-limits.yaml",
        "due_days: 14",
        "repeat_months: 12",
        "repeat_months:",
        "input",
        also={"micro-lesson-due"},
    ),
    one(
        "micro-lesson",
        role("refund-approver"),
        "micro_lesson: micro-refund-limits",
        "micro_lesson: hipaa-foundations",
        "micro_lesson:",
        "input",
    ),
    Case(
        "micro-lesson: one that leaves out whom it concerns",
        [
            (
                system("athenaone"),
                "tier: ephi",
                "changed: { on: 2026-11-20, summary: New., micro_lesson: micro-refund-limits }\ntier: ephi",
            )
        ],
        "micro-lesson",
        system("athenaone"),
        "changed:",
        also={"micro-lesson-due"},
    ),
    one(
        "micro-lesson-due", role("refund-approver"), "on: 2026-11-02", "on: 2026-11-12", "changed:", "notice"
    ),
]

EXCEPTION = "exceptions/availity-authenticator-app.yaml"
EXCEPTIONS = [
    one(
        "exception-expired",
        EXCEPTION,
        "expires: 2027-10-19",
        "expires: 2026-11-23",
        "expires:",
        also={"ephi-tier"},
    ),
    one(
        "exception-terms",
        EXCEPTION,
        "expires: 2027-10-19",
        "expires: 2027-10-22",
        "expires:",
        also={"ephi-tier"},
    ),
    one(
        "exception-terms",
        EXCEPTION,
        "expires: 2027-10-19",
        "expires: 2026-10-19",
        "expires:",
        "input",
        also={"ephi-tier"},
    ),
    one(
        "exception-terms",
        EXCEPTION,
        "approved: 2026-10-20",
        "approved: 2026-11-25",
        "approved:",
        also={"ephi-tier"},
    ),
    one(
        "exception-approver",
        EXCEPTION,
        "approver: security-officer",
        "approver: it-admin",
        "approver:",
        also={"ephi-tier"},
    ),
    one(
        "exception-target",
        EXCEPTION,
        "system:availity",
        "system:avality",
        "lifts:",
        "input",
        also={"ephi-tier", "exception-unused"},
    ),
    one(
        "exception-target",
        EXCEPTION,
        "rule: ephi-tier",
        "rule: retention",
        "lifts:",
        also={"ephi-tier", "exception-unused"},
    ),
    one(
        "exception-target",
        EXCEPTION,
        "rule: ephi-tier",
        "rule: key-destruction",
        "lifts:",
        also={"ephi-tier", "exception-unused"},
    ),
    one(
        "exception-unused",
        EXCEPTION,
        "system:availity",
        "system:athenaone",
        "lifts:",
        "notice",
        also={"ephi-tier"},
    ),
    one(
        "exception-rule",
        EXCEPTION,
        "rule: ephi-tier",
        "rule: entra-legacy-auth-blocked",
        "lifts:",
        "notice",
        also={"ephi-tier"},
    ),
]

INCIDENTS = [
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

CASES = [*SEPARATION, *ROLES, *SYSTEMS, *PARTIES, *COMPANY, *TRAINING, *EXCEPTIONS, *INCIDENTS]


def identity(problem: Problem) -> tuple[str, str, str, str | None]:
    return (problem.code, problem.subject, problem.message, problem.lifted_by)


@pytest.fixture(scope="module")
def usual() -> set[tuple[str, str, str, str | None]]:
    catalogue = load(REFERENCE).catalogue
    assert catalogue is not None
    return {identity(problem) for problem in run_checks(catalogue, TODAY)}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_spoilt_catalogue_is_found(
    bench: Workbench, case: Case, usual: set[tuple[str, str, str, str | None]]
) -> None:
    for file, old, new in case.edits:
        if old == "":
            bench.write(file, new)
        else:
            assert old is not None
            bench.edit(file, old, new)
    found = [problem for problem in bench.problems() if identity(problem) not in usual]
    assert {problem.code for problem in found} == {case.code, *case.also}
    place = (case.file, bench.line(case.file, case.at))
    mine = [problem for problem in found if problem.code == case.code and problem.severity == case.severity]
    assert place in [(problem.location.file, problem.location.line) for problem in mine]
    for problem in mine:
        assert problem.message and problem.remedy
        assert all(known(citation) for citation in problem.citations)
    if case.subject is not None:
        assert case.subject in {problem.subject for problem in mine}


def test_every_code_of_every_check_has_a_case() -> None:
    shown = {case.code for case in CASES}
    elsewhere = {"addressable-decisions", "growth", "separation-of-duties"}  # tests of their own
    elsewhere |= {
        code for code in checks.CHECK_IDS if code.startswith("break-glass-")
    }  # test_break_glass_uses.py
    elsewhere |= {"incident-times", "incident-people", "incident-uncontained"}  # test_incident_bounds.py
    assert checks.CHECK_IDS - shown == elsewhere


def test_codes_are_used_by_one_check_only() -> None:
    codes = [code for check in checks.checks() for code in check.codes]
    assert len(codes) == len(set(codes))
    assert all(check.id in check.codes for check in checks.checks())


def test_what_nothing_lifts_are_codes_of_checks() -> None:
    assert UNLIFTABLE <= checks.CHECK_IDS
