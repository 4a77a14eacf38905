"""How a company begins: a scaffold of its own, what it has already, and the catalogue's schema versions."""
