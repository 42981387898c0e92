"""The ledger on disk: tables, decisions, search, migrations."""

from selon.store.decisions import Decision, RunRecord
from selon.store.ledger import Ledger
from selon.store.rows import Heading

__all__ = ["Decision", "Heading", "Ledger", "RunRecord"]
