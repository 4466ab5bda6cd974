"""The codebook, as data."""
