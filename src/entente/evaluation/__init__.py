"""How good a coder is: its records against those of careful readers."""
