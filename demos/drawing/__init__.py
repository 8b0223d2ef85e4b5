"""Figures: one function each, arrays in, a matplotlib figure out. One module per topic."""
