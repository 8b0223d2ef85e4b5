"""Overfitting, on two moons: one network with and without weight decay."""
