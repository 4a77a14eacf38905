"""The components as packages for Pulumi programs in any language: one package a provider.

`okta/`, `entra/`, `aws/` and `containment/` beside this file each hold a `PulumiPlugin.yaml`, the bare
`__main__.py` that Pulumi starts, and the inferred schema, committed so that a change of interface is seen.
"""
