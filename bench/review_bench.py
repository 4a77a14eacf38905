"""Time and memory of `check`, `preview`, `diff` and `report` on a large catalogue, and on one twice as large.

    python bench/review_bench.py

The catalogue is made from the reference: its base roles and policy, with 1,000 roles, 500 systems and 200
clients of their own. Seconds are of processor time, each in a process of its own. The head gives one role
in a hundred a grant. `diff` previews both sides, as it does where nothing else is said; `diff of access` does
not. `report` is the page alone, without the preview behind it.

Most of the memory of a preview is Pulumi's SDK's: until a program has ended it keeps four futures of every
output of every resource. What a preview leaves behind is small beside that: a second one adds little.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from billing_identity.roles.loader import REFERENCE

ROOT = Path(__file__).resolve().parent.parent
ROLES, SYSTEMS, CLIENTS, GRANTS = 1_000, 500, 200, 8
DAY = "2026-11-24"


def generate(target: Path, times: int) -> None:
    """Writes a catalogue of `times` the size into `target`."""
    shutil.copytree(REFERENCE, target)
    system = (target / "systems" / "tebra.yaml").read_text(encoding="utf-8")
    client = (target / "clients" / "clearwater-laboratory.yaml").read_text(encoding="utf-8")
    names = [f"system-{number:04}" for number in range(SYSTEMS * times)]
    for name in names:
        text = system.replace("title: Tebra Billing", f"title: System {name}").replace(
            "tebra.example", f"{name}.example"
        )
        text = text.replace("urn:tebra:", f"urn:{name}:")
        (target / "systems" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for number in range(CLIENTS * times):
        title = client.splitlines()[1]
        text = client.replace(title, f"title: Client {number:04}").replace("CLRW", f"C{number:05}")
        code = next(line for line in client.splitlines() if line.startswith("code:"))
        text = text.replace(code, f"code: C{number:05}")
        start, _, rest = text.partition("systems:")
        after = rest[rest.index("\nallowed_countries") :]
        served = ", ".join(names[(number * 5 + step) % len(names)] for step in range(5))
        (target / "clients" / f"client-{number:04}.yaml").write_text(
            f"{start}systems: [{served}]{after}", encoding="utf-8"
        )
    training = target / "training" / "phi-handling-billing.yaml"
    audience = "".join(f"  - role-{number:05}\n" for number in range(ROLES * times))
    text = training.read_text(encoding="utf-8").replace("audience:\n", f"audience:\n{audience}", 1)
    training.write_text(text, encoding="utf-8")
    for number in range(ROLES * times):
        grants = "".join(
            f"  - {{ entitlement: {names[(number * 7 + step) % len(names)]}/coding, rationale: Needs it., "
            "since: 2024-03-04 }\n"
            for step in range(GRANTS)
        )
        (target / "roles" / f"role-{number:05}.yaml").write_text(role(number, grants), encoding="utf-8")


def role(number: int, grants: str) -> str:
    """A role's file."""
    return (
        f"title: Role {number:05}\npurpose: Codes encounters of its queue.\n"
        "minimum_necessary: { rationale: Needs the note to code it., phi_categories: [Clinical notes] }\n"
        f"owner: operations-director\njob_codes: [RCM-CODER]\ninherits: [billing-base]\ngrants:\n{grants}"
        "risk: moderate\nring: everyone\n"
    )


def change(folder: Path) -> None:
    """Gives one role in a hundred another grant."""
    for path in sorted((folder / "roles").glob("role-*00.yaml")):
        text = path.read_text(encoding="utf-8")
        more = (
            "grants:\n  - { entitlement: athenaone/statements, rationale: Prepares statements., "
            "since: 2026-11-24 }\n"
        )
        path.write_text(text.replace("grants:\n", more, 1), encoding="utf-8")


MEASURE = """
import resource, sys, time
sys.argv = ["billing-identity", *sys.argv[1:]]
start = time.process_time()
if sys.argv[1] == "page":
    from datetime import date
    from pathlib import Path
    from billing_identity.review.report.page import render
    from billing_identity.roles.loader import load
    print(render(load(Path(sys.argv[2])).catalogue, (), None, as_of=date(2026, 11, 24), environment="prod"))
else:
    from billing_identity.review.cli import main
    try:
        main()
    except SystemExit:
        pass
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{time.process_time() - start:.2f} {used:.0f}", file=sys.stderr)
"""


def measured(*arguments: str) -> tuple[float, float, int]:
    """Seconds of processor time, MB at the most, and characters printed of a command."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *arguments, "--as-of", DAY],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, memory = done.stderr.splitlines()[-1].split()
    return float(seconds), float(memory), len(done.stdout)


def main() -> None:
    """Prints a line of JSON for each size and command, and the growth from once to twice the size."""
    found: dict[tuple[str, int], tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for times in (1, 2):
            base, head = Path(scratch) / f"base-{times}", Path(scratch) / f"head-{times}"
            generate(base, times)
            shutil.copytree(base, head)
            change(head)
            commands = {
                "check": ("check", str(head)),
                "preview": ("preview", "--catalogue", str(head), "--out", str(Path(scratch) / "out")),
                "diff of access": ("diff", str(base), str(head), "--no-resources", "--format", "markdown"),
                "diff": ("diff", str(base), str(head), "--format", "markdown"),
                "report": ("page", str(head)),
            }
            for name, arguments in commands.items():
                seconds, memory, printed = measured(*arguments)
                found[name, times] = (seconds, memory)
                print(
                    json.dumps(
                        {"command": name, "size": times, "seconds": seconds, "MB": memory, "printed": printed}
                    ),
                    flush=True,
                )
    for name in {command: None for command, _ in found}:
        (once, small), (twice, large) = found[name, 1], found[name, 2]
        print(
            json.dumps(
                {
                    "command": name,
                    "time growth": round(twice / once, 2),
                    "memory growth": round(large / small, 2),
                }
            )
        )


if __name__ == "__main__":
    main()
