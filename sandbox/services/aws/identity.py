"""How AWS names things: ids and ARNs by type, from `templates.py`.

An argument that a template wants and that is absent is replaced by random digits. What has no template takes
its name as id.
"""

import re

from billing_identity.sandbox.services.aws.organization import ID as ORGANIZATION_ID
from billing_identity.sandbox.services.aws.templates import TEMPLATES
from billing_identity.sandbox.services.registry import (
    Call,
    base62,
    computes,
    derives,
    identifies,
    lower_hex,
    new_uuid,
)
from billing_identity.sandbox.wire import Properties


class _Fields(Properties):
    """The values of a template; what is missing is random."""

    def __missing__(self, name: str) -> str:
        if name == "uuid":
            return new_uuid()
        if found := re.fullmatch(r"(hex|base|digits|upper)(\d+)", name):
            size = int(found.group(2))
            match found.group(1):
                case "hex":
                    return lower_hex(size)
                case "base":
                    return base62(size)
                case "upper":
                    return base62(size).upper()
                case _:
                    return str(int(lower_hex(size), 16)).zfill(size)[:size]
        return lower_hex(12)


def _fields(call: Call) -> _Fields:
    values = _Fields({k: v for k, v in call.inputs.items() if isinstance(v, str | int | float | bool)})
    values["input_arn"] = call.inputs.get("arn", "")
    values.pop("arn", None)
    values["account"] = call.account
    values["region"] = call.inputs.get("region") or call.instance.region
    values["org"] = ORGANIZATION_ID
    values.setdefault("path", "/")
    values["host"] = re.sub(r"^https?://", "", call.text("url"))
    values["kind"] = call.text("type").lower() or "service_control_policy"
    values["standard"] = call.text("standardsArn").split("/", 1)[-1]
    values["sso"] = call.text("instanceArn").rsplit("/", 1)[-1]
    values["primary"] = call.text("primaryKeyArn").rsplit("/", 1)[-1]
    if not values.get("keyId"):
        multi = call.inputs.get("multiRegion") is True
        values["keyId"] = f"mrk-{lower_hex(32)}" if multi else new_uuid()
    return values


@identifies("aws:*")
def identify(call: Call) -> str:
    """The id of a new object; its ARN is put aside in the outputs, as the two share random parts."""
    fields = _fields(call)
    name = call.token.removeprefix("aws:")
    module, _, kind = name.rpartition(":")
    if name in TEMPLATES:
        identifier, arn = TEMPLATES[name]
    elif module.startswith("s3/bucket"):
        identifier, arn = "{bucket}", ""
    else:
        folder = module.split("/")[0]
        label = kind[:1].lower() + kind[1:]
        identifier = "{name}" if call.inputs.get("name") else f"{label.lower()}-{{hex17}}"
        arn = f"arn:aws:{folder}:{{region}}:{{account}}:{label.lower()}/{{id}}"
    if "{arn}" in identifier:
        fields["arn"] = arn.format_map(fields)
        fields["id"] = identifier.format_map(fields)
    else:
        fields["id"] = identifier.format_map(fields)
        fields["arn"] = arn.format_map(fields)
    call.scratch["arn"] = fields["arn"]
    return str(fields["id"])


@computes("aws:*")
def common(call: Call) -> Properties:
    """Outputs that many AWS types have."""
    vault = call.text("backupVaultName")
    region = call.inputs.get("region") or call.instance.region
    return {
        "arn": call.scratch.get("arn") or None,
        "region": region,
        "accountId": call.account,
        "ownerId": call.account,
        "owner": call.account,
        "backupVaultArn": f"arn:aws:backup:{region}:{call.account}:backup-vault:{vault}",
        "createDate": "2026-01-01T00:00:00Z",
        "createdDate": "2026-01-01T00:00:00Z",
        "creationTime": "2026-01-01T00:00:00Z",
        "uniqueId": f"AROA{base62(17).upper()}",
        "status": "ACTIVE",
    }


@derives("aws:*")
def tags_all(call: Call) -> Properties:
    """Tags together with the default tags of the provider instance."""
    own: dict[str, str] = call.inputs.get("tags") or {}
    return {"tagsAll": {**call.instance.default_tags, **own}}
