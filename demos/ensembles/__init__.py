"""Ensembles and bagging: what averaging many models removes, and what it leaves."""
