"""Scores the shipped weights and the baselines on what they never saw; keeps floors below which none may fall."""
