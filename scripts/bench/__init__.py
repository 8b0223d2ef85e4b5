"""Speed, as ratios within one run: what the README's tables say.

__main__       ensembles, wide networks, what rooms offer (bench.py) against plain loops: make bench
engine         the engine against the plain loop and, where it is installed, JAX (in_jax)
table          the workload of a table of tasks and regularizers, in CPU seconds
in_browser     steps in the page against torch
"""
