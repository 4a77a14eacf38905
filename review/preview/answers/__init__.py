"""Stable ids and computed outputs for what a program registers, shaped as each service forms them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from billing_identity.review.preview.answers import aws, entra, okta
from billing_identity.review.preview.answers.declared import declared, stand_in
from billing_identity.review.preview.answers.facts import Facts, Scope
from billing_identity.review.preview.record import PROVIDER_PREFIX, UNKNOWN, Secret, Value, reveal

INVENTED_ACCOUNT = "000000000000"
INVENTED_REGION = "us-east-1"
INVENTED_TENANT = "00000000-0000-0000-0000-000000000000"
INVENTED_ORG = "https://offline.okta.com"

_PACKAGES = {"okta": okta.answer, "azuread": entra.answer, "aws": aws.answer}


class Answers:
    """Knows the provider instances of one run, and answers for their resources.

    `config` is the stack's flat configuration, which default providers are configured from.
    """

    def __init__(self, config: Mapping[str, str]) -> None:
        self._base = _scope(
            {**_package(config, "okta"), **_package(config, "azuread"), **_package(config, "aws")}
        )
        self._scopes: dict[str, Scope] = {}
        self._earlier: dict[str, dict[str, Any]] = {}

    def answer(
        self,
        urn: str,
        type_: str,
        name: str,
        inputs: Mapping[str, Any],
        provider: str | None,
        import_id: str | None,
        *,
        known: bool,
    ) -> tuple[str | None, dict[str, Any]]:
        """(id, computed outputs) of a custom resource.

        With `known`, no value is unknown: what is not modelled is a stand-in by its declared kind. Without,
        the id is None (but for an import, which reads a live object) and every computed output is
        `UNKNOWN`.
        """
        scope = self._scopes.get(provider.rsplit("::", 1)[0], self._base) if provider else self._base
        facts = Facts(urn, type_, name, inputs, scope, self._earlier)
        if type_.startswith(PROVIDER_PREFIX):
            self._scopes[urn] = _scope(inputs, self._base)
            return (facts.uuid() if known else None), {}
        kinds = declared(type_)
        computed: dict[str, Any]
        if not known:
            # What the program did not set, and the SDK says will be there.
            computed = {key: UNKNOWN for key, kind in kinds.items() if key not in inputs and "?" not in kind}
            computed.setdefault("id", import_id or UNKNOWN)
            return import_id, computed
        answer = _PACKAGES.get(type_.partition(":")[0])
        identity, modelled = answer(facts) if answer is not None else (facts.auto(), {})
        computed = {}
        for key, kind in kinds.items():
            if key in inputs:
                # The provider takes a document as an object and answers with its text.
                if kind.startswith("text"):
                    text = _document(inputs[key])
                    if text is not None:
                        computed[key] = text
            elif key in modelled:
                if modelled[key] is not None:
                    computed[key] = modelled[key]
            elif kind == "text=" and key in ("name", "bucket"):
                computed[key] = facts.auto()
            else:
                made_up = stand_in(kind, key, facts.hash)
                if made_up is not None:
                    computed[key] = made_up
        if not kinds:
            computed = {key: value for key, value in modelled.items() if key not in inputs}
        identity = import_id or identity
        computed.setdefault("id", identity)
        return identity, computed


def _document(given: Value) -> Value:
    """The text of a document given as an object, secret if the document is; None for what is text already."""
    bare = reveal(given)
    if not isinstance(bare, (dict, list)):
        return None
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"))
    return Secret(text) if isinstance(given, Secret) else text


def _package(config: Mapping[str, str], package: str) -> dict[str, str]:
    mark = f"{package}:"
    return {key[len(mark) :]: value for key, value in config.items() if key.startswith(mark)}


def _scope(inputs: Mapping[str, Any], base: Scope | None = None) -> Scope:
    """A provider's scope from its inputs, in which nested values are JSON texts."""
    base = base or Scope(INVENTED_ACCOUNT, INVENTED_REGION, INVENTED_TENANT, INVENTED_ORG, {})
    account = base.account
    accounts = _parsed(inputs.get("allowedAccountIds"))
    roles = _parsed(inputs.get("assumeRoles"))
    if isinstance(accounts, list) and accounts:
        account = str(cast("list[Any]", accounts)[0])
    elif isinstance(roles, list) and roles and isinstance(roles[0], dict):
        arn = str(cast("dict[str, Any]", roles[0]).get("roleArn", ""))
        parts = arn.split(":")
        account = parts[4] if len(parts) > 5 else account
    tags = _parsed(inputs.get("defaultTags"))
    chosen = cast("dict[str, Any]", tags).get("tags") if isinstance(tags, dict) else None
    org = _text(inputs.get("orgName"))
    return Scope(
        account=account,
        region=_text(inputs.get("region")) or base.region,
        tenant=_text(inputs.get("tenantId")) or base.tenant,
        org=f"https://{org}.{_text(inputs.get('baseUrl')) or 'okta.com'}" if org else base.org,
        default_tags=cast("dict[str, str]", chosen) if isinstance(chosen, dict) else base.default_tags,
    )


def _parsed(value: Value) -> Value:
    if not isinstance(value, str):
        return reveal(value)
    try:
        return json.loads(value)
    except ValueError:
        return None


def _text(value: Value) -> str | None:
    return None if isinstance(value, Secret) or not isinstance(value, str) or value == UNKNOWN else value
