"""Speed and memory, each beside a named baseline measured in the same run."""
