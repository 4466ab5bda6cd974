"""Where reports come from: bytes in, texts with their origin out."""
