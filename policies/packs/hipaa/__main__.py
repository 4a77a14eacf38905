"""The reference HIPAA pack; all its content is in `billing_identity.policies`."""

from pathlib import Path

from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.server import serve

serve("billing-identity-hipaa", rules(), Path(__file__).resolve().parent)
