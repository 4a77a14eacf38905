"""Catalogues, streams, registries and sinks have policies too, and are shared by them unseen."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.families import not_public
from billing_identity.policies.framework.resource_policies import ELSEWHERE, FURTHER

RULE = not_public(
    title="Policies of catalogues, registries, sinks and further services let nobody in unnamed",
    types=(*FURTHER, *ELSEWHERE),
    wants=tuple(
        NotPublic(path=path, needed=False) for path in dict.fromkeys(("policy", *ELSEWHERE.values()))
    ),
)
