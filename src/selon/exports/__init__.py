"""A ledger for other people's tools."""
