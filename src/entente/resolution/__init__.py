"""Which one is meant: parties, places, dates."""
