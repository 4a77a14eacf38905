"""The components as packages and by hand: schemas, YAML programs, README examples, the process itself."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import pulumi
import pytest
import yaml
from google.protobuf import json_format
from pulumi.provider.experimental.analyzer import Analyzer
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from billing_identity.components.plugin.exported import PACKAGES, components, package_name
from billing_identity.components.plugin.schema import inferred, path, written
from billing_identity.components.plugin.serving import provider
from billing_identity.review.preview.record import Preview
from billing_identity.review.preview.run import run_callable

ROOT = Path(__file__).parents[2]
FOLDERS = ("okta", "entra", "aws", "containment")
DECLARES = {"okta": {"okta"}, "entra": {"azuread"}, "aws": {"aws"}, "containment": {"okta", "azuread"}}
"""Providers that the examples of a folder use."""
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_committed_schema_is_the_inferred_one(package: str) -> None:
    said = "run python -m billing_identity.components.plugin.schema"
    assert path(package).read_text(encoding="utf-8") == inferred(package), said


@pytest.mark.parametrize("package", PACKAGES)
def test_every_component_is_exported_and_described(package: str) -> None:
    import json

    schema = json.loads(inferred(package))
    names = {token.rsplit(":", 1)[1] for token in schema["resources"]}
    assert names == {component.__name__ for component in components(package)}
    assert schema["name"] == package_name(package)
    for token, resource in schema["resources"].items():
        assert resource["isComponent"], token
        assert resource.get("inputProperties"), f"{token} takes nothing"
        assert resource.get("description"), f"{token} says nothing"


@pytest.mark.parametrize("package", ["aws"])
def test_every_argument_is_described(package: str) -> None:
    import json

    schema = json.loads(inferred(package))
    told = [(token, item.get("inputProperties", {})) for token, item in schema["resources"].items()]
    told += [(token, item.get("properties", {})) for token, item in schema["types"].items()]
    silent = [
        (token, name) for token, fields in told for name in fields if not fields[name].get("description")
    ]
    assert not silent


@pytest.mark.parametrize("package", PACKAGES)
def test_the_process_serves_its_schema(package: str) -> None:
    """What the engine does with a package: start it, read its port, ask for the schema."""
    command = [sys.executable, str(ROOT / "components" / "plugin" / package), "127.0.0.1:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            with grpc.insecure_channel(
                f"127.0.0.1:{port}", options=[("grpc.max_receive_message_length", 1 << 26)]
            ) as channel:
                stub = provider_pb2_grpc.ResourceProviderStub(channel)
                reply = stub.GetSchema(provider_pb2.GetSchemaRequest(), timeout=30)  # type: ignore[attr-defined]
            served = json_format.MessageToDict(reply)["schema"]
            assert written(served) == path(package).read_text(encoding="utf-8")
        finally:
            process.terminate()


SESSION = {
    "policyName": "p",
    "description": "d",
    "groups": ["00gE"],
    "containedGroups": ["00gC"],
    "idleMinutes": 15,
    "lifetimeMinutes": 600,
}
NETWORK = [{"cidr": "203.0.113.0/28", "partner": "Waystar"}]


@pytest.mark.parametrize(
    ("package", "component", "inputs", "said"),
    [
        ("okta", "SessionPolicy", {**SESSION, "breakGlassGroup": ["00gB"]}, "did you mean breakGlassGroups"),
        ("okta", "SessionPolicy", {**SESSION, "zzz": 1, "denyHighRsk": True}, "zzz: unknown"),
        ("okta", "SessionPolicy", {**SESSION, "zzz": 1, "denyHighRsk": True}, "did you mean denyHighRisk"),
        (
            "entra",
            "RuleGroup",
            {"groupName": "g", "description": "d", "condition": "c", "adopt": "x"},
            "adopt",
        ),
        ("containment", "OktaContainment", {"user": ["00u1"]}, "did you mean users"),
        ("aws", "SftpServer", {"networks": [{**NETWORK[0], "port": 22}]}, "port: unknown"),
    ],
)
def test_a_program_in_any_language_is_told_of_an_argument_that_there_is_not(
    package: str, component: str, inputs: dict[str, Any], said: str
) -> None:
    made = provider(package)
    definition = Analyzer(package_name(package)).analyze(components(package))["component_definitions"]
    wanted = dict.fromkeys(definition[component].inputs, "x") if "networks" in inputs else {}
    with pytest.raises(pulumi.InputPropertiesError) as refused:
        made.map_inputs({**wanted, **inputs}, definition[component])
    assert said in refused.value.message


def test_right_arguments_are_taken() -> None:
    definition = Analyzer("billing-identity-okta").analyze(components("okta"))["component_definitions"]
    taken = provider("okta").map_inputs({**SESSION}, definition["SessionPolicy"])
    assert taken["policy_name"] == "p" and taken["idle_minutes"] == 15


def run(program: Callable[[], None]) -> Preview:
    group = "azuread:index/getGroup:getGroup"
    answer = {"objectId": "0a1b2c3d-4e5f-4607-8819-2a3b4c5d6e7f", "id": "g", "displayName": "pilot"}
    preview = run_callable(program, root=ROOT, invokes={group: lambda arguments: {**arguments, **answer}})
    assert not preview.errors, [str(error) for error in preview.errors]
    return preview


@pytest.mark.parametrize("folder", FOLDERS)
def test_examples_of_the_readme_run(folder: str) -> None:
    text = (ROOT / "components" / folder / "README.md").read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    assert blocks, "a README shows how to use what it describes"
    for block in blocks:
        preview = run(lambda block=block: exec(compile(block, f"{folder}/README.md", "exec"), {}))
        packages = {item.package for item in preview.resources()}
        assert packages == DECLARES[folder]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_readme_names_only_what_exists(folder: str) -> None:
    text = (ROOT / "components" / folder / "README.md").read_text(encoding="utf-8")
    known = {
        f"{component.__module__.rsplit('.', 1)[1]}.{component.__name__}" for component in components(folder)
    }
    named = set(re.findall(r"`([a-z_]+\.[A-Z]\w+)`", text))
    assert named, folder
    assert named <= known, named - known


def test_every_package_has_a_readme_and_an_example() -> None:
    for package in PACKAGES:
        assert (ROOT / "components" / package / "README.md").is_file(), package
        assert (ROOT / "docs" / "examples" / package / "Pulumi.yaml").is_file(), package


@pytest.mark.parametrize("folder", FOLDERS)
def test_yaml_programs_run(folder: str) -> None:
    """Resolved as Pulumi YAML does it: properties by the schema's names, `${a.b}` as the output of a."""
    program = yaml.safe_load(
        (ROOT / "docs" / "examples" / folder / "Pulumi.yaml").read_text(encoding="utf-8")
    )
    package = package_name(folder)
    assert (ROOT / "docs" / "examples" / folder / program["packages"][package]).resolve().is_dir()
    types = {component.__name__: component for component in components(folder)}
    definitions = Analyzer(package).analyze(components(folder))
    fields = definitions["component_definitions"]
    shapes = definitions["type_definitions"]

    def declare() -> None:
        made: dict[str, tuple[Any, Any]] = {}

        def value(given: Any, prop: Any) -> Any:
            if isinstance(given, str) and (found := re.fullmatch(r"\$\{(\w+)\.(\w+)\}", given)):
                component, outputs = made[found[1]]
                return getattr(component, outputs.outputs_mapping[found[2]])
            if isinstance(given, list):
                return [value(item, prop.items if prop is not None else None) for item in given]
            reference = getattr(prop, "ref", None)
            if isinstance(given, dict) and reference:
                shape = shapes[reference.rsplit(":", 1)[1]]
                return {shape.properties_mapping[k]: value(v, shape.properties[k]) for k, v in given.items()}
            return given

        for name, resource in program["resources"].items():
            assert resource["type"].startswith(f"{package}:")
            kind = resource["type"].rsplit(":", 1)[1]
            definition = fields[kind]
            unknown = set(resource["properties"]) - set(definition.inputs)
            required = {key for key, prop in definition.inputs.items() if not prop.optional}
            assert not unknown, unknown
            assert required <= set(resource["properties"]), required - set(resource["properties"])
            arguments = {
                definition.inputs_mapping[key]: value(given, definition.inputs[key])
                for key, given in resource["properties"].items()
            }
            component: Any = types[kind]
            made[name] = (component(name, arguments, pulumi.ResourceOptions()), definition)

    assert len(list(run(declare).resources())) >= 2
