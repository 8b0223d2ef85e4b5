"""Polynomials by least squares: too many coefficients, noise, ridge."""
