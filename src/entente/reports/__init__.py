"""A dated text with its provenance: normalised once, its prose cut into sentences."""
