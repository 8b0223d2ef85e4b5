"""Live demos: the engine's training step, exported for the browser, and what a slide needs of them."""
