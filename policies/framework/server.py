"""The pack as Pulumi's analyzer: the same policy objects, served by us instead of by the SDK's `PolicyPack`.

Why not the SDK's: it reads every resource again for every policy, it lets `{"all": "disabled"}` silence
every rule with a green run, and it has one level a policy, so it can't say *undecided* at one level and a
violation at another. The analyzer protocol is public (`pulumirpc.Analyzer`); policies keep their names,
levels, severities and configuration schemas.

- A rule that can't be lifted runs at its own level whatever the configuration says. Asked for by `all`, the
  lowering is refused and reported; asked for by the rule's name, the run fails.
- Every level that is lowered is reported on each run, on the stack's root resource.
- A configuration or catalogue that can't be used fails the run; nothing passes for want of it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime import proto
from pulumi.runtime.proto import analyzer_pb2_grpc
from pulumi_policy import (
    Policy,
    ResourceValidationPolicy,
    StackValidationPolicy,
)
from pulumi_policy.version import VERSION

from billing_identity.policies.framework.configuring import config_of_engine, refuse_stack_settings
from billing_identity.policies.framework.correcting import apply
from billing_identity.policies.framework.faults import SettingsError
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.messages import (
    LEVELS,
    SEVERITIES,
    described,
    options_of,
    record_of,
)
from billing_identity.policies.framework.policy import (
    STACK_TYPE,
    FastArgs,
    GraphArgs,
    Outcome,
    Reporter,
    ResourceRulePolicy,
    RulePolicy,
    SettingsPolicy,
    StackRulePolicy,
    build_policies,
)
from billing_identity.policies.framework.reader import Options, ResourceView
from billing_identity.policies.framework.rule import Level, Rule, Verdict
from billing_identity.policies.framework.runtime import PackConfig, Run
from billing_identity.policies.framework.settings import SETTINGS_POLICY
from billing_identity.policies.framework.tokens import ANY
from billing_identity.policies.framework.wire import from_struct

MESSAGE_LIMIT = 400 * 1024 * 1024
"""Bytes of one message; the SDK's own server takes as many."""


class _Answer(Reporter):
    """Turns outcomes into diagnostics of one response."""

    def __init__(self, response: Any, policy: Policy, level: Level, pack: tuple[str, str]) -> None:  # noqa: ANN401
        self._response = response
        self._policy = policy
        self._level = level
        self._pack = pack

    def take(self, outcome: Outcome) -> None:
        if outcome.verdict is Verdict.NOT_APPLICABLE:
            self._response.not_applicable.append(
                proto.PolicyNotApplicable(policy_name=self._policy.name, reason=outcome.message)
            )
            return
        level = self._level if outcome.blocks else Level.ADVISORY
        if level is Level.REMEDIATE:
            level = Level.MANDATORY
        severity = self._policy.severity.value if self._policy.severity else ""
        self._response.diagnostics.append(
            proto.AnalyzeDiagnostic(
                policyName=self._policy.name,
                policyPackName=self._pack[0],
                policyPackVersion=self._pack[1],
                description=self._policy.description,
                message=f"{self._policy.description}\n{outcome.message}",
                enforcementLevel=LEVELS[level],  # pyright: ignore[reportArgumentType]
                urn=outcome.urn,
                severity=SEVERITIES.get(severity, 0),  # pyright: ignore[reportArgumentType]
            )
        )


class PackServer(proto.AnalyzerServicer):
    """Answers the engine for one pack. `folder`: where relative catalogue paths start."""

    def __init__(self, name: str, rules: Iterable[Rule], folder: Path, version: str = "0.0.1") -> None:
        self.pack = (name, version)
        self.run = Run(rules)
        self.policies = build_policies(self.run.rules.values(), self.run)
        self._folder = folder
        self._config = PackConfig()
        self._lock = threading.Lock()
        self._by_type: defaultdict[str, list[ResourceValidationPolicy]] = defaultdict(list)
        self._stack: list[StackValidationPolicy] = []
        for policy in self.policies:
            if isinstance(policy, ResourceRulePolicy):
                for type_ in policy.types:
                    self._by_type[type_].append(policy)
            elif isinstance(policy, SettingsPolicy):
                self._settings = policy
                self._by_type[STACK_TYPE].append(policy)
            elif isinstance(policy, StackRulePolicy):
                self._stack.append(policy)

    # The engine's calls, in the order in which it makes them.

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802
        """The engine introduces itself; there is nothing to agree on."""
        return proto.AnalyzerHandshakeResponse()

    def ConfigureStack(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802
        """Tells the stack's configuration, and whether this is a preview, in which values may be unknown."""
        self.run.preview = bool(request.dry_run)
        self._configure(lambda: self._with_stack(request.config), context)
        return proto.AnalyzerStackConfigureResponse()

    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802
        """Version of the policy SDK."""
        return proto.PluginInfo(version=VERSION)

    def GetAnalyzerInfo(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802
        """The pack and its policies, as `pulumi policy` shows them."""
        info = proto.AnalyzerInfo(name=self.pack[0], version=self.pack[1], supportsConfig=True)
        for policy in self.policies:
            info.policies.append(described(policy))
        return info

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802
        """Takes the configuration; one that can't be used fails the run with every fault named."""
        self._configure(lambda: self._with_engine(request.policyConfig), context)
        return empty_pb2.Empty()

    def Analyze(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802
        """Judges one resource by its inputs. Properties are read once, for the rules of its type only."""
        response = proto.AnalyzeResponse()
        matching = [*self._by_type.get(request.type, ()), *self._by_type.get(ANY, ())]
        if matching:
            properties = from_struct(request.properties)
            options = Options(request.options.protect, tuple(request.options.ignoreChanges))
            view = ResourceView(request.urn, request.type, request.name, properties, options)
            args = FastArgs(view, properties, opts=options_of(request.options), provider=None)
            with self._lock:
                for policy in matching:
                    level = self._level(policy)
                    if level is not Level.DISABLED:
                        policy.validate(args, _Answer(response, policy, level, self.pack))  # pyright: ignore[reportUnknownMemberType]
        return response

    def AnalyzeStack(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802
        """Judges all resources together by their outputs. The graph is built once for all rules."""
        response = proto.AnalyzeResponse()
        graph = Graph(record_of(resource) for resource in request.resources)
        args = GraphArgs(graph, resources=[])
        with self._lock:
            answer = _Answer(response, self._settings, Level.MANDATORY, self.pack)
            for fault in self.run.missing({record.urn for record in graph.records}):
                answer.take(Outcome(SETTINGS_POLICY, Verdict.FAIL, fault.text, "", ()))
            for policy in self._stack:
                level = self._level(policy)
                if level is not Level.DISABLED:
                    policy.validate(args, _Answer(response, policy, level, self.pack))  # pyright: ignore[reportUnknownMemberType]
            for line in self.run.lifts.lines():
                answer.take(Outcome(SETTINGS_POLICY, Verdict.UNDECIDED, line, "", ()))
        return response

    def Remediate(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802
        """Corrects the resource by the rules whose level is `remediate`, one after the other."""
        response = proto.RemediateResponse()
        with self._lock:
            matching = [
                policy
                for policy in self._by_type.get(request.type, ())
                if isinstance(policy, ResourceRulePolicy) and self._level(policy) is Level.REMEDIATE
            ]
            properties = request.properties
            options = Options(request.options.protect, tuple(request.options.ignoreChanges))
            for policy in matching:
                view = ResourceView(request.urn, request.type, request.name, from_struct(properties), options)
                values = policy.corrections(view)
                if not values:
                    continue
                apply(properties, values)
                said = "; ".join(f"`{path}` set to {json.dumps(value)}" for path, value in values.items())
                response.remediations.append(
                    proto.Remediation(
                        policyName=policy.name,
                        policyPackName=self.pack[0],
                        policyPackVersion=self.pack[1],
                        description=f"{policy.description}: {said}",
                        properties=properties,
                    )
                )
        return response

    def Cancel(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802
        """The engine gives up; there is nothing to undo."""
        return empty_pb2.Empty()

    def _with_stack(self, stack_config: Mapping[str, str]) -> PackConfig:
        """The configuration as it is: the stack's own may not touch it."""
        refuse_stack_settings(self.pack[0], stack_config)
        return self._config

    def _with_engine(self, policy_config: Mapping[str, Any]) -> PackConfig:
        self._config = config_of_engine(policy_config, self._folder)
        return self._config

    def _configure(self, read: Callable[[], PackConfig], context: Any) -> None:  # noqa: ANN401
        try:
            with self._lock:
                self.run.configure(read())
        except SettingsError as error:
            context.abort(
                grpc.StatusCode.INVALID_ARGUMENT,
                f"configuration of policy pack `{self.pack[0]}`:\n" + "\n".join(error.problems),
            )

    def _level(self, policy: Policy) -> Level:
        return self.run.level(policy.rule) if isinstance(policy, RulePolicy) else Level.MANDATORY


def start(server: PackServer) -> tuple[Any, int]:
    """Starts the gRPC server on a free local port and gives it with the port."""
    grpc_server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=4),
        options=[
            ("grpc.max_receive_message_length", MESSAGE_LIMIT),
            ("grpc.max_send_message_length", MESSAGE_LIMIT),
        ],
    )
    add: Callable[..., None] = analyzer_pb2_grpc.add_AnalyzerServicer_to_server
    add(server, grpc_server)
    port: int = grpc_server.add_insecure_port("127.0.0.1:0")
    grpc_server.start()
    return grpc_server, port


def serve(name: str, rules: Iterable[Rule], folder: Path) -> None:
    """Serves the pack until the engine ends the process: what a pack's `__main__.py` calls.

    Writes the port to standard output, as the engine expects. Without a ConfigureStack call the
    environment variable PULUMI_DRY_RUN says whether this is a preview.
    """
    server = PackServer(name, rules, folder)
    server.run.preview = os.environ.get("PULUMI_DRY_RUN", "true") == "true"
    grpc_server, port = start(server)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    grpc_server.wait_for_termination()
