"""Values that the services accept where the installed provider's docstrings do not list them, with sources.

The specifications are Okta's own, published with its SDKs; they were read on 2026-11-24.
"""

from __future__ import annotations

import re

OKTA = (
    "https://github.com/okta/okta-sdk-golang, "
    ".generator/okta-management-APIs-oasv3-noEnums-inheritance.yaml 5.1.0: "
)
GOVERNANCE = "https://github.com/okta/okta-governance-sdk-golang, governance/api/openapi.yaml 3.2.0: "
DOCS = "https://learn.microsoft.com/"

Accepted = re.Pattern[str] | frozenset[str]


def _of(*values: str) -> frozenset[str]:
    return frozenset(values)


SWITCH, ASKED = _of("ACTIVE", "INACTIVE"), _of("OPTIONAL", "REQUIRED")
ENROLLED = _of("NOT_ALLOWED", "OPTIONAL", "REQUIRED")
DURATION = re.compile(r"PT(\d+H)?(\d+M)?(0S)?|P\d+D")
TYPE = _of("ASSURANCE", "AUTH_METHOD_CHAIN", "ID_PROOFING")
_POSSESSION = "constraints[]{}.possession"
_MFA = ("googleOtp", "oktaEmail", "oktaPassword", "oktaVerify", "phoneNumber", "securityQuestion", "webauthn")

ELSEWHERE: dict[tuple[str, str], tuple[Accepted, str]] = {
    ("azuread:GroupRoleManagementPolicy", "activationRules.maximumDuration"): (
        re.compile(r"PT([1-9]|1\d|2[0-3])H|PT(\d|1\d|2[0-3])H30M|PT30M|P1D"),
        "pulumi_azuread, maximum_duration: PT30M to PT23H30M by half hours, or P1D",
    ),
    ("azuread:NamedLocation", "country.countriesAndRegions[]"): (
        re.compile(r"[A-Z]{2}"),
        "ISO 3166-1 alpha-2",
    ),
    ("azuread:ConditionalAccessPolicy", "grantControls.termsOfUses[]"): (
        re.compile(r"[0-9a-f-]{36}"),
        "an id, no list: Microsoft Graph, conditionalAccessGrantControls, termsOfUse",
    ),
    ("azuread:ConditionalAccessPolicy", "conditions.clientApplications.includedServicePrincipals[]"): (
        re.compile(r"[0-9a-f-]{36}|ServicePrincipalsInMyTenant"),
        "an id: Microsoft Graph, conditionalAccessClientApplications",
    ),
    ("azuread:ConditionalAccessPolicy", "conditions.applications.includedApplications[]"): (
        re.compile(r"All|Office365|MicrosoftAdminPortals|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        DOCS + "graph/api/resources/conditionalaccessapplications",
    ),
    ("azuread:AuthenticationStrengthPolicy", "allowedCombinations[]"): (
        _of(
            "fido2",
            "windowsHelloForBusiness",
            "x509CertificateMultiFactor",
            "temporaryAccessPassOneTime",
            "federatedMultiFactor",
        ),
        DOCS + "graph/api/resources/authenticationstrengthpolicy, authenticationMethodModes",
    ),
    **{
        (kind, f"{prefix}{_POSSESSION}.{name}"): (ASKED, OKTA + "PossessionConstraint")
        for kind, prefix in (("okta:AppSignonPolicyRule", ""), ("okta:app/SignonPolicyRules", "rules[]."))
        for name in ("deviceBound", "phishingResistant", "userPresence", "userVerification")
    },
    ("okta:app/SignonPolicyRules", f"rules[].{_POSSESSION}.hardwareProtection"): (
        ASKED,
        OKTA + "PossessionConstraint",
    ),
    ("okta:AppSignonPolicyRule", "status"): (SWITCH, OKTA + "LifecycleStatus"),
    ("okta:AppSignonPolicyRule", "type"): (TYPE, OKTA + "VerificationMethod"),
    ("okta:AppSignonPolicyRule", "reAuthenticationFrequency"): (DURATION, OKTA + "AssuranceMethod"),
    ("okta:app/SignonPolicyRules", "rules[].type"): (TYPE, OKTA + "VerificationMethod"),
    ("okta:app/SignonPolicyRules", "rules[].inactivityPeriod"): (DURATION, OKTA + "AssuranceMethod"),
    ("okta:app/SignonPolicyRules", "rules[].reAuthenticationFrequency"): (DURATION, OKTA + "AssuranceMethod"),
    ("okta:Authenticator", "settings{}.channelBinding.required"): (
        _of("ALWAYS", "HIGH_RISK_ONLY", "NEVER"),
        OKTA + "RequiredEnum",
    ),
    ("okta:Authenticator", "settings{}.channelBinding.style"): (
        _of("NUMBER_CHALLENGE"),
        OKTA + "ChannelBinding",
    ),
    ("okta:Authenticator", "settings{}.compliance.fips"): (ASKED, OKTA + "FipsEnum"),
    ("okta:Authenticator", "settings{}.enrollmentSecurityLevel"): (
        _of("ANY", "HIGH"),
        "https://github.com/okta/terraform-provider-okta: HIGH in the acceptance test and the example of "
        "okta_authenticator, ANY in an organisation's recorded answer (test/fixtures/vcr/idaas); field of "
        "sdk/v2_authenticatorSettings.go",
    ),
    ("okta:Campaign", "principalScopeSettings.type"): (_of("USERS"), GOVERNANCE + "principal-scope-type"),
    ("okta:Campaign", "remediationSettings.noResponse"): (
        _of("NO_ACTION", "DENY"),
        GOVERNANCE + "no-response-remediation-action",
    ),
    ("okta:Campaign", "resourceSettings.type"): (
        _of("GROUP", "APPLICATION", "APPLICATION_AND_GROUP", "OKTA_SERVICE_ACCOUNT", "APP_SERVICE_ACCOUNT"),
        GOVERNANCE + "campaign-resource-type",
    ),
    ("okta:Campaign", "reviewerSettings.type"): (
        _of("USER", "REVIEWER_EXPRESSION", "GROUP", "RESOURCE_OWNER", "MULTI_LEVEL"),
        GOVERNANCE + "campaign-reviewer-type",
    ),
    ("okta:Campaign", "scheduleSettings.recurrences[].interval"): (
        re.compile(r"P([1-9]|1\d|2[0-4])M|P[12]Y|P([1-9]|1\d|2[0-6])W"),
        GOVERNANCE + "recurrence-definition-mutable: at most P26W, P24M, P2Y",
    ),
    ("okta:Campaign", "scheduleSettings.recurrences[].repeatOnType"): (
        _of("SAME_DAY_AS_START_DATE", "SAME_WEEKDAY_AS_START_DATE", "LAST_WEEKDAY_AS_START_DATE"),
        GOVERNANCE + "recurrence-repeat-on-type",
    ),
    ("okta:Campaign", "scheduleSettings.type"): (_of("ONE_OFF", "RECURRING"), GOVERNANCE + "schedule-type"),
    ("okta:RequestCondition", "accessDurationSettings.duration"): (
        re.compile(r"PT([1-9]|[1-6]\d|7[0-2])H|P([1-9]|[1-8]\d|90)D|P([1-9]|1[0-2])W"),
        GOVERNANCE + "access-duration-duration: at most PT72H, P90D, P12W",
    ),
    ("okta:RequestCondition", "accessDurationSettings.type"): (
        _of("ADMIN_FIXED_DURATION", "REQUESTER_SPECIFIED_DURATION"),
        GOVERNANCE + "access-duration-type",
    ),
    ("okta:RequestCondition", "accessScopeSettings.type"): (
        _of("GROUPS", "RESOURCE_DEFAULT", "ENTITLEMENT_BUNDLES"),
        GOVERNANCE + "access-scope-settings-creatable_GroupAccessScopeSettings",
    ),
    ("okta:RequestCondition", "requesterSettings.type"): (
        _of("GROUPS", "TEAMS", "EVERYONE"),
        GOVERNANCE + "requester-settings-creatable_GroupsRequesterSettings",
    ),
    ("okta:LogStream", "status"): (SWITCH, OKTA + "LogStream"),
    **{
        (kind, f"{name}.enroll"): (ENROLLED, OKTA + "AuthenticatorEnrollmentPolicyAuthenticatorStatus")
        for kind in ("okta:policy/Mfa", "okta:PolicyMfaDefault")
        for name in _MFA
    },
    **{
        (kind, "passwordLockoutNotificationChannels[]"): (
            _of("EMAIL"),
            OKTA + "PasswordPolicyPasswordSettingsLockout",
        )
        for kind in ("okta:policy/Password", "okta:PolicyPasswordDefault")
    },
    ("okta:app/OAuth", "issuerMode"): (
        _of("CUSTOM_URL", "DYNAMIC", "ORG_URL"),
        OKTA + "OpenIdConnectApplicationIssuerMode",
    ),
    ("okta:app/OAuth", "loginMode"): (
        _of("DISABLED", "OKTA", "SPEC"),
        OKTA + "OpenIdConnectApplicationIdpInitiatedLogin",
    ),
    ("okta:app/OAuth", "tokenEndpointAuthMethod"): (
        _of("client_secret_basic", "client_secret_jwt", "client_secret_post", "none", "private_key_jwt"),
        OKTA + "OAuthEndpointAuthenticationMethod",
    ),
    ("okta:app/OAuth", "wildcardRedirect"): (
        _of("DISABLED", "SUBDOMAIN"),
        OKTA + "OpenIdConnectApplicationSettingsClient",
    ),
    ("okta:app/OauthRoleAssignment", "type"): (
        _of("APP_ADMIN", "CUSTOM", "HELP_DESK_ADMIN", "READ_ONLY_ADMIN", "REPORT_ADMIN", "USER_ADMIN"),
        OKTA + "RoleType",
    ),
    ("okta:app/Saml", "attributeStatements[].type"): (
        _of("EXPRESSION", "GROUP"),
        OKTA + "SamlAttributeStatement",
    ),
    ("okta:app/Saml", "digestAlgorithm"): (_of("SHA1", "SHA256"), OKTA + "SamlApplicationSettingsSignOn"),
    ("okta:app/Saml", "signatureAlgorithm"): (
        _of("RSA_SHA1", "RSA_SHA256"),
        OKTA + "SamlApplicationSettingsSignOn",
    ),
    ("okta:network/Zone", "dynamicLocations[]"): (
        re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?"),
        "ISO 3166-1 and 3166-2",
    ),
    ("okta:network/Zone", "ipServiceCategoriesIncludes[]"): (
        _of("ALL_ANONYMIZERS", "ALL_ANONYMIZERS_EXCEPT_TOR", "ALL_IP_SERVICES", "ALL_PROXIES_VPNS"),
        OKTA + "IPServiceCategory",
    ),
}

FREE = {
    ("okta:UserSchemaProperty", "enums[]"),
    ("okta:UserSchemaProperty", "oneOfs[].const"),
    ("okta:UserSchemaProperty", "oneOfs[].title"),
    ("okta:auth/Server", "name"),
}
"""The company's own words, which only look like a list's."""
