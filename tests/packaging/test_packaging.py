"""What is on disk is what is in the wheel, what is generated is what is committed, and nothing leaks."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from billing_identity.review.generate import generated

ROOT = Path(__file__).resolve().parents[2]
PORTIONS = ("roles", "components", "policies", "stacks", "review", "sandbox")
DATA = (".yaml", ".json", ".typed", ".j2")


def tracked(*patterns: str) -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    out = tmp_path_factory.mktemp("wheel")
    shutil.rmtree(ROOT / "build" / "lib", ignore_errors=True)  # what an earlier build left there
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(out), str(ROOT)], check=True, capture_output=True)
    with zipfile.ZipFile(next(out.glob("*.whl"))) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_every_module_and_nothing_else(wheel: set[str]) -> None:
    """Folders without `__init__.py` hold an entry point of Pulumi's and nothing to import."""
    on_disk = {
        f"billing_identity/{name}"
        for name in tracked("*.py")
        if name.startswith(PORTIONS) and (ROOT / name).parent.joinpath("__init__.py").is_file()
    }
    in_wheel = {name for name in wheel if name.endswith(".py")}
    assert in_wheel == on_disk


def test_the_wheel_holds_the_catalogue_and_its_schemas(wheel: set[str]) -> None:
    wanted = {
        f"billing_identity/{name}" for name in tracked("roles/catalogue/**/*.yaml", "roles/schema/*.json")
    }
    assert wanted <= wheel
    assert all(name.startswith("billing_identity/") for name in wheel)


def test_generated_files_are_up_to_date() -> None:
    stale = [
        name
        for name, text in generated().items()
        if not (ROOT / name).is_file() or (ROOT / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `make generate` and commit"


def test_locks_pin_everything_with_hashes_and_name_no_index() -> None:
    for lock in ("requirements.lock", "bootstrap.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pins
        for pin in pins:
            assert re.match(r"[a-z0-9-]+==\S+", pin), pin
        assert text.count("--hash=sha256:") >= len(pins)


def test_every_portion_is_typed() -> None:
    for portion in PORTIONS:
        assert (ROOT / portion / "py.typed").is_file()


def test_one_rule_a_file_and_no_two_tests_of_a_name() -> None:
    given = ("conftest.py", "__main__.py")  # names that pytest and Pulumi prescribe
    names = [Path(name).name for name in tracked("tests/**/*.py") if not name.endswith(given)]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
