"""Losses: which one belongs to which output, and what its gradient tells the network."""
