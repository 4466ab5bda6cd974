"""What a report says to happen, as drafts whose parties are words."""
