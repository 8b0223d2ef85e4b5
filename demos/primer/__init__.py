"""Neural networks from scratch: a unit, a step, a fit by hand."""
