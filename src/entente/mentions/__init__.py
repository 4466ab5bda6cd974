"""Who and what is named in a report."""
