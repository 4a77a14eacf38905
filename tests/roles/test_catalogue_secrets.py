"""What looks like a secret or names a person is refused and not repeated; ordinary text is not."""

from __future__ import annotations

import pytest
from catalogue_bench import Workbench

from billing_identity.roles.checks.no_persons import person_in
from billing_identity.roles.checks.no_secrets import resembles_secret

SECRETS = {
    "AWS access key id": "AKIA" + "IOSFODNN7EXAMPLE",
    "AWS secret key": "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
    "private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "web token": "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9",
    "GitHub token": "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789",
    "Slack token": "xoxb-" + "123456789012-abcdefghijkl",
    "Okta token": "00" + "Qx7fGm2LkR9tVb4YcN8pWz1HsD5jEa3UoTi6Mq0X",
    "Pulumi token": "pul-" + "0123456789abcdef0123456789abcdef01234567",
    "bearer": "Authorization: Bearer " + "abcDEF123456ghiJKL",
    "address with password": "https://robot:" + "hunter22@files.example/in",
    "password in a sentence": "The portal's password: " + "Sommer2026!",
    "hexadecimal": "9f86d081884c7d659a2feaa0" + "c55ad015a3bf4f1b2b0b822c",
    "base64": "c2VjcmV0IHZhbHVlIHRoYXQg" + "aXMgbG9uZyBlbm91Z2g0Mg==",
}

ORDINARY = [
    "urn:tebra:example:meridian",
    "https://keys.meridian-revenue.example/okta-log-collector/jwks.json",
    "repo:meridian-revenue/billing-identity:environment:prod",
    "system:serviceaccount:logging:entra-log-collector",
    "https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE",
    "okta-log-collector-2026-11",
    "Passwords there are random, 24 characters long, used nowhere else.",
    "A password manager fills the password on the true address only.",
    "identity-and-access-approval-for-everybody-who-works-here",
    "Policy.ReadWrite.ConditionalAccess",
    "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
    "164.308(a)(4)(ii)(B)",
]


@pytest.mark.parametrize("value", SECRETS.values(), ids=SECRETS.keys())
def test_a_secret_is_seen_alone_and_in_a_sentence(value: str) -> None:
    assert resembles_secret(value)
    assert resembles_secret(f"Use {value} for the upload.")


@pytest.mark.parametrize("value", ORDINARY)
def test_ordinary_text_is_no_secret(value: str) -> None:
    assert resembles_secret(value) == ""


def test_a_secret_is_not_repeated(bench: Workbench) -> None:
    secret = SECRETS["Slack token"]
    bench.edit("roles/finance.yaml", "rationale: Books", f"rationale: {secret} Books")
    problems = [problem for problem in bench.problems() if problem.blocks]
    assert [problem.code for problem in problems] == ["no-secrets"]
    assert secret not in f"{problems[0].message} {problems[0].remedy}"


@pytest.mark.parametrize(
    ("value", "personal"),
    [
        ("jane.doe@company.example", True),
        ("Ask J_Smith2@mail.company.example", True),
        ("privacy@lakeside-orthopedics.example", False),
        ("security-desk@vendor.example", False),
        ("api://AzureADTokenExchange", False),
    ],
)
def test_personal_mailboxes_are_told_from_functions(value: str, personal: bool) -> None:
    assert bool(person_in(value)) is personal
