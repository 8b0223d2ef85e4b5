"""From notebooks to the deck. `python -m scripts --help` lists what it can do.

notebooks     read and check slides/*.ipynb          dependencies  what a notebook's run depends on
execute       run them, keep the outputs             quoted        numbers in prose, from records
safety        refuse hostile markup                  exporter      notebook to slides (nbconvert)
frontend      reveal.js, KaTeX, fonts (npm)          deck          assemble pages, replace the deck
check         compare figures with the committed     serve         show, watch, reload
browser, pdf  Chromium, and the printed deck         errors        one error: file, cell, cure
files         whole or not at all, one at a time
deck/         the deck's own look and behaviour: CSS, JavaScript, templates
"""

import sys

# nbformat's and nbconvert's JSON schema checker would import this for one second and does not need it
sys.modules.setdefault("rfc3987_syntax", None)
