"""Our network, running: weights, sub-words, what it sees."""
