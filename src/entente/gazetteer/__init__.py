"""What the world is called: states, their people, organisations, places, holders of office."""
