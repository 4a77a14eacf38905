"""Argument checks that the AWS components share: each yields faults as text, `require` raises them all."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import NotRequired, Required, cast, get_args, get_origin, is_typeddict

from billing_identity.components.errors import ComponentInputError

LOG_RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827),
    *(2192, 2557, 2922, 3288, 3653),
)
"""Retention periods that CloudWatch Logs accepts (PutRetentionPolicy)."""

SIX_YEARS = 2192
"""Days of the longest six years (45 CFR 164.316(b)(2)(i)): 6 * 365 and two leap days."""

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_KEY = re.compile(r"arn:(?:aws|aws-us-gov|aws-cn):kms:([a-z0-9-]+):(\d{12}):key/[\w-]+")
_POLICY = re.compile(r"arn:(aws|aws-us-gov|aws-cn):iam::(\d{12}|aws):policy/[\w+=,.@/-]+")
_ROLE = re.compile(
    r"arn:(aws|aws-us-gov|aws-cn):iam::\d{12}:role/"
    r"([\w+=,.@/-]*[\w+=,.@-]|[\w+=,.@/?*-]*[\w+=,.@-]{4}[\w+=,.@/?*-]*)"
)
"""A role by its name, or a pattern with four letters together at least."""


def require(component: str, faults: Iterable[str]) -> None:
    """Raise ComponentInputError with every fault, each on a line of its own; do nothing without faults."""
    lines = [f"{component}: {fault}" for fault in faults]
    if lines:
        raise ComponentInputError("\n".join(lines))


def arguments(component: str, args: Mapping[str, object], kind: type) -> None:
    """Refuse what a component would otherwise pass over in silence or stumble on.

    `kind` is the TypedDict of its arguments. Raises ComponentInputError with every argument that is missing
    and every one that is unknown, which is a misspelt one, also within arguments.
    """
    require(component, _argument_faults(args, kind, ""))


def _argument_faults(args: Mapping[str, object], kind: type, where: str) -> Iterator[str]:
    required: frozenset[str] = getattr(kind, "__required_keys__")  # noqa: B009 - not known of `type`
    optional: frozenset[str] = getattr(kind, "__optional_keys__")  # noqa: B009
    known = sorted(required | optional)
    for name in sorted(required - args.keys()):
        yield f"{where}{name}: missing"
    for name in sorted(args.keys() - required - optional):
        near = get_close_matches(name, known, n=1)
        meant = f"did you mean {near[0]}?" if near else f"it takes {', '.join(known)}"
        yield f"{where}{name}: unknown; {meant}"
    for name, (holder, inner) in _inner_kinds(kind).items():
        for place, value in _inner_values(args.get(name), holder):
            yield from _argument_faults(value, inner, f"{where}{name}{place}.")


@lru_cache
def _inner_kinds(kind: type) -> dict[str, tuple[type | None, type]]:
    """TypedDicts within a TypedDict, by argument, with what holds them: list, dict by name, or nothing."""
    found: dict[str, tuple[type | None, type]] = {}
    for name, given in kind.__annotations__.items():
        hint = get_args(given)[0] if get_origin(given) in (Required, NotRequired) else given
        holder = get_origin(hint) if get_origin(hint) in (list, dict) else None
        inner = get_args(hint)[-1] if holder else hint
        if is_typeddict(inner):
            found[name] = (holder, inner)
    return found


def _inner_values(value: object, holder: type | None) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Arguments within an argument, with their places; nothing of what is no mapping, such as an Output."""
    items: list[tuple[str, object]] = [("", value)]
    if holder is list:
        items = [(f"[{n}]", item) for n, item in enumerate(cast("list[object]", value or []))]
    elif holder is dict:
        items = [(f".{key}", item) for key, item in cast("dict[str, object]", value or {}).items()]
    for place, item in items:
        if isinstance(item, Mapping):
            yield place, cast("Mapping[str, object]", item)


def bucket_name(name: str) -> Iterator[str]:
    """Faults of a bucket name (S3 bucket naming rules), dots refused because they break TLS host names."""
    if not _BUCKET.fullmatch(name):
        yield (
            f"bucket name {name!r}: 3 to 63 lower-case letters, digits and hyphens, "
            "beginning and ending with a letter or digit"
        )
    elif "." in name or _ADDRESS.fullmatch(name):
        yield f"bucket name {name!r}: write hyphens instead of dots, which break TLS host names"
    elif name.startswith(("xn--", "sthree-", "amzn-s3-demo-")) or name.endswith(
        ("-s3alias", "--ol-s3", "--x-s3", "--table-s3", "-an")
    ):
        yield f"bucket name {name!r}: S3 keeps this prefix or suffix for itself"


def region(name: str, what: str = "region") -> Iterator[str]:
    """Faults of a Region's name."""
    if not _REGION.fullmatch(name):
        yield f"{what} {name!r}: write an AWS Region, for example us-east-1"


def account(number: str, what: str = "account_id") -> Iterator[str]:
    """Faults of an account id."""
    if not (len(number) == 12 and number.isascii() and number.isdigit()):
        yield f"{what} {number!r}: write the 12 digits of an AWS account, as a string"


def key_arn(value: object, region: str, account: str | None = None, what: str = "key_arn") -> Iterator[str]:
    """Faults of a key that is given as text: an alias, a key of another Region or, where the keys' `account`
    is known, of another account. An Output is known to nobody yet."""
    if not isinstance(value, str):
        return
    found = _KEY.fullmatch(value)
    if found is None:
        yield f"{what} {value!r}: write a key's ARN, with `key/` and no alias"
        return
    if found[1] != region:
        yield f"{what} {value!r}: a key of {found[1]}; write one of {region}, keys serve their own Region"
    if account is not None and found[2] != account:
        yield f"{what} {value!r}: a key of account {found[2]}, where keys are those of {account}"


def policy_arn(value: str, what: str) -> Iterator[str]:
    """Faults of a managed policy's ARN."""
    if not _POLICY.fullmatch(value):
        yield f"{what} {value!r}: write a managed policy's ARN, arn:aws:iam::111122223333:policy/NAME"


def role_patterns(patterns: Sequence[str], what: str, *, empty: bool = False) -> Iterator[str]:
    """Faults of a list of role ARNs or `ArnLike` patterns: a whole account or a bare `*` is no role."""
    if not patterns and not empty:
        yield f"{what}: empty; name at least one role"
    for pattern in patterns:
        if not _ROLE.fullmatch(pattern):
            yield (
                f"{what} {pattern!r}: write a role ARN with its account, "
                "for example arn:aws:iam::111122223333:role/key-administrator"
            )


def log_retention(days: int, minimum: int = SIX_YEARS) -> Iterator[str]:
    """Faults of a log group's retention in days: an allowed value, at least `minimum`."""
    if days not in LOG_RETENTION_DAYS or days < minimum:
        allowed = ", ".join(str(value) for value in LOG_RETENTION_DAYS if value >= minimum)
        yield f"retention {days} days: write one of {allowed}"


def next_retention(days: int) -> int:
    """The shortest period that CloudWatch Logs accepts and that is not shorter than `days`.

    Raises ComponentInputError above 3,653 days, which CloudWatch Logs can't express.
    """
    for value in LOG_RETENTION_DAYS:
        if value >= days:
            return value
    raise ComponentInputError(f"retention {days} days: CloudWatch Logs keeps at most 3653 days")


def tags(
    values: Mapping[str, object], needed: Sequence[str] = ("Owner", "DataClass", "CatalogueId")
) -> Iterator[str]:
    """Faults of tags: each of `needed` is there."""
    for key in needed:
        if not values.get(key):
            yield f"tags: {key} is missing"
