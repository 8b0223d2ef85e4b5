"""Gradient descent: where it ends, by start, rate, schedule, momentum and dimension."""
