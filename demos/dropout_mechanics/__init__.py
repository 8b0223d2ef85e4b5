"""Dropout, the mechanics: what a mask does to a sum, to a gradient, to an answer, and who averages them."""
