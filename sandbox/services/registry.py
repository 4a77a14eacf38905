"""How a service's behaviour is declared: functions registered by type token.

To add one, write a small function in a module below `services/okta`, `services/entra` or `services/aws` and
decorate it; `services/__init__.py` imports the modules. What no function covers behaves as `lifecycle.py`
says.
"""

import json
import secrets
import string
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar, cast

from billing_identity.sandbox.check import Validator
from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.store import Object, Store
from billing_identity.sandbox.wire import Properties, Value


class ServiceError(Exception):
    """The service refuses; the message is what the real one says, as near as is known."""


@dataclass(slots=True)
class Call:
    """One create, update or delete, as the functions of a service see it.

    `inputs` are plain values (no secrets, no `__defaults`); for a delete they are the live properties.
    `id` is "" until the object has one. `old` is the live object of an update or delete. `region` is the
    region that the object is in, "" for what has none. `scratch` passes values from one function to a later
    one.
    """

    store: Store
    instance: Instance
    token: str
    urn: str
    inputs: Properties
    region: str = ""
    id: str = ""
    old: Object | None = None
    outputs: Properties = field(default_factory=Properties)
    scratch: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def account(self) -> str:
        """The organisation, tenant or account."""
        return self.instance.account

    def text(self, name: str) -> str:
        """An argument as text, "" when absent."""
        value = self.inputs.get(name)
        return "" if value is None else str(value)

    def texts(self, name: str) -> list[str]:
        """An argument that is a list of strings, [] when absent."""
        return [str(v) for v in cast("list[Value]", self.inputs.get(name) or [])]

    def has(self, kind: str, identifier: str) -> bool:
        """Whether an object of a type lives in the account under an id."""
        return any(o.id == identifier for o in self.store.find(kind, self.account))

    def others(self, kind: str, name: str, value: Value) -> list[Object]:
        """Objects of a type in the account whose property `name` is `value`, without the one at hand."""
        found = self.store.find(kind, self.account, lambda p: p.get(name) == value)
        return [o for o in found if self.old is None or o.place != self.old.place]


Step = Callable[[Call], None]
Identity = Callable[[Call], str]
Outputs = Callable[[Call], Properties]
Keyed = Callable[[Properties, str], str]
Lookup = Callable[[Store, Instance, Properties], Properties]

identities: Final[dict[str, Identity]] = {}
keys: Final[dict[str, Keyed]] = {}
computed: Final[dict[str, Outputs]] = {}
derived: Final[dict[str, list[Outputs]]] = defaultdict(list)
validators: Final[dict[str, list[Validator]]] = defaultdict(list)
before_create: Final[dict[str, list[Step]]] = defaultdict(list)
before_update: Final[dict[str, list[Step]]] = defaultdict(list)
before_delete: Final[dict[str, list[Step]]] = defaultdict(list)
after_write: Final[dict[str, list[Step]]] = defaultdict(list)
after_delete: Final[dict[str, list[Step]]] = defaultdict(list)
kept_on_delete: Final[set[str]] = set()
lookups: Final[dict[str, Lookup]] = {}

F = TypeVar("F", bound=Callable[..., Any])


def _into(table: Properties, tokens: tuple[str, ...]) -> Callable[[F], F]:
    def register(function: F) -> F:
        for token in tokens:
            table[token] = function
        return function

    return register


def _onto(tables: tuple[dict[str, list[Value]], ...], tokens: tuple[str, ...]) -> Callable[[F], F]:
    def register(function: F) -> F:
        for table in tables:
            for token in tokens:
                table[token].append(function)
        return function

    return register


def identifies(*tokens: str) -> Callable[[Identity], Identity]:
    """The function gives a new object its id."""
    return _into(identities, tokens)


def keyed(*tokens: str) -> Callable[[Keyed], Keyed]:
    """The function makes, from properties and id, what tells objects of the type apart where the id does
    not.
    """
    return _into(keys, tokens)


def computes(*tokens: str) -> Callable[[Outputs], Outputs]:
    """The function gives the outputs that are fixed when the object is created."""
    return _into(computed, tokens)


def derives(*tokens: str) -> Callable[[Outputs], Outputs]:
    """The function gives outputs that follow the inputs, at every create and update."""
    return _onto((derived,), tokens)


def validates(*tokens: str) -> Callable[[Validator], Validator]:
    """The function finds faults in checked inputs, as the provider does without asking the service."""
    return _onto((validators,), tokens)


def before(*tokens: str) -> Callable[[Step], Step]:
    """The function raises ServiceError when a create or an update must be refused."""
    return _onto((before_create, before_update), tokens)


def before_creation(*tokens: str) -> Callable[[Step], Step]:
    """The function raises ServiceError when a create must be refused."""
    return _onto((before_create,), tokens)


def before_deletion(*tokens: str) -> Callable[[Step], Step]:
    """The function raises ServiceError when a delete must be refused."""
    return _onto((before_delete,), tokens)


def after(*tokens: str) -> Callable[[Step], Step]:
    """The function runs after a create or an update, in the same transaction."""
    return _onto((after_write,), tokens)


def after_deletion(*tokens: str) -> Callable[[Step], Step]:
    """The function runs after a delete, in the same transaction."""
    return _onto((after_delete,), tokens)


def looks_up(*tokens: str) -> Callable[[Lookup], Lookup]:
    """The function answers a data source; it raises ServiceError when there is nothing to answer."""
    return _into(lookups, tokens)


_BASE62: Final = string.digits + string.ascii_letters


def base62(length: int) -> str:
    """Random letters and digits."""
    return "".join(secrets.choice(_BASE62) for _ in range(length))


def lower_hex(length: int) -> str:
    """Random lower-case hexadecimal digits."""
    return secrets.token_hex((length + 1) // 2)[:length]


def new_uuid() -> str:
    """A random UUID."""
    return str(uuid.uuid4())


def load_json(text: Value) -> Value:
    """The document in a string, None when it is not JSON."""
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return None
