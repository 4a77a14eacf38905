"""The entities of the catalogue: one module a kind, pydantic models of one YAML file each."""
