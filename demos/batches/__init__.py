"""Batches: how many points a step of descent sees, and what that buys."""
