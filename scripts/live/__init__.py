"""Live demos: the demos' own training steps, exported for the browser, and what a slide needs of them."""
