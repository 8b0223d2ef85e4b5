"""A Jupyter server that shows the deck and lends it kernels: what `make present` starts.

server.py  the server itself: loopback, a token per run, kernels that end with it
pages.py   what it serves besides Jupyter's own API: the deck, controls for whoever has the token
"""
