"""Generated files are what the rules say; every rule answers to something that can be cited."""

import re

import pytest

from billing_identity.policies import docs, manifest
from billing_identity.policies.framework.citations import citations_of, mapping
from billing_identity.policies.framework.registry import rule_ids, rules
from billing_identity.roles.citations.registry import UnknownCitationError, citation, registry

_PAGE = docs.page()


def test_rules_page_is_current():
    assert docs.FILE.read_text(encoding="utf-8") == _PAGE, "run: python -m billing_identity.policies.docs"


def test_manifest_is_current():
    assert manifest.FILE.read_text(encoding="utf-8") == manifest.manifest(), (
        "a rule changed: see that nothing got weaker, then run: python -m billing_identity.policies.manifest"
    )


def test_there_are_enough_rules_of_each_domain():
    for prefix, least in (("okta-", 8), ("entra-", 8), ("aws-", 10), ("separation-of-duties", 3)):
        assert sum(rule.id.startswith(prefix) for rule in rules()) >= least, prefix


def test_every_rule_is_mapped_and_no_mapping_is_dead():
    assert set(mapping()) == rule_ids()


@pytest.mark.parametrize("rule_id", sorted(rule_ids()))
def test_every_citation_exists_and_hipaa_comes_first(rule_id):
    cited = citations_of(rule_id)
    assert cited
    assert cited[0].id.startswith("164.")
    assert len({item.id for item in cited}) == len(cited)


def test_the_registry_holds_the_security_rule():
    security = [
        item
        for item in registry().values()
        if item.id.startswith(("164.306", "164.308", "164.310", "164.312", "164.314", "164.316"))
    ]
    assert len(security) == 69
    marked = [item for item in security if item.kind in ("required", "addressable")]
    assert {item.id for item in marked if item.kind == "addressable"} >= {
        "164.312(a)(2)(iii)",
        "164.312(a)(2)(iv)",
        "164.308(a)(3)(ii)(C)",
    }
    assert citation("164.312(a)(2)(i)").kind == "required"
    assert citation("164.312(b)").kind == "standard"


def test_a_citation_labels_itself():
    assert citation("164.312(d)").label == "45 CFR 164.312(d) Person or entity authentication"
    assert citation("MS.AAD.1.1v1").label == "MS.AAD.1.1v1 Block legacy authentication"


def test_an_unknown_citation_is_an_error_that_says_where_to_add_it():
    with pytest.raises(UnknownCitationError, match=r"roles/citations/registry\.yaml"):
        citation("164.999")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_rules_section_is_complete(rule):
    page = _PAGE
    start = page.index(f"\n## {rule.id}\n")
    end = page.find("\n## ", start + 4)
    section = page[start : end if end > 0 else None]
    for part in (rule.title, rule.why, rule.remedy, f"Severity {rule.severity}", "- Matches: `"):
        assert part in section
    for title in ("Allowed", "Refused", "Citations"):
        found = re.search(rf"^- {title}: (.+)$", section, re.MULTILINE)
        assert found, title
    assert ("unliftable" in section) is not rule.liftable
    for name in rule.parameters:
        assert f"- Parameter `{name}` (default " in section
    assert re.search(r"^- Unknown: (undecided while|does not matter)", section, re.MULTILINE)
    assert all(f"`{place}`: {why}" in section for place, why in rule.tolerates.items())
    for word in ("Passes", "Refused"):
        assert len(re.findall(rf"^{word} \(.+\):\n\n```yaml\n\S", section, re.MULTILINE)) == 1, word
    assert ("- Must be there: " in section or "- Safe if left out: " in section) is bool(rule.reads)
    assert ("- Needs a catalogue" in section) is rule.needs_catalogue
    assert not rule.blind_spot or f"- Can't see: {rule.blind_spot}" in section
