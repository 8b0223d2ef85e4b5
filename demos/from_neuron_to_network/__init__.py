"""From neuron to network: one line, why it needs a bias, where it ends, and what hidden neurons add."""
