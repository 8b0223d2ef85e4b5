"""Bias and variance: the same model fitted to many training sets, what its fits share and how they differ."""
