"""What the live slides load: the exported nets, the demos' data, the runtime. Made anew only when a source,
a demo it exports or a pinned version changes."""

import base64
import gzip
import hashlib
import html
import json
import platform
import re
from importlib.metadata import version

from tqdm import tqdm

from scripts import cache
from scripts.build import dependencies, frontend
from scripts.errors import BuildError
from scripts.files import locked, replace_file
from scripts.paths import CACHE, FRONTEND, ROOT

SOURCES = ROOT / "scripts" / "live"
LOCK = ROOT / "package-lock.json"
PAGE = FRONTEND / "live"
RUNTIME = frontend.MODULES / "onnxruntime-web" / "dist" / "ort-wasm-simd-threaded.wasm"
ROOMS = re.compile(r"demos\.\w+\.page(_\w+)?")  # what rooms say of their nets and data
FIGURE = re.compile(r'data-demo="[^"]+" data-figure="[^"]*" data-settings="([^"]+)"')
DARK = '[data-jp-theme-light="false"],.vscode-dark'  # how JupyterLab and VS Code say so
PACKAGES = ("numpy", "torch", "onnx", "onnxscript")


def key(*parts):
    """A short hash of bytes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:20]


def nets_key():
    """Equal key, equal files: our sources, what the rooms say and import for it, and what exports it."""
    files = [*sorted(SOURCES.glob("*.py")), *map(dependencies.module_file, said())]
    versions = [platform.python_version(), *map(version, PACKAGES)]
    return key(*(file.read_bytes() for file in files), *(v.encode() for v in versions))


def said():
    """Modules of the rooms' `page.py` and of all they import, sorted."""
    graph = dependencies.demo_graph()
    pages = {module for module in graph.modules if ROOMS.fullmatch(module)}
    return sorted(pages.union(*map(graph.find_upstream_modules, pages)))


def used_by(sections):
    """Names of the nets that the live figures in some HTML can train, sorted."""
    found = set()
    for text in FIGURE.findall(sections):
        settings = json.loads(html.unescape(text))
        found |= {*settings["choices"].get("net", settings["nets"])}
    return sorted(found)


def parts(names=None):
    """JSON of all that live slides load: nets (those named, or all), data, worker, runtime."""
    made = nets(names)
    rest = json.loads(shared()) if made else {"data": data()}
    return json.dumps({"nets": made} | rest, separators=(",", ":"), ensure_ascii=False)


def shared():
    """JSON of what is the same for all nets: data, worker, runtime. From the cache or made now."""
    place = CACHE / f"live-{key(nets_key().encode(), *page_sources(), LOCK.read_bytes())}.json"
    made = cache.kept_text(place)
    if made is None:
        made = json.dumps({"data": data()} | runtime(), separators=(",", ":"), ensure_ascii=False)
        cache.keep_text(place, made)
    return made


def data():
    """The demos' data. From the cache or made now."""
    from scripts.live.nets import data  # late: torch

    return json.loads(kept_or_made(CACHE / f"live-data-{nets_key()}.json", data))


def nets(names=None):
    """{name: net} of those named, or all. Each from the cache or exported now, by one process. Raises
    BuildError for a name that no net has."""
    if names is None:
        from scripts.live.nets import all_nets  # late: torch

        names = [*all_nets()]
    with locked(CACHE / ".nets-lock", "export"):
        missing = [name for name in names if cache.kept_text(place_of(name)) is None]
        for name in tqdm(missing, desc="exporting networks", unit="network", disable=None):
            kept_or_made(place_of(name), lambda name=name: exported(name))
        return {name: json.loads(cache.kept_text(place_of(name))) for name in names}


def place_of(name):
    return CACHE / f"net-{name}-{nets_key()}.json"


def kept_or_made(place, make):
    """JSON kept in a place, or made now and kept there."""
    made = cache.kept_text(place)
    if made is None:
        made = json.dumps(make(), separators=(",", ":"))
        cache.keep_text(place, made)
    return made


def exported(name):
    """A net as packed ONNX or a plan, with what a worker must know of it. Raises BuildError."""
    from scripts.live.nets import all_nets, described
    from scripts.live.onnx_file import onnx_bytes  # late: torch's exporter takes seconds to import
    from scripts.live.plan import plan

    known = all_nets()
    if name not in known:
        cure = f"add it to NETS in the topic's page.py, or offer one of {', '.join(known)}"
        raise BuildError(f"a live demo offers the network {name}", cure, "demos/")
    net = known[name]
    way = {"plan": plan(net)} if net.planned else {"file": packed(onnx_bytes(net))}
    return way | described(net)


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


def write_widget(folder, names=None):
    """The widget and all it loads where `demos.core.live` looks for them, for JupyterLab: the nets named
    and those that earlier builds exported, or all."""
    folder.mkdir(parents=True, exist_ok=True)
    text = parts(names if names is None else sorted({*names, *kept_names()}))
    mark, now = folder / ".key", key(text.encode(), *page_sources(), *styles())
    if mark.exists() and mark.read_text() == now:
        return
    mark.unlink(missing_ok=True)
    replace_file(folder / "widget.js", frontend.esbuild(PAGE / "widget.js", form="esm"))
    replace_file(folder / "widget.css", b"".join(styles()).decode())
    replace_file(folder / "parts.json", text)
    replace_file(mark, now)


def kept_names():
    """Names of the nets that are in the cache, up to date."""
    end = f"-{nets_key()}.json"
    return [path.name.removeprefix("net-").removesuffix(end) for path in CACHE.glob(f"net-*{end}")]


def styles():
    """The widget's style: the deck's palette, in dark notebooks the dark one, then its own."""
    return frontend.palette_css(DARK).encode(), (PAGE / "live.css").read_bytes()


def page_sources():
    """The scripts of the live slides, as bytes."""
    files = [*sorted(PAGE.glob("*.[jt]s")), *frontend.live_demos().values()]
    return [path.read_bytes() for path in files]
