"""The documents that an auditor asks for, generated from the catalogue: Markdown, DOCX and PDF."""
