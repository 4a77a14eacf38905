"""Authenticators and who enrols which: phishing-resistant first, no codes by phone."""

import json
from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta

REQUIRED, OPTIONAL, NOT_ALLOWED = "REQUIRED", "OPTIONAL", "NOT_ALLOWED"


class EnrolmentArgs(TypedDict):
    """Arguments of Enrolment."""

    policy_name: str
    groups: Sequence[pulumi.Input[str]]
    fips: bool
    """Whether Okta Verify runs only on devices with validated cryptography (DISA Okta STIG 001700)."""
    verify_required: NotRequired[bool]
    """Whether everybody enrols Okta Verify: a managed device is known by it."""
    break_glass_groups: NotRequired[Sequence[pulumi.Input[str]]]
    """Emergency groups: security keys and nothing else."""
    text_code_groups: NotRequired[Sequence[pulumi.Input[str]]]
    """The temporary fallback: these may enrol a phone as well."""
    passkey_limits: NotRequired[bool]
    """Whether synced passkeys are refused and keys attested: two settings that Okta takes only from an
    organisation with the feature "Passkeys Rebrand" (Management API 5.1.0, WebAuthnSetting*)."""


class Enrolment(pulumi.ComponentResource):
    """Security keys and Okta Verify on; the enrolment policies ask for the key and refuse phone and e-mail.

    Every authenticator that is not wanted is named as not allowed: one that is left out is not sent at all.
    Okta's default enrolment policy says the same as the workforce's.
    """

    policy_id: pulumi.Output[str]

    def __init__(self, name: str, args: EnrolmentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:Enrolment", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self, protect=True)
        self._last = self._authenticators(name, args)
        self._priority = 0
        if groups := args.get("break_glass_groups"):
            self._policy(
                f"{name}-break-glass",
                f"{args['policy_name']} - break-glass",
                "Sealed emergency accounts: security keys only",
                groups,
                verify=NOT_ALLOWED,
                phone=NOT_ALLOWED,
            )
        verify = REQUIRED if args.get("verify_required", False) else OPTIONAL
        if groups := args.get("text_code_groups"):
            self._policy(
                f"{name}-text-codes",
                f"{args['policy_name']} - text codes",
                "Temporary: text codes until the key has arrived",
                groups,
                webauthn=OPTIONAL,
                verify=OPTIONAL,
                phone=OPTIONAL,
            )
        policy = self._policy(
            name,
            args["policy_name"],
            "Security key or Okta Verify; no codes by phone or e-mail",
            args["groups"],
            verify=verify,
            phone=NOT_ALLOWED,
        )
        okta.PolicyMfaDefault(
            f"{name}-default",
            is_oie=True,
            okta_password={"enroll": REQUIRED},
            webauthn={"enroll": REQUIRED},
            okta_verify={"enroll": verify},
            phone_number={"enroll": NOT_ALLOWED},
            okta_email={"enroll": NOT_ALLOWED},
            security_question={"enroll": NOT_ALLOWED},
            google_otp={"enroll": NOT_ALLOWED},
            opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=list(self._last)),
        )
        self.policy_id = policy.id
        self.register_outputs({"policyId": policy.id})

    def _authenticators(self, name: str, args: EnrolmentArgs) -> list[pulumi.Resource]:
        password = okta.Authenticator(
            f"{name}-password", key="okta_password", name="Password", status="ACTIVE", opts=self._child
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
            opts=self._child,
        )
        keys = okta.Authenticator(
            f"{name}-webauthn",
            key="webauthn",
            name="Security Key or Biometric",
            status="ACTIVE",
            opts=self._child,
        )
        limits = args.get("passkey_limits", False)
        # Verification at enrolment implies it at sign-in (Management API, UserVerificationEnumForVerify).
        okta.AuthenticatorMethodWebauthn(
            f"{name}-webauthn",
            authenticator_id=keys.id,
            user_verification=REQUIRED,
            allow_syncable_passkeys=False if limits else None,
            cert_based_attestation_validation=True if limits else None,
            opts=self._child,
        )
        found: list[pulumi.Resource] = [password, verify, keys]
        if args.get("text_code_groups"):
            found.append(
                okta.Authenticator(
                    f"{name}-phone",
                    key="phone_number",
                    name="Phone",
                    status="ACTIVE",
                    settings=json.dumps({"allowedFor": "sso"}),
                    opts=pulumi.ResourceOptions(parent=self),
                )
            )
        return found

    def _policy(
        self,
        name: str,
        policy_name: str,
        description: str,
        groups: Sequence[pulumi.Input[str]],
        *,
        verify: str,
        phone: str,
        webauthn: str = REQUIRED,
    ) -> okta.policy.Mfa:
        self._priority += 1
        kept = phone == NOT_ALLOWED  # the temporary policy goes by itself when its day has come
        policy = okta.policy.Mfa(
            name,
            name=policy_name,
            description=description,
            is_oie=True,
            groups_included=list(groups),
            priority=self._priority,
            status="ACTIVE",
            okta_password={"enroll": REQUIRED},
            webauthn={"enroll": webauthn},
            okta_verify={"enroll": verify},
            phone_number={"enroll": phone},
            okta_email={"enroll": NOT_ALLOWED},
            security_question={"enroll": NOT_ALLOWED},
            google_otp={"enroll": NOT_ALLOWED},
            opts=pulumi.ResourceOptions(parent=self, protect=kept, depends_on=list(self._last)),
        )
        rule = okta.policy.RuleMfa(
            name,
            policy_id=policy.id,
            name="enrol-at-sign-in",
            enroll="LOGIN",
            network_connection="ANYWHERE",
            priority=1,
            status="ACTIVE",
            opts=pulumi.ResourceOptions(parent=self, protect=kept),
        )
        self._last = [*self._last, policy, rule]
        return policy
