"""What the documents say: every sentence has a basis, every id exists, nothing is claimed that is not had."""

from __future__ import annotations

import dataclasses
import re

import pytest

from billing_identity.policies.framework.registry import rule_ids
from billing_identity.review.documents import markdown
from billing_identity.review.documents.catalogue_documents import documents
from billing_identity.review.documents.content.clocks import CLOCKS
from billing_identity.review.documents.model import Document, Issue, Statement
from billing_identity.review.documents.writer import Grounds, Writer
from billing_identity.roles.checks import known_codes
from billing_identity.roles.citations.registry import known
from billing_identity.roles.model.access_policy import SmsFallback

NAMES = (
    "access-control-policy",
    "mfa-policy",
    "encryption-policy",
    "vendor-management-policy",
    "incident-response-plan",
    "training-plan",
    "monitoring-plan",
    "certification-schedule",
    "leaver-notices",
)
COVER = Issue("Meridian Revenue Partners", "0123456789ab", "2026-11-24", "prod")
BASIS = re.compile(
    r"\*\\\[(Enforced by resource|Enforced by rule|Checked by|A person must do this:) \S.*\\\]\*"
)
HOSTILE = "<script>alert(1)</script> **bold** [x](https://evil.example) | `code` \x1b[31m\n# Heading"


@pytest.fixture(scope="module")
def made(grounds: Grounds) -> dict[str, Document]:
    return {document.id: document for document in documents(grounds)}


def said(document: Document) -> str:
    return markdown.body(document)


def test_all_documents_are_there(made: dict[str, Document]) -> None:
    assert tuple(made) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_without_a_basis(made: dict[str, Document], name: str) -> None:
    cover, _, text = markdown.render(made[name], COVER).partition("\n## ")
    assert not re.findall(r"^(?![|#]).+", cover, re.M), "the cover holds headings and tables only"
    lines = [line for line in ("## " + text).splitlines() if line]
    statements = [line for line in lines if line.startswith("- ")]
    rows = [line for line in lines if line.startswith("| ")]
    headings = [line for line in lines if line.startswith("## ")]
    assert len(statements) + len(rows) + len(headings) == len(lines), "no other prose"
    heads = {index for index, line in enumerate(rows) if line.startswith("| ---")}
    for index, row in enumerate(rows):
        if index in heads or index + 1 in heads:
            continue
        assert BASIS.search(row.rstrip(" |").rsplit(" | ", 1)[-1]), row
    for line in statements:
        assert BASIS.search(line), line
        sentence = line[2:].partition(" *\\[")[0]
        assert not re.search(r"[.!?] [A-Z]", sentence), f"two sentences share a basis: {line}"


def test_every_id_exists(made: dict[str, Document], grounds: Grounds) -> None:
    kinds = {
        "rule": rule_ids(),
        "check": known_codes(grounds.catalogue),
        "person": set(grounds.catalogue.roles),
        "resource": set(grounds.resources),
    }
    seen: set[str] = set()
    for document in made.values():
        for item in document.items():
            assert all(known(citation) for citation in item.citations)
            for basis in item.bases:
                seen.add(basis.kind)
                assert basis.id in kinds[basis.kind], f"{document.id}: {basis}"
    assert seen == set(kinds)


def test_what_is_not_declared_falls_to_a_person(grounds: Grounds) -> None:
    bare = dataclasses.replace(grounds, resources={})
    for document in documents(bare):
        for item in document.items():
            assert {basis.kind for basis in item.bases} <= {"check", "person"}
    policy = documents(bare)[0]
    direct = next(
        item
        for item in policy.items()
        if isinstance(item, Statement) and "never from an assignment" in item.text
    )
    assert [basis.title for basis in direct.bases] == ["Security Officer"]


def test_a_property_that_is_missing_is_not_claimed(grounds: Grounds) -> None:
    rules = "okta:app/signonPolicyRules:SignonPolicyRules"
    access = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"
    unmanaged = {
        **grounds.resources,
        rules: {
            name: text.replace("deviceIsManaged", "x") for name, text in grounds.resources[rules].items()
        },
        access: {
            name: text.replace("compliantDevice", "x") for name, text in grounds.resources[access].items()
        },
    }

    def basis(resources: Grounds) -> set[str]:
        policy = next(item for item in documents(resources) if item.id == "encryption-policy")
        return {
            found.kind
            for item in policy.items()
            if isinstance(item, Statement) and "only on a managed device" in " ".join(item.text.split())
            for found in item.bases
        }

    assert basis(grounds) == {"resource"}
    assert basis(dataclasses.replace(grounds, resources=unmanaged)) == {"person"}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"rules": ["no-such-rule"]}, KeyError),
        ({"checks": ["no-such-check"]}, LookupError),
        ({"people": ["no-such-role"]}, KeyError),
        ({"checks": ["retention"], "cite": ["164.999"]}, LookupError),
        ({"resources": ["aws:none/none:None"]}, ValueError),
        ({}, ValueError),
    ],
)
def test_a_statement_that_rests_on_nothing_is_refused(
    grounds: Grounds, wrong: dict[str, list[str]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        Writer(grounds).say("It is so.", **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ("access-control-policy", "Nobody approves a request of their own"),
        ("access-control-policy", "GRC-1042|SEC-4127"),
        ("mfa-policy", "text codes until 2027-04-30"),
        ("encryption-policy", "hash them with Argon2id"),
        ("vendor-management-policy", "Our right to audit"),
        ("incident-response-plan", "Playbook: Phished or reused credentials"),
        ("incident-response-plan", "Playbook: Lost or stolen device"),
        ("incident-response-plan", "Playbook: Breach at a vendor"),
        ("incident-response-plan", "more than 500 residents of one State"),
        ("training-plan", "Phishing simulation: every 3 months, for everyone"),
        ("monitoring-plan", "2,192 days"),
        ("certification-schedule", "2027-01-01"),
        ("leaver-notices", "Clearwater Laboratory: within 3 days"),
        ("leaver-notices", "Disassociate user"),
    ],
)
def test_the_document_says(made: dict[str, Document], document: str, text: str) -> None:
    assert re.search(text, said(made[document]))


def test_every_entity_of_a_kind_is_in_its_document(made: dict[str, Document], grounds: Grounds) -> None:
    catalogue = grounds.catalogue
    expected = {
        "access-control-policy": [role.title for role in catalogue.roles.values() if not role.abstract],
        "mfa-policy": [system.title for system in catalogue.systems.values()],
        "vendor-management-policy": [vendor.title for vendor in catalogue.vendors.values()],
        "incident-response-plan": [item.organisation for item in catalogue.incident_plan.contacts],
        "training-plan": [module.title for module in catalogue.training.values()],
        "monitoring-plan": [alert.title for alert in catalogue.access_policy.alerts.values()],
        "leaver-notices": [
            client.title for client in catalogue.clients.values() if client.status != "closed"
        ],
    }
    for document, titles in expected.items():
        text = said(made[document])
        assert [title for title in titles if markdown.escape(title) not in text] == []


def test_clocks_cite_the_breach_rule() -> None:
    cited = {citation.split("(")[0] for clock in CLOCKS for citation in clock.citations}
    assert cited == {"164.404", "164.406", "164.408", "164.410", "164.412"}


def test_hostile_text_is_inert(grounds: Grounds) -> None:
    policy = grounds.catalogue.access_policy
    fallback = SmsFallback.model_construct(group=HOSTILE, ends="2027-04-30", reason=HOSTILE)
    catalogue = dataclasses.replace(
        grounds.catalogue, access_policy=policy.model_copy(update={"sms_fallback": fallback})
    )
    text = said(
        next(d for d in documents(dataclasses.replace(grounds, catalogue=catalogue)) if d.id == "mfa-policy")
    )
    assert "<script>" not in text and "\x1b" not in text and "[x](" not in text
    assert "&lt;script&gt;" in text
    assert not re.search(r"^# Heading", text, re.M)
