"""The record for eyes and for programs."""
