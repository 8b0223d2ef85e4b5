"""From notebooks to decks. `python -m scripts --help` lists what it can do.

build/      a notebook on its way to a slide, and to the figures in figures/
evidence/   a seed on its way to a badge: measuring, checking, on this processor and as others do
live/       a network on its way into the page: what is exported to train there
serve/      decks on 127.0.0.1 with kernels behind them, copies for students
page/       the decks' own look and behaviour: CSS, JavaScript, templates
mutants     break the code in small ways, see whether a test notices
errors      one error: file, cell, cure
files       whole or not at all, one at a time; cache: what was made before; paths: where things live
"""

import sys

# nbformat's and nbconvert's JSON schema checker would import this for one second and does not need it
sys.modules.setdefault("rfc3987_syntax", None)
