"""Regularizers that are built into a network: shared weights, blocks left out at random, normalization."""
