"""Dropout of inputs and of hidden units, put to the test."""
