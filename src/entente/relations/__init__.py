"""What the record says of a relationship."""
