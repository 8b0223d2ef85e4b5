"""The content security policy of our pages: own scripts, nothing evaluated but the live demos' WebAssembly,
nothing fetched. A page carries it itself, so that it holds for a file opened from the disk too; the server
sends it once more, with what only a header can say."""

import base64
import hashlib
from functools import lru_cache
from html.parser import HTMLParser

from scripts.build import frontend
from scripts.errors import BuildError

SELF = "'self'"
RELOADING = """new EventSource("/reload").onmessage = () => location.reload();"""


@lru_cache
def whole(javascript):
    """The policy of a page that holds all it needs, its script too."""
    return f"{rules('', javascript)}; connect-src 'none'"


@lru_cache
def parted():
    """The policy of a page whose script and style lie beside it."""
    return f"{rules(SELF, RELOADING)}; connect-src 'self'"


def served():
    """The header's value."""
    return f"{parted()}; frame-ancestors 'self'"


def rules(ours, *inline):
    """What any page may do. ours: where else its parts lie; inline: the scripts that stand in it."""
    scripts = " ".join(f"'sha256-{digest(text)}'" for text in (*inline, *speaker_view()))
    return (
        f"default-src 'none'; script-src {ours} 'wasm-unsafe-eval' {scripts}; worker-src blob:; "
        f"style-src {ours} 'unsafe-inline'; img-src {ours} data:; font-src {ours} data:; "
        "frame-src 'self'; base-uri 'none'; form-action 'none'"
    ).replace("  ", " ")


def digest(script):
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@lru_cache
def speaker_view():
    """The scripts of reveal.js's speaker view: it writes them into a window that inherits our policy.

    Raises BuildError where it writes none.
    """
    frontend.install()
    script = frontend.FRONTEND / "speaker_view.mjs"
    parser = Scripts()
    parser.feed(frontend.node("node", str(script)))
    parser.close()
    if not parser.found:
        cure = "look at what another version of reveal.js does when its notes open"
        raise BuildError("the speaker view has no script of its own", cure, script)
    return parser.found


class Scripts(HTMLParser):
    """The scripts that stand in a page, as browsers read it: `found`."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], False

    def handle_starttag(self, tag, attributes):
        self.inside = tag == "script" and "src" not in dict(attributes)
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.found[-1] += data
