"""Data bias: a classifier that learns the wrong thing, and cures."""
