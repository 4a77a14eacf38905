"""Measures policy packs on the real engine: `pulumi preview` of many resources, sandbox, all in one run.

    python bench/policies_bench.py [--resources 4000] [--rounds 2] [--stock-ours]

Packs: none; an analyzer that does nothing (the engine's own calls: the floor); 100 empty rules in the SDK's
own loop (`PolicyPack`); all our rules, served by our loop; with `--stock-ours` our rules in the SDK's loop
too, which takes minutes. Needs `pulumi` on PATH. Each is previewed once a round, in turn, and the fastest
round counts; no rule has a finding, so that printing is not measured. Prints seconds by the clock and of
processor time (engine, program and pack; less moved by what else the machine does), and the clock's ratios to
the floor; exit 1 when ours is more than 10% above it, 2 without `pulumi`.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from billing_identity.policies.framework.registry import rules
from billing_identity.sandbox.server import Sandbox

LIMIT = 1.10
"""Ours over the floor at most (issue: within 10% of the analyzer that does nothing)."""

PROGRAM = """
import pulumi
import pulumi_aws as aws
import pulumi_okta as okta

cloud = aws.Provider("cloud", region="us-east-1", skip_credentials_validation=True)
directory = okta.Provider("directory", org_name="meridian", base_url="okta.com", client_id="0oaX")
on_aws, on_okta = pulumi.ResourceOptions(provider=cloud), pulumi.ResourceOptions(provider=directory)
KEY = "arn:aws:kms:us-east-1:111122223333:key/k"
tags = {"DataClass": "ephi", "Owner": "cloud-engineer"}
for i in range(COUNT // 4):
    aws.sqs.Queue(f"q{i}", name=f"bench-{i}", kms_master_key_id=KEY, tags=tags, opts=on_aws)
    aws.s3.BucketPublicAccessBlock(
        f"p{i}", bucket=f"meridian-bench-{i}", block_public_acls=True, block_public_policy=True,
        ignore_public_acls=True, restrict_public_buckets=True, opts=on_aws,
    )
    aws.cloudwatch.LogGroup(
        f"l{i}", name=f"/bench/{i}", retention_in_days=2192,
        kms_key_id=KEY, opts=on_aws,
    )
    okta.group.Group(f"g{i}", name=f"bench-{i}", opts=on_okta)
"""

NOTHING = """
import sys
from concurrent import futures

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime import proto
from pulumi.runtime.proto import analyzer_pb2_grpc


class Nothing(proto.AnalyzerServicer):
    def Handshake(self, request, context):
        return proto.AnalyzerHandshakeResponse()
    def ConfigureStack(self, request, context):
        return proto.AnalyzerStackConfigureResponse()
    def GetPluginInfo(self, request, context):
        return proto.PluginInfo(version="0.0.1")
    def GetAnalyzerInfo(self, request, context):
        return proto.AnalyzerInfo(name="nothing", version="0.0.1", supportsConfig=True)
    def Configure(self, request, context):
        return empty_pb2.Empty()
    def Analyze(self, request, context):
        return proto.AnalyzeResponse()
    def AnalyzeStack(self, request, context):
        return proto.AnalyzeResponse()
    def Remediate(self, request, context):
        return proto.RemediateResponse()
    def Cancel(self, request, context):
        return empty_pb2.Empty()


LIMIT = 400 * 1024 * 1024
sizes = [("grpc.max_receive_message_length", LIMIT), ("grpc.max_send_message_length", LIMIT)]
server = grpc.server(futures.ThreadPoolExecutor(max_workers=4), options=sizes)
analyzer_pb2_grpc.add_AnalyzerServicer_to_server(Nothing(), server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
sys.stdout.write(f"{port}\\n")
sys.stdout.flush()
server.wait_for_termination()
"""

OURS = """
from pathlib import Path
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.server import serve

serve("ours", rules(), Path(__file__).resolve().parent)
"""

EMPTY = """
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy

PolicyPack(
    name="empty",
    policies=[
        ResourceValidationPolicy(
            name=f"rule-{number}", description="nothing", validate=lambda args, report: None,
            enforcement_level=EnforcementLevel.MANDATORY,
        )
        for number in range(100)
    ],
)
"""

STOCK = """
from pulumi_policy import PolicyPack
from billing_identity.policies.framework.policy import build_policies
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.runtime import Run

PolicyPack(name="stock", policies=build_policies(rules(), Run(rules())))
"""
PACKS = {"none": "", "nothing": NOTHING, "empty": EMPTY, "ours": OURS, "stock": STOCK}


def prepare(base: Path, count: int) -> None:
    """Writes the program and the packs."""
    venv = f"{{ toolchain: pip, virtualenv: {sys.prefix} }}"
    program = base / "program"
    program.mkdir()
    (program / "Pulumi.yaml").write_text(
        f"name: bench\nruntime: {{ name: python, options: {venv} }}\n", encoding="utf-8"
    )
    (program / "__main__.py").write_text(PROGRAM.replace("COUNT", str(count)), encoding="utf-8")
    for name, text in PACKS.items():
        if text:
            (base / name).mkdir()
            (base / name / "PulumiPolicy.yaml").write_text(
                f"runtime: {{ name: python, options: {venv} }}\n", encoding="utf-8"
            )
            (base / name / "__main__.py").write_text(text, encoding="utf-8")


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(base: Path, pack: str, environment: dict[str, str]) -> tuple[float, float]:
    """One preview with a pack: seconds by the clock and of processor time.

    Raises RuntimeError when the engine fails or a rule has a finding.
    """
    command = [
        "pulumi",
        "preview",
        "--stack",
        "bench",
        "--non-interactive",
        "--color",
        "never",
        "--suppress-outputs",
    ]
    if PACKS[pack]:
        command += ["--policy-pack", str(base / pack)]
    start, used = time.perf_counter(), _processor()
    done = subprocess.run(
        command,
        cwd=base / "program",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    taken = time.perf_counter() - start, _processor() - used
    if done.returncode != 0:
        raise RuntimeError(f"{pack}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return taken


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--stock-ours", action="store_true")
    given = parser.parse_args()
    if shutil.which("pulumi") is None:
        sys.stderr.write("pulumi is not on PATH: this benchmark runs on the real engine\n")
        return 2
    packs = [pack for pack in PACKS if pack != "stock" or given.stock_ours]
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        prepare(base, given.resources)
        (base / "backend").mkdir()
        with Sandbox(base / "sandbox") as sandbox:
            environment = {
                **os.environ,
                **sandbox.environment(),
                "PULUMI_BACKEND_URL": f"file://{base / 'backend'}",
                "PULUMI_HOME": str(base / "home"),
                "PULUMI_CONFIG_PASSPHRASE": "bench",
                "PULUMI_SKIP_UPDATE_CHECK": "true",
            }
            subprocess.run(
                ["pulumi", "stack", "init", "bench"],
                cwd=base / "program",
                env=environment,
                check=True,
                capture_output=True,
            )
            best = dict.fromkeys(packs, float("inf"))
            least = dict.fromkeys(packs, float("inf"))
            for round_ in range(given.rounds):
                for pack in packs:
                    taken, processor = seconds(base, pack, environment)
                    best[pack] = min(best[pack], taken)
                    least[pack] = min(least[pack], processor)
                    print(
                        f"round {round_ + 1}  {pack:8} {taken:6.1f} s  {processor:6.1f} s processor",
                        flush=True,
                    )
    floor = best["nothing"]
    print(f"\n{given.resources} resources, {len(rules())} rules, fastest of {given.rounds} rounds:")
    for pack, taken in best.items():
        ratios = f"{taken / floor:5.2f} x the analyzer that does nothing"
        print(f"  {pack:8} {taken:6.1f} s   {ratios}   {least[pack]:6.1f} s processor")
    ratio = best["ours"] / floor
    stock, spent = best["empty"] / best["ours"], least["ours"] / least["nothing"]
    print(f"ours is {ratio - 1:+.0%} above the floor by the clock, {spent - 1:+.0%} in processor time")
    print(f"the stock loop with 100 empty rules takes {stock:.2f} x ours")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
