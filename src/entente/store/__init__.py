"""The record on disk: one DuckDB file. All SQL is here."""

from entente.store.database import Store

__all__ = ["Store"]
