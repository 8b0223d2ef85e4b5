"""From notebooks to the deck. `python -m scripts --help` lists what it can do.

notebooks     read and check slides/*.ipynb          dependencies  what a notebook's run depends on
execute       run them, keep the outputs             quoted        numbers in prose, from records
safety        refuse hostile markup (safety_svg: SVG) exporter      notebook to slides (nbconvert)
policy        what a page may run and load
frontend      reveal.js, KaTeX, fonts (npm)          deck          assemble pages, replace the deck
figures       write figures/, with spreads           check         compare a run with figures/
drawings      two drawings, mark by mark             drift, digits what may move, what may be shown
figure_spreads how far figures move
evidence      measure the claims, on measuring       claims_check  does the evidence still stand?
study_keys    what a study rests on (names, essence) restamp       a new key where no digit moved
machines      all that, as other processors compute  sentences     behaviour told without evidence
serve         show, watch, reload                    browser, pdf  Chromium, and the printed deck
lab           copies for students, in JupyterLab     reading       a notebook without the stage's words
errors        one error: file, cell, cure            badges        verdicts as buttons
files         whole or not at all, one at a time
deck/         the deck's own look and behaviour: CSS, JavaScript, templates
"""

import sys

# nbformat's and nbconvert's JSON schema checker would import this for one second and does not need it
sys.modules.setdefault("rfc3987_syntax", None)
