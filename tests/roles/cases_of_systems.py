"""Systems spoilt one by one."""

from __future__ import annotations

from check_case import POLICY, Case, one, role, system

from billing_identity.roles.loader import REFERENCE

ANOTHER_CLIENT = (
    (REFERENCE / "clients/clearwater-laboratory.yaml")
    .read_text()
    .replace("title: Clearwater", "title: Onboarding")
    .replace("code: CLWL", "code: ONBD")
)


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
    Case(
        "identity-model: Okta is to accept Entra's factor",
        [
            (POLICY, "primary: okta", "primary: entra"),
            (POLICY, "source: okta", "source: entra"),
            (POLICY, "target: entra", "target: okta"),
            (system("aws"), "provider: okta", "provider: entra"),
        ],
        "identity-model",
        POLICY,
        "mfa_accepted:",
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
