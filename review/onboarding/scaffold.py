"""`billing-identity init`: a company's own project, from the reference organisation or a table of roles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml
from pydantic import ValidationError

from billing_identity.review.onboarding.role_table import quoted, read_roles, role_files
from billing_identity.review.onboarding.writing import write_folder
from billing_identity.review.pack_settings import pack_config_file
from billing_identity.roles.environments import PREPRODUCTION, PRODUCTION, production_by_name
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.access_policy import Organisation
from billing_identity.roles.problems import Location, Problem
from billing_identity.stacks.program import BUILDERS
from billing_identity.stacks.settings import load_settings, settings_file

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("all", *BUILDERS)
PROJECT = """\
name: billing-identity
description: {description}
runtime:
  name: python
  options:
    toolchain: pip
    virtualenv: .venv
main: stacks/__main__.py
stackConfigDir: stacks/config
requiredPulumiVersion: ">=3.200.0 <4.0.0"
"""
PROGRAM = '''\
"""Entry point of `pulumi up`; everything is in the package billing-identity."""

from billing_identity.stacks.program import main

main()
'''
PACK = """\
name: billing-identity-hipaa
description: HIPAA rules for identity and data protection
runtime:
  name: python
  options:
    toolchain: pip
    virtualenv: ../../../.venv
"""
PACK_PROGRAM = '''\
"""The HIPAA pack; all its content is in the package billing-identity."""

from pathlib import Path

from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.server import serve

serve("billing-identity-hipaa", rules(), Path(__file__).resolve().parent)
'''
REFERENCE_ONLY = ("clients/", "exceptions/", "incidents/", "break-glass-uses/")
"""What belongs to the invented company alone. Clients are kept only where other files name them."""


@dataclass(frozen=True)
class Wanted:
    """What `init` was asked for."""

    directory: Path
    company: str
    short_name: str
    environment: str = "prod"
    roles: Path | None = None


def scaffold(wanted: Wanted) -> tuple[Problem, ...]:
    """Writes the project, or returns what is wrong and writes nothing. Raises TakenError, OSError."""
    loaded = load(REFERENCE)
    if loaded.catalogue is None:
        return loaded.problems
    problems = list(_command_line(wanted))
    catalogue = {
        path.relative_to(REFERENCE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(REFERENCE.rglob("*.yaml"))
    }
    if wanted.roles is not None:
        roles, faults = read_roles(wanted.roles, loaded.catalogue)
        problems += faults
        if not faults:
            catalogue |= role_files(roles, loaded.catalogue)
    if problems:
        return tuple(problems)
    catalogue["organisation.yaml"] = _organisation(wanted)
    schemas = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "roles" / "schema").glob("*.json")
    }
    files = {f"catalogue/{name}": text for name, text in catalogue.items()}
    files |= {f"schema/{name}": text for name, text in schemas.items()}
    files |= _project(wanted)
    write_folder(wanted.directory, files)
    return ()


def answer_fault(option: str, answer: str) -> str | None:
    """What is wrong with one answer, `company` or `short_name`; None for a good one."""
    given = {"company": "Acme Billing", "short_name": "acme", option: answer}
    found = _command_line(Wanted(Path(), given["company"], given["short_name"]))
    return found[0].message.partition(": ")[2] if found else None


def _command_line(wanted: Wanted) -> list[Problem]:
    if not wanted.company.isprintable():
        return [_usage("--company: write one line of printable text")]
    try:
        Organisation.model_validate(
            {
                "id": "organisation",
                "schema_version": 1,
                "company": wanted.company,
                "short_name": wanted.short_name,
                "business_associate_of": "clients",
                "countries": ("US",),
            }
        )
    except ValidationError as error:
        options = {"company": "--company", "short_name": "--short-name"}
        return [
            _usage(f"{options.get(str(item['loc'][0]), item['loc'][0])}: {item['msg']}")
            for item in error.errors()
        ]
    if re.fullmatch(r"[a-z][a-z0-9]*", wanted.environment) is None:
        return [_usage(f"--environment: {wanted.environment!r} is no word such as prod")]
    if production_by_name(wanted.environment) is None:
        said = ", ".join((*PRODUCTION, *PREPRODUCTION))
        return [
            _usage(f"--environment: {wanted.environment!r} does not say whether it is production: {said}")
        ]
    return []


def _usage(message: str) -> Problem:
    remedy = 'write for example --company "Acme Billing" --short-name acme'
    return Problem.at(Location("command line"), code="usage", message=message, remedy=remedy)


def _organisation(wanted: Wanted) -> str:
    return "\n".join(
        (
            "# yaml-language-server: $schema=../schema/organisation.schema.json",
            "schema_version: 1",
            f"company: {quoted(wanted.company)}",
            f"short_name: {quoted(wanted.short_name)}",
            "business_associate_of: The covered entities in clients/.",
            "countries: [US]",
            "",
        )
    )


def _project(wanted: Wanted) -> dict[str, str]:
    environment = wanted.environment
    settings_text = (ROOT / settings_file("prod")).read_text(encoding="utf-8")
    settings, _ = load_settings(ROOT, "prod")
    if settings is None:
        raise ValueError("the reference settings do not load")
    body = settings_text.split("\n", 1)[1]
    header = "# Every identifier here is invented: replace each by your own. QUESTIONS.md lists them.\n"
    pack = pack_config_file(settings.model_copy(update={"environment": environment}))
    pack_text = json.dumps(pack, indent=2).replace("roles/catalogue", "catalogue")
    files = {
        "Pulumi.yaml": PROJECT.format(
            description=quoted(f"Identity and data protection of {wanted.company}")
        ),
        "stacks/__main__.py": PROGRAM,
        "policies/packs/hipaa/PulumiPolicy.yaml": PACK,
        "policies/packs/hipaa/__main__.py": PACK_PROGRAM,
        settings_file(environment): header + body,
        f"stacks/config/policy-pack.{environment}.json": f"{pack_text}\n",
        "QUESTIONS.md": _questions(body, wanted),
        ".gitignore": ".venv/\nbuild/\n__pycache__/\n",
    }
    for layer in LAYERS:
        files[f"stacks/config/Pulumi.{layer}-{environment}.yaml"] = (
            'config:\n  pulumi:disable-default-providers: ["*"]\n'
            f"  billing-identity:layer: {layer}\n"
            f"  billing-identity:environment: {environment}\n"
            "  billing-identity:catalogue: catalogue\n"
        )
    return files


def _questions(settings: str, wanted: Wanted) -> str:
    lines = [
        f"# Questions of {wanted.company} left to answer",
        "",
        "Everything here runs as it is, on invented data. Go through it before the first deployment.",
        "",
        f"## `{settings_file(wanted.environment)}`: replace each value",
        "",
    ]
    lines += [f"- [ ] `{name}`" for name in _values(yaml.safe_load(settings), ())]
    lines += ["", "## `catalogue/`: replace what is the reference company's", ""]
    lines += [f"- [ ] `{folder}` holds its {folder.rstrip('/')}" for folder in REFERENCE_ONLY]
    lines += [
        "- [ ] `systems/`: remove those you don't use, correct addresses and owners",
        "- [ ] `vendors/`: dates and terms of your own agreements",
        "- [ ] `access-policy.yaml`: job codes and attributes as your human-resources system sends them",
        "- [ ] `roles/`: purpose and minimum-necessary rationale in your own words",
        "",
    ]
    return "\n".join(lines)


def _values(node: object, path: tuple[str, ...]) -> Iterator[str]:
    """Where the settings have a value: `aws.accounts.keys`; a list is one value."""
    if isinstance(node, dict):
        for key, value in cast("dict[str, object]", node).items():
            yield from _values(value, (*path, key))
    else:
        yield ".".join(path)
