"""What `make present` and `make lab` start: a Jupyter server on loopback.

present        build, show, watch, reload
server         the server itself: a token per run, kernels that end with it
pages          what it serves besides Jupyter's own API: decks, controls for whoever has the token
fresh          a claim measured again on stage, on seeds nobody has seen
lab, reading   copies of the notebooks for students, without the stage's words
"""
