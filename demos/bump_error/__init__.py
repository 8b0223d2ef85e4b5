"""A bump between two data points that the loss cannot see."""
