"""entente reads reports on relations between states and keeps the record of the relationship."""

__version__ = "0.1.0"

__all__ = ["__version__"]
