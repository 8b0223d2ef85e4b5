"""The content security policy of our pages: own scripts, nothing evaluated but the live demos' WebAssembly,
nothing fetched. A page carries it itself, so that it holds for a file opened from the disk too; the server
sends it once more, with what only a header can say."""

import base64
import hashlib
import json
import re
from functools import lru_cache

from scripts.build.frontend import MODULES, install

NOTES = MODULES / "reveal.js/dist/plugin/notes.mjs"
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
    """The scripts of reveal.js's speaker view: it writes them into a window that inherits our policy."""
    install()
    written = re.search(r'document\.write\(("(?:[^"\\]|\\.)*")\)', NOTES.read_text("utf-8"))
    text = re.sub(r"\\(.)", lambda m: m[0] if m[1] in '"\\/bfnrtu' else m[1], written[1])
    view = json.loads(text, strict=False)  # a string of JavaScript escapes more, and tabs less
    return re.findall(r"<script>(.*?)</script>", view, re.DOTALL)
