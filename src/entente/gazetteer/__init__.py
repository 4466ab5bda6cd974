"""What the world is called."""
