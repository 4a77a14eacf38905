"""The offline preview's engine: runs the program of `pulumi up` in process, without account, CLI or network.

from billing_identity.review.preview.config import load_stack_config
from billing_identity.review.preview.run import run_program

config = load_stack_config(root, "all-reference")
preview = run_program(root, "all-reference", config.values, secret_config=config.secrets)
"""
