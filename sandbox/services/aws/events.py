"""EventBridge, with the partner event sources that Okta's log streams open; SNS."""

from typing import Final

from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.services.aws.errors import refuse
from billing_identity.sandbox.services.registry import (
    Call,
    ServiceError,
    after,
    after_deletion,
    before,
    before_creation,
    before_deletion,
    computes,
    identifies,
    keyed,
    looks_up,
    new_uuid,
)
from billing_identity.sandbox.store import Object, Store
from billing_identity.sandbox.wire import Properties

SOURCE: Final = "aws:sandbox/partnerEventSource:PartnerEventSource"
BUS: Final = "aws:cloudwatch/eventBus:EventBus"
RULE: Final = "aws:cloudwatch/eventRule:EventRule"
TARGET: Final = "aws:cloudwatch/eventTarget:EventTarget"
ARCHIVE: Final = "aws:cloudwatch/eventArchive:EventArchive"
TOPIC: Final = "aws:sns/topic:Topic"


def open_source(store: Store, name: str, account: str, region: str) -> None:
    """A partner announces an event source: it is pending until a bus takes it."""
    arn = f"arn:aws:events:{region}::event-source/{name}"
    properties = {"name": name, "arn": arn, "state": "PENDING", "id": name, "createdBy": name.split("/")[1]}
    store.put(Object("aws", account, region, SOURCE, name, name, "", properties))


def close_source(store: Store, name: str, account: str, region: str) -> None:
    """The partner withdraws an event source."""
    found = store.get("aws", account, region, SOURCE, name)
    if found is not None:
        store.delete(found)


def _source_state(call: Call, state: str) -> None:
    name = call.text("eventSourceName")
    found = call.store.get("aws", call.account, call.region, SOURCE, name)
    if found is not None:
        call.store.put(Object(*found.place, found.id, found.urn, {**found.props, "state": state}))


@before_creation(BUS)
def source_is_pending(call: Call) -> None:
    """A partner bus takes over a source that the partner has opened and nobody has taken yet."""
    name = call.text("name")
    doing = f"creating EventBridge Event Bus ({name})"
    if any(o.region == call.region for o in call.others(BUS, "name", name)):
        message = f"Event bus {name} already exists."
        refuse(doing, "EventBridge: CreateEventBus", "ResourceAlreadyExistsException", message, 400)
    source = call.text("eventSourceName")
    if not source:
        if name.startswith("aws.partner/"):
            message = "Event bus name starting with 'aws.partner/' needs an event source of the same name."
            refuse(doing, "EventBridge: CreateEventBus", "ValidationException", message)
        return
    if source != name:
        message = "The name of a partner event bus must be the name of its event source."
        refuse(doing, "EventBridge: CreateEventBus", "ValidationException", message)
    found = call.store.get("aws", call.account, call.region, SOURCE, source)
    if found is None:
        message = f"Event source {source} does not exist."
        refuse(doing, "EventBridge: CreateEventBus", "ResourceNotFoundException", message, 400)
    if found.props.get("state") != "PENDING":
        message = f"Event source {source} is not in pending state."
        refuse(doing, "EventBridge: CreateEventBus", "InvalidStateException", message)


@after(BUS)
def source_is_taken(call: Call) -> None:
    """The source delivers to the bus from now on."""
    _source_state(call, "ACTIVE")


@before_deletion(BUS)
def bus_is_unused(call: Call) -> None:
    """A bus with rules or archives is not deleted."""
    rules = [o for o in call.others(RULE, "eventBusName", call.id) if o.region == call.region]
    if rules:
        message = "Event bus can't be deleted since it has rules."
        refuse(
            f"deleting EventBridge Event Bus ({call.id})",
            "EventBridge: DeleteEventBus",
            "ValidationException",
            message,
        )


@after_deletion(BUS)
def source_waits_again(call: Call) -> None:
    """A source without its bus is pending again."""
    _source_state(call, "PENDING")


def _bus_exists(call: Call, name: str) -> bool:
    plain = name.rsplit("event-bus/", 1)[-1] or "default"
    return plain == "default" or any(
        o.id == plain and o.region == call.region for o in call.store.find(BUS, call.account)
    )


@before(RULE, "aws:cloudwatch/eventBusPolicy:EventBusPolicy")
def bus_exists(call: Call) -> None:
    """A rule or a policy hangs on a bus."""
    name = call.text("eventBusName")
    if not _bus_exists(call, name):
        what = call.token.rsplit(":", 1)[-1]
        message = f"Event bus {name} does not exist."
        refuse(
            f"creating EventBridge {what}",
            f"EventBridge: Put{what}",
            "ResourceNotFoundException",
            message,
            400,
        )


@before(ARCHIVE)
def archive_source_exists(call: Call) -> None:
    """An archive keeps the events of a bus."""
    if not _bus_exists(call, call.text("eventSourceArn")):
        message = f"Event bus {call.text('eventSourceArn')} does not exist."
        doing = f"creating EventBridge Archive ({call.text('name')})"
        refuse(doing, "EventBridge: CreateArchive", "ResourceNotFoundException", message, 400)


@before(TARGET)
def rule_exists(call: Call) -> None:
    """A target hangs on a rule."""
    bus, rule = call.text("eventBusName") or "default", call.text("rule")
    on_bus = [
        o for o in call.store.find(RULE, call.account) if (o.props.get("eventBusName") or "default") == bus
    ]
    if not any(o.props.get("name") == rule and o.region == call.region for o in on_bus):
        message = f"Rule {rule} does not exist on EventBus {bus}."
        refuse(
            f"creating EventBridge Target ({rule})",
            "EventBridge: PutTargets",
            "ResourceNotFoundException",
            message,
            400,
        )


@before_deletion(RULE)
def rule_is_unused(call: Call) -> None:
    """A rule with targets is not deleted."""
    bus = call.inputs.get("eventBusName") or "default"
    targets = call.others(TARGET, "rule", call.inputs.get("name"))
    if any((o.props.get("eventBusName") or "default") == bus and o.region == call.region for o in targets):
        message = "Rule can't be deleted since it has targets."
        refuse(
            f"deleting EventBridge Rule ({call.id})",
            "EventBridge: DeleteRule",
            "ValidationException",
            message,
        )


@identifies(RULE)
def rule_id(call: Call) -> str:
    """The name alone on the default bus, bus/name on any other."""
    bus, name = call.text("eventBusName") or "default", call.text("name")
    path = name if bus == "default" else f"{bus}/{name}"
    call.scratch["arn"] = f"arn:aws:events:{call.region}:{call.account}:rule/{path}"
    return path


@identifies(TARGET)
def target_id(call: Call) -> str:
    """bus-rule-target, without the bus where it is the default one."""
    bus, rule = call.text("eventBusName") or "default", call.text("rule")
    call.scratch["target"] = call.text("targetId") or f"terraform-{new_uuid()[:26]}"
    path = f"{rule}-{call.scratch['target']}"
    return path if bus == "default" else f"{bus}-{path}"


@computes(TARGET)
def target_outputs(call: Call) -> Properties:
    """The target's own id, generated when absent."""
    return {"targetId": call.scratch["target"]}


@before("aws:sns/topicPolicy:TopicPolicy", "aws:sns/topicSubscription:TopicSubscription")
def topic_exists(call: Call) -> None:
    """Policies and subscriptions hang on a topic."""
    arn = call.text("topic") or call.text("arn")
    if not any(o.id == arn for o in call.store.find(TOPIC)):
        what = call.token.rsplit(":", 1)[-1]
        refuse(f"creating SNS {what} ({arn})", "SNS: Subscribe", "NotFound", "Topic does not exist")


@computes("aws:sqs/queue:Queue")
def queue_url(call: Call) -> Properties:
    """A queue's id is its URL; policies are set on it by the output `url`."""
    region = call.inputs.get("region") or call.instance.region
    return {"url": f"https://sqs.{region}.amazonaws.com/{call.account}/{call.text('name')}"}


@computes("aws:sns/topicSubscription:TopicSubscription")
def subscription_outputs(call: Call) -> Properties:
    """E-mail waits for a click."""
    return {"pendingConfirmation": call.text("protocol").startswith("email"), "ownerId": call.account}


@keyed("aws:sns/topicPolicy:TopicPolicy")
def of_topic_policy(properties: Properties, identifier: str) -> str:
    """One policy on a topic."""
    return identifier


@looks_up("aws:cloudwatch/getEventSource:getEventSource")
def event_source(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """A partner event source by prefix."""
    prefix = str(arguments.get("namePrefix", ""))
    found = [
        o
        for o in store.find(SOURCE, instance.account)
        if o.id.startswith(prefix) and o.region == instance.region
    ]
    if len(found) != 1:
        raise ServiceError(
            f"reading EventBridge Partner Event Source: {len(found)} event sources match {prefix!r}"
        )
    return {**found[0].props, "namePrefix": prefix, "id": found[0].id}
