"""The content security policy of the pages we serve: own scripts, nothing evaluated but the live demos'
WebAssembly, nothing fetched."""

import base64
import hashlib
import json
import re
from functools import lru_cache

from scripts.frontend import MODULES

NOTES = MODULES / "reveal.js/dist/plugin/notes.mjs"


@lru_cache
def policy(*inline):
    """The header's value. `inline`: the scripts that stand in a page itself."""
    scripts = " ".join(f"'sha256-{digest(text)}'" for text in (*inline, *speaker_view()))
    return (
        f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {scripts}; "
        "worker-src blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
        "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )


def digest(script):
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def speaker_view():
    """The scripts of reveal.js's speaker view: it writes them into a window that inherits our policy."""
    written = re.search(r'document\.write\(("(?:[^"\\]|\\.)*")\)', NOTES.read_text("utf-8"))
    text = re.sub(r"\\(.)", lambda m: m[0] if m[1] in '"\\/bfnrtu' else m[1], written[1])
    view = json.loads(text, strict=False)  # a string of JavaScript escapes more, and tabs less
    return re.findall(r"<script>(.*?)</script>", view, re.DOTALL)
