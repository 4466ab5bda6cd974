"""Standing sources looked at again: what is new is fetched once, added, and remembered."""
