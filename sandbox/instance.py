"""One configured provider instance: which organisation, tenant or account it speaks for."""

import json
import os
import re
from dataclasses import dataclass, field

from billing_identity.sandbox.wire import Properties, Value, block, blocks, texts, unwrap


class ConfigurationError(Exception):
    """The provider configuration can't work; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Instance:
    """`account` is the Okta organisation's host name, the Entra tenant id or the AWS account id.

    `region` is "" outside AWS; `caller` is the ARN of the role that the AWS instance acts as, or "";
    `default_tags` are those that the AWS instance puts on everything.
    """

    package: str
    account: str
    region: str = ""
    caller: str = ""
    default_tags: dict[str, str] = field(default_factory=dict[str, str])


def configure(package: str, arguments: Properties) -> Instance:
    """The instance for the provider arguments (wire names); raises ConfigurationError.

    As with the real providers, what is not an argument is taken from the environment variables that they
    document.
    """
    settings = {key: _parsed(value) for key, value in unwrap(arguments).items()}
    match package:
        case "okta":
            return _okta(settings)
        case "azuread":
            return _entra(settings)
        case _:
            return _aws(settings)


def _parsed(value: Value) -> Value:
    """Provider arguments that are not strings arrive as JSON text."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _okta(settings: Properties) -> Instance:
    name = settings.get("orgName") or os.environ.get("OKTA_ORG_NAME")
    if not name:
        raise ConfigurationError(
            "the Okta provider does not know its organisation: set okta:orgName (and okta:baseUrl), "
            "or the environment variable OKTA_ORG_NAME"
        )
    base = settings.get("baseUrl") or os.environ.get("OKTA_BASE_URL") or "okta.com"
    return Instance("okta", f"{name}.{base}")


def _entra(settings: Properties) -> Instance:
    tenant = settings.get("tenantId") or os.environ.get("ARM_TENANT_ID")
    if not tenant:
        raise ConfigurationError(
            "building client: unable to obtain access token: tenant_id is not set: set azuread:tenantId, "
            "or the environment variable ARM_TENANT_ID"
        )
    return Instance("azuread", str(tenant))


def _aws(settings: Properties) -> Instance:
    region = settings.get("region") or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        raise ConfigurationError(
            "invalid AWS Region: missing: set aws:region, or the environment variable AWS_REGION"
        )
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", region):
        raise ConfigurationError(f"invalid AWS Region: {region}")
    allowed = texts(settings, "allowedAccountIds")
    chain = blocks(settings, "assumeRoles")
    caller = str(chain[-1].get("roleArn", "")) if chain else ""
    web = block(settings, "assumeRoleWithWebIdentity")
    caller = caller or str(web.get("roleArn", ""))
    found = re.fullmatch(r"arn:aws[\w-]*:iam::(\d{12}):role/.+", caller)
    if caller and not found:
        raise ConfigurationError(f"cannot assume IAM role: {caller!r} is not the ARN of a role")
    account = (
        found.group(1)
        if found
        else (allowed[0] if allowed else os.environ.get("AWS_ACCOUNT_ID", "000000000000"))
    )
    if allowed and account not in allowed:
        raise ConfigurationError(f"AWS account ID not allowed: {account}")
    if account in texts(settings, "forbiddenAccountIds"):
        raise ConfigurationError(f"AWS account ID not allowed: {account}")
    tags = block(settings, "defaultTags", "tags")
    return Instance("aws", account, str(region), caller, {k: str(v) for k, v in tags.items()})
