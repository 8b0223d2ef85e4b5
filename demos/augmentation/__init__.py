"""More data out of the data: pictures moved, points mixed, noise added while a network trains."""
