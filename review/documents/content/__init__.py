"""The documents themselves, one file each: `build(writer)` gives the document."""
