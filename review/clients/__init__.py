"""Clients come and go: the way out by status, the certificate of destruction, moves between shards."""
