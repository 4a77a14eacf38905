"""Authenticators and who enrols which: phishing-resistant first, no codes by phone."""

import json
from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

REQUIRED, OPTIONAL, NOT_ALLOWED = "REQUIRED", "OPTIONAL", "NOT_ALLOWED"


class EnrolmentArgs(TypedDict):
    """Arguments of Enrolment."""

    policy_name: str
    groups: Sequence[pulumi.Input[str]]
    fips: bool
    """Whether Okta Verify runs only on devices with validated cryptography (DISA Okta STIG 001700)."""


class Enrolment(pulumi.ComponentResource):
    """Security keys and Okta Verify on; the enrolment policy asks for the key and refuses phone and e-mail.

    Every authenticator that is not wanted is named as not allowed: one that is left out is not sent at all.
    """

    policy_id: pulumi.Output[str]

    def __init__(self, name: str, args: EnrolmentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:Enrolment", name, None, opts)
        child = pulumi.ResourceOptions(parent=self, protect=True)
        password = okta.Authenticator(
            f"{name}-password", key="okta_password", name="Password", status="ACTIVE", opts=child
        )
        verify = okta.Authenticator(
            f"{name}-verify",
            key="okta_verify",
            name="Okta Verify",
            status="ACTIVE",
            settings=json.dumps(
                {
                    "channelBinding": {"required": "ALWAYS", "style": "NUMBER_CHALLENGE"},
                    "compliance": {"fips": REQUIRED if args["fips"] else OPTIONAL},
                    "enrollmentSecurityLevel": "HIGH",
                    "userVerification": "PREFERRED",
                },
                sort_keys=True,
            ),
            opts=child,
        )
        keys = okta.Authenticator(
            f"{name}-webauthn", key="webauthn", name="Security Key or Biometric", status="ACTIVE", opts=child
        )
        okta.AuthenticatorMethodWebauthn(
            f"{name}-webauthn",
            authenticator_id=keys.id,
            user_verification=REQUIRED,
            user_verification_for_verify=REQUIRED,
            allow_syncable_passkeys=False,
            cert_based_attestation_validation=True,
            opts=child,
        )
        policy = okta.policy.Mfa(
            name,
            name=args["policy_name"],
            description="Security key or Okta Verify; no codes by phone or e-mail",
            is_oie=True,
            groups_included=list(args["groups"]),
            priority=1,
            status="ACTIVE",
            okta_password={"enroll": REQUIRED},
            webauthn={"enroll": REQUIRED},
            okta_verify={"enroll": OPTIONAL},
            phone_number={"enroll": NOT_ALLOWED},
            okta_email={"enroll": NOT_ALLOWED},
            security_question={"enroll": NOT_ALLOWED},
            google_otp={"enroll": NOT_ALLOWED},
            opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=[password, verify, keys]),
        )
        okta.policy.RuleMfa(
            name,
            policy_id=policy.id,
            name="enrol-at-sign-in",
            enroll="LOGIN",
            network_connection="ANYWHERE",
            priority=1,
            status="ACTIVE",
            opts=child,
        )
        self.policy_id = policy.id
        self.register_outputs({"policyId": policy.id})
