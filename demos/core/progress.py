"""Progress bars in a notebook: among what a cell prints, not on stderr, which JupyterLab paints red."""

import functools
import sys

from tqdm import tqdm


def among_prints():
    """From now on bars of tqdm go where print goes, unless one says otherwise."""
    begin = tqdm.__init__

    @functools.wraps(begin)
    def beside_prints(self, *args, **kwargs):
        begin(self, *args, **({"file": sys.stdout} | kwargs))

    tqdm.__init__ = beside_prints
