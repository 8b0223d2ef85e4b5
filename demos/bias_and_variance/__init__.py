"""Bias and variance: one model fitted to many training sets, what its fits share and how they differ."""
