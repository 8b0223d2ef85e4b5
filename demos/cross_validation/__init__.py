"""Cross-validation: which points a model, and its author, may look at."""
