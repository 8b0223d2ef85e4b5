"""Label smoothing: how sure a classifier is, and how sure it should be."""
