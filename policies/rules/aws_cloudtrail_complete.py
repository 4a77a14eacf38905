"""A trail records every Region, proves its files and is encrypted; none of that is the default."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView, View
from billing_identity.policies.framework.rule import Example, Finding, ResourceCheck, ResourceRule, Severity
from billing_identity.policies.framework.tokens import AWS_TRAIL

_FIELDS = {"eventCategory", "resources.type", "resources.ARN"}
S3_OBJECTS = "AWS::S3::Object"


def _flag(name: str, *, default: bool, without: str) -> ResourceCheck:
    def check(trail: ResourceView, _: RuleContext) -> Iterator[Finding]:
        if not trail.flag(name, default=default):
            yield Finding(f"`{name}` is not true: {without}")

    return check


def _key(trail: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if not trail.text("kmsKeyId"):
        yield Finding("`kmsKeyId` is not set: the log files are under Amazon's own key")


def _management_events(trail: ResourceView, _: RuleContext) -> Iterator[Finding]:
    advanced = trail.nodes("advancedEventSelectors")
    basic = trail.nodes("eventSelectors")
    if advanced:
        found = any(_field(selector, "eventCategory", "Management") for selector in advanced)
    elif basic:
        found = any(
            selector.flag("includeManagementEvents", default=True)
            and selector.text("readWriteType", "All") == "All"
            for selector in basic
        )
    else:
        return  # a trail without selectors records management events, and no others
    if not found:
        yield Finding("no event selector records all management events")


def _data_events(trail: ResourceView, _: RuleContext) -> Iterator[Finding]:
    advanced = trail.nodes("advancedEventSelectors")
    if advanced:
        found = any(
            _field(selector, "eventCategory", "Data") and _field(selector, "resources.type", S3_OBJECTS)
            for selector in advanced
        )
    else:
        found = any(
            resource.text("type", "") == S3_OBJECTS and selector.text("readWriteType", "All") == "All"
            for selector in trail.nodes("eventSelectors")
            for resource in selector.nodes("dataResources")
        )
    if not found:
        yield Finding("no event selector records reads and writes of S3 objects")


def _field(selector: View, name: str, value: str) -> bool:
    """Whether an advanced selector takes the value for the field, and narrows by nothing but resources."""
    fields = {field.text("field", ""): field for field in selector.nodes("fieldSelectors")}
    wanted = fields.get(name)
    return wanted is not None and value in wanted.texts("equals").all() and fields.keys() <= _FIELDS


def _selector(*fields: dict[str, object]) -> dict[str, object]:
    return {"name": "data", "fieldSelectors": list(fields), "__defaults": []}


_DATA = _selector(
    {"field": "eventCategory", "equals": ["Data"]}, {"field": "resources.type", "equals": [S3_OBJECTS]}
)
_MANAGEMENT = _selector({"field": "eventCategory", "equals": ["Management"]})
_TRAIL: dict[str, object] = {
    "name": "meridian-prod",
    "s3BucketName": "meridian-prod-log-archive",
    "isMultiRegionTrail": True,
    "enableLogFileValidation": True,
    "kmsKeyId": "arn:aws:kms:us-east-1:111122223333:key/mrk-1",
    "includeGlobalServiceEvents": True,
    "enableLogging": True,
    "advancedEventSelectors": [_MANAGEMENT, _DATA],
    "__defaults": ["enableLogging", "includeGlobalServiceEvents"],
}


def _but(*left_out: str, **changes: object) -> dict[str, object]:
    return {key: value for key, value in {**_TRAIL, **changes}.items() if key not in left_out}


RULE = ResourceRule(
    title="CloudTrail records everywhere, reads and writes of objects too, and can't be altered unseen",
    severity=Severity.HIGH,
    why="Activity in a Region, or on objects, that no trail records can't be examined afterwards.",
    remedy=(
        "set `isMultiRegionTrail`, `enableLogFileValidation`, `kmsKeyId`, and selectors for management "
        "events and for data events of AWS::S3::Object"
    ),
    types=(AWS_TRAIL,),
    checks=(
        _flag("isMultiRegionTrail", default=False, without="other Regions are not recorded"),
        _flag("enableLogFileValidation", default=False, without="changed log files go unnoticed"),
        _flag("enableLogging", default=True, without="nothing is recorded"),
        _flag("includeGlobalServiceEvents", default=True, without="IAM and sign-in are not recorded"),
        _key,
        _management_events,
        _data_events,
    ),
    reads={
        "isMultiRegionTrail": "fails",
        "enableLogFileValidation": "fails",
        "enableLogging": "safe",
        "includeGlobalServiceEvents": "safe",
        "kmsKeyId": "fails",
        "advancedEventSelectors": "fails",
        "advancedEventSelectors[*].fieldSelectors": "fails",
        "advancedEventSelectors[*].fieldSelectors[*].field": "fails",
        "advancedEventSelectors[*].fieldSelectors[*].equals": "fails",
        "eventSelectors": "fails",
        "eventSelectors[*].readWriteType": "safe",
        "eventSelectors[*].includeManagementEvents": "safe",
        "eventSelectors[*].dataResources": "fails",
        "eventSelectors[*].dataResources[*].type": "fails",
    },
    weaker={
        "isMultiRegionTrail": (False, "false"),
        "enableLogFileValidation": (False,),
        "enableLogging": (False,),
        "includeGlobalServiceEvents": (False,),
        "kmsKeyId": ("",),
        "advancedEventSelectors": ([_MANAGEMENT], [_DATA], [dict[str, object]()]),
        "advancedEventSelectors[*].fieldSelectors": ([], [{"field": "readOnly", "equals": ["true"]}]),
        "advancedEventSelectors[*].fieldSelectors[*].field": ("eventName",),
        "advancedEventSelectors[*].fieldSelectors[*].equals": ([], ["AWS::Lambda::Function"]),
        "eventSelectors[*].readWriteType": ("WriteOnly", "ReadOnly"),
        "eventSelectors[*].includeManagementEvents": (False,),
        "eventSelectors[*].dataResources": ([],),
        "eventSelectors[*].dataResources[*].type": ("AWS::Lambda::Function",),
    },
    neutral={"eventSelectors": "what stands in a selector is weakened; without any, nothing of objects is"},
    allowed=(
        Example("advanced selectors", AWS_TRAIL, _TRAIL),
        Example(
            "basic selectors, defaults left out",
            AWS_TRAIL,
            _but(
                "advancedEventSelectors",
                "enableLogging",
                "includeGlobalServiceEvents",
                eventSelectors=[
                    {
                        "readWriteType": "All",
                        "dataResources": [{"type": S3_OBJECTS, "values": ["arn:aws:s3:::"]}],
                    }
                ],
            ),
        ),
    ),
    disallowed=(
        Example("one Region", AWS_TRAIL, _but(isMultiRegionTrail=False)),
        Example("one Region, left out", AWS_TRAIL, _but("isMultiRegionTrail")),
        Example("no validation", AWS_TRAIL, _but("enableLogFileValidation")),
        Example("stopped", AWS_TRAIL, _but(enableLogging=False)),
        Example("no key", AWS_TRAIL, _but("kmsKeyId")),
        Example("no global events", AWS_TRAIL, _but(includeGlobalServiceEvents=False)),
        Example("no data events", AWS_TRAIL, _but(advancedEventSelectors=[_MANAGEMENT])),
        Example("no management events", AWS_TRAIL, _but(advancedEventSelectors=[_DATA])),
        Example(
            "no management events, basic",
            AWS_TRAIL,
            _but(
                "advancedEventSelectors",
                eventSelectors=[{"includeManagementEvents": False, "dataResources": [{"type": S3_OBJECTS}]}],
            ),
        ),
        Example(
            "writes only",
            AWS_TRAIL,
            _but(
                advancedEventSelectors=[
                    _MANAGEMENT,
                    _selector(
                        {"field": "eventCategory", "equals": ["Data"]},
                        {"field": "resources.type", "equals": [S3_OBJECTS]},
                        {"field": "readOnly", "equals": ["false"]},
                    ),
                ]
            ),
        ),
    ),
    blind_spot="Which buckets a selector with ARNs leaves out: the audit trail component names all of them.",
)
