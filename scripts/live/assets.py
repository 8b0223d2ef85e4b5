"""What the live slides load: the exported nets, the demos' data, the runtime. Made anew only when a source,
a demo it exports or a pinned version changes."""

import base64
import gzip
import hashlib
import json
import platform
from importlib.metadata import version

from tqdm import tqdm

from demos.core.records import plain
from scripts import cache, dependencies, frontend
from scripts.files import locked, replace_file
from scripts.paths import CACHE, FRONTEND, ROOT

SOURCES = ROOT / "scripts" / "live"
LOCK = ROOT / "package-lock.json"
PAGE = FRONTEND / "live"
RUNTIME = frontend.MODULES / "onnxruntime-web" / "dist" / "ort-wasm-simd-threaded.wasm"
DEMOS = tuple(
    f"demos.{name}"
    for name in (
        "core.training core.networks core.curve core.ensemble core.live bump_error.compute "
        "network_fit.compute l2_penalty.compute dropout.compute"
    ).split()
)
DARK = '[data-jp-theme-light="false"],.vscode-dark'  # how JupyterLab and VS Code say so
PACKAGES = ("numpy", "torch", "onnx", "onnxscript")


def key(*parts):
    """A short hash of bytes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:20]


def nets_key():
    """Equal key, equal files: our sources, the demos exported, and what exports them."""
    files = [*sorted(SOURCES.glob("*.py")), *map(dependencies.module_file, DEMOS)]
    versions = [platform.python_version(), *map(version, PACKAGES)]
    return key(*(file.read_bytes() for file in files), *(v.encode() for v in versions))


def parts():
    """JSON of all that live slides load: nets, data, worker, runtime. From the cache or made now."""
    place = CACHE / f"live-{key(nets_key().encode(), *page_sources(), LOCK.read_bytes())}.json"
    made = cache.kept_text(place)
    if made is None:
        whole = json.loads(nets()) | runtime()
        made = json.dumps(whole, separators=(",", ":"), ensure_ascii=False)
        cache.keep_text(place, made)
    return made


def nets():
    """JSON of the exported nets and of the data. From the cache or exported now, by one process."""
    place = CACHE / f"nets-{nets_key()}.json"
    with locked(CACHE / ".nets-lock", "export"):
        made = cache.kept_text(place)
        if made is None:
            made = json.dumps(export(), separators=(",", ":"))
            cache.keep_text(place, made)
    return made


def export():
    """Every net as packed ONNX or a plan, with what a worker must know of it, and the demos' data."""
    from scripts.live.nets import NETS, data, drawn, parameters
    from scripts.live.onnx_file import onnx_bytes  # late: torch's exporter takes seconds to import
    from scripts.live.plan import plan

    made = {}
    for net in tqdm(NETS, desc="exporting networks", unit="network", disable=None):
        if net.planned:
            way = {"plan": plan(net.network(), net.batch)}
        else:
            way = {"file": packed(onnx_bytes(net.network(), net.batch, net.gradients))}
        made[net.name] = way | {
            "parameters": plain(parameters(net)),
            "gradients": net.gradients,
            "drawn": drawn(net.batch),
        }
    return {"nets": made, "data": data()}


def runtime():
    """The worker's JavaScript, the runtime in it, the runtime's WebAssembly and our own, as text."""
    frontend.install()
    worker = frontend.esbuild(
        PAGE / "worker.js",
        "--define:import.meta.url=self.location.href",
    )
    return {
        "worker": worker,
        "wasm": packed(RUNTIME.read_bytes()),
        "arithmetic": packed(frontend.assemble(PAGE / "arithmetic.ts")),
    }


def packed(data):
    """Bytes as text a browser can unpack: gzip, then base64."""
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


def write_widget(folder, text):
    """The widget and all it loads where `demos.core.live` looks for them: for JupyterLab."""
    folder.mkdir(parents=True, exist_ok=True)
    mark, now = folder / ".key", key(text.encode(), *page_sources(), *styles())
    if mark.exists() and mark.read_text() == now:
        return
    mark.unlink(missing_ok=True)
    replace_file(folder / "widget.js", frontend.esbuild(PAGE / "widget.js", form="esm"))
    replace_file(folder / "widget.css", b"".join(styles()).decode())
    replace_file(folder / "parts.json", text)
    replace_file(mark, now)


def styles():
    """The widget's style: the deck's palette, in dark notebooks the dark one, then its own."""
    return frontend.palette_css(DARK).encode(), (PAGE / "live.css").read_bytes()


def page_sources():
    """The scripts of the live slides, as bytes."""
    files = [*sorted(PAGE.glob("*.[jt]s")), *frontend.live_demos().values()]
    return [path.read_bytes() for path in files]
