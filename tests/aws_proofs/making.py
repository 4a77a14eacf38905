"""The AWS resources of a deployment, made anew in an emulator (moto) through boto3.

Each resource type names the API operations that make it. Parameters are fitted to botocore's own description
of the operation (`aws_shapes`), so that a misspelt or misplaced input fails before the emulator sees it.
Accounts are kept apart as they are in AWS. Ids that the emulator gives stand in for those of the preview from
then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aws_shapes import Unplaced, fit
from aws_values import faults
from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

Inputs = dict[str, Any]
CONFIG = Config(
    inject_host_prefix=False,
    parameter_validation=True,
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=20,
)


@dataclass
class Emulator:
    """`endpoint` is moto's address on loopback. `failed` holds what it refused: (type, name) -> answer."""

    endpoint: str
    makers: Making
    """How each type of resource is made."""
    made: list[tuple[str, str]] = field(default_factory=list)
    failed: dict[tuple[str, str], str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Values that AWS's own description of an operation refuses; the emulator lets most of them through."""
    ids: dict[str, str] = field(default_factory=dict)
    _session: Any = field(default_factory=Session)
    _clients: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def client(self, service: str, account: str, region: str) -> Any:
        """A client that acts in an account, as after taking on a role there."""
        key = (service, account, region)
        if key not in self._clients:
            client: Any = self._session.client(
                service,
                region_name=region or "us-east-1",
                endpoint_url=self.endpoint,
                aws_access_key_id="emulated",
                aws_secret_access_key="emulated",
                config=CONFIG,
            )

            def as_account(request: Any, **_: Any) -> None:
                request.headers["x-moto-account-id"] = account
                request.url = request.url.replace(f"//{account}.", "//")  # S3 Control's host is the account's

            client.meta.events.register("before-sign", as_account)
            self._clients[key] = client
        return self._clients[key]

    def make(self, resource: dict[str, Any], account: str, home: str) -> None:
        """Makes one resource of a deployment; what the emulator refuses is kept in `failed`."""
        name = resource["urn"].rsplit("::", 1)[1]
        type_, inputs = resource["type"], self.translated(resource["inputs"])
        region = inputs.get("region", home)
        maker = Maker(self, account, region, resource)
        if type_ not in self.makers:
            self.failed[(type_, name)] = "no way of making: add it to a module's MAKE"
            return
        try:
            self.makers[type_](maker, {key: value for key, value in inputs.items() if key != "region"})
        except (ClientError, ResponseParserError) as error:
            self.failed[(type_, name)] = str(error)
        except Unplaced as error:
            raise AssertionError(f"{name}: no place for {error}") from error
        else:
            self.made.append((type_, name))

    def translated(self, value: Any) -> Any:
        """A value in which the preview's ids are the emulator's."""
        if isinstance(value, dict):
            return {key: self.translated(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.translated(inner) for inner in value]
        if isinstance(value, str):
            for old, new in sorted(self.ids.items(), key=lambda pair: -len(pair[0])):
                value = value.replace(old, new)
        return value


@dataclass
class Maker:
    """One resource on its way: who, where, and the calls."""

    emulator: Emulator
    account: str
    region: str
    resource: dict[str, Any]

    def call(
        self,
        service: str,
        operation: str,
        inputs: Inputs,
        names: dict[str, str] | None = None,
        region: str | None = None,
    ) -> Any:
        """Calls an operation with inputs fitted to it."""
        client = self.emulator.client(service, self.account, region or self.region)
        model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])
        parameters = fit(inputs, model.input_shape, names or {})
        name = self.resource["urn"].rsplit("::", 1)[1]
        self.emulator.refused += [
            f"{name}: {fault}" for fault in faults(parameters, model.input_shape, operation)
        ]
        return getattr(client, operation)(**parameters)

    def replaces(self, new: str, old: str | None = None) -> None:
        """From now on the emulator's id stands for the preview's."""
        previous = old or self.resource["id"]
        if previous != new:
            self.emulator.ids[previous] = new


Making = Mapping[str, Callable[[Maker, Inputs], None]]


def tags_of(inputs: Inputs, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    return [{key: name, value: text} for name, text in inputs.pop("tags", {}).items()]


def network_of(make: Maker, vpc: str) -> str:
    """The network of an id: it is there before the program, so it is made on its first use."""
    if vpc in make.emulator.ids.values():
        return vpc
    client = make.emulator.client("ec2", make.account, make.region)
    made: str = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    make.replaces(made, vpc)
    return made
