"""A client of the pack, which runs as the engine runs it: a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime import proto
from pulumi.runtime.proto import analyzer_pb2_grpc

PACK = Path(__file__).resolve().parents[2] / "policies" / "packs" / "hipaa"


class Pack:
    """A client of one running pack."""

    def __init__(self, preview=True):
        environment = {**os.environ, "PULUMI_DRY_RUN": str(preview).lower()}
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(PACK)],
            stdout=subprocess.PIPE,
            env=environment,
            cwd=PACK,
        )
        assert self.process.stdout is not None
        self.output = self.process.stdout
        self.port = int(self.output.readline())
        self.channel = grpc.insecure_channel(f"127.0.0.1:{self.port}")
        self.stub = analyzer_pb2_grpc.AnalyzerStub(self.channel)
        self.begin(preview)

    def begin(self, preview):
        """Tells the pack that a preview or an update begins."""
        self.stub.ConfigureStack(
            proto.AnalyzerStackConfigureRequest(stack="prod", project="test", dry_run=preview), timeout=20
        )

    def configure(self, settings=None, levels=None, parameters=None):
        request = proto.ConfigureAnalyzerRequest()
        for policy in self.stub.GetAnalyzerInfo(empty_pb2.Empty(), timeout=20).policies:
            request.policyConfig[policy.name].enforcementLevel = policy.enforcementLevel
        for name, level in (levels or {}).items():
            if name == "all":
                for policy in list(request.policyConfig):
                    request.policyConfig[policy].enforcementLevel = level
            request.policyConfig[name].enforcementLevel = level
        request.policyConfig["pack-settings"].properties.update(settings or {})
        for name, given in (parameters or {}).items():
            request.policyConfig[name].properties.update(given)
        self.stub.Configure(request, timeout=60)

    def refused_stack(self, config):
        """What the pack says when it refuses a stack's configuration."""
        request = proto.AnalyzerStackConfigureRequest(stack="prod", project="test", config=config)
        try:
            self.stub.ConfigureStack(request, timeout=20)
        except grpc.RpcError as error:
            return str(error.details())  # pyright: ignore[reportAttributeAccessIssue]
        return ""

    def refused(self, **given):
        """What the pack says when it refuses a configuration."""
        try:
            self.configure(**given)
        except grpc.RpcError as error:
            return str(error.details())  # pyright: ignore[reportAttributeAccessIssue]
        return ""

    def analyze(self, type_, props, name="example"):
        request = proto.AnalyzeRequest(type=type_, name=name, urn=f"urn:pulumi:prod::test::{type_}::{name}")
        request.properties.update(props)
        return self.stub.Analyze(request, timeout=20)

    def analyze_stack(self, records):
        request = proto.AnalyzeStackRequest()
        for record in records:
            resource = request.resources.add(type=record.type, name=record.name, urn=record.urn)
            resource.properties.update({**record.effective, **({"id": record.id} if record.id else {})})
            for prop, urns in record.property_dependencies.items():
                resource.propertyDependencies[prop].urns.extend(urns)
        return self.stub.AnalyzeStack(request, timeout=60)

    def close(self):
        self.channel.close()
        self.process.terminate()
        self.process.wait(10)
        self.output.close()

    def remediate(self, type_, props):
        request = proto.AnalyzeRequest(
            type=type_, name="example", urn=f"urn:pulumi:prod::test::{type_}::example"
        )
        request.properties.update(props)
        return self.stub.Remediate(request, timeout=20)
