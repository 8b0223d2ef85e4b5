"""Show the deck on 127.0.0.1, and after an edit rebuild it and reload the open slides."""

import asyncio
import sys
import webbrowser

import tornado.httpserver
import tornado.web
from watchfiles import DefaultFilter, awatch

from scripts.errors import BuildError
from scripts.paths import DECK, DEMOS, FIGURES, ROOT, SLIDES

HOST = "127.0.0.1"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
RELOAD = (
    """<script>new EventSource("/reload").onmessage = () => location.reload();</script>\n</body>"""
)


class Page(tornado.web.RequestHandler):
    """A file of the deck as it is now, never an older copy."""

    def get(self, name):
        file = {path.name: path for path in DECK.iterdir()}.get(name or "index.html")
        if file is None:
            raise tornado.web.HTTPError(404)
        self.set_header("Content-Type", f"{TYPES.get(file.suffix, 'text/plain')}; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        text = file.read_text(encoding="utf-8")
        self.finish(text.replace("</body>", RELOAD) if file.suffix == ".html" else text)


class Reload(tornado.web.RequestHandler):
    """An event stream that says `reload` after each successful rebuild."""

    listeners = set()

    async def get(self):
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        event = asyncio.Event()
        Reload.listeners.add(event)
        try:
            await self.flush()
            while True:
                await event.wait()
                event.clear()
                self.write("data: reload\n\n")
                await self.flush()
        except tornado.iostream.StreamClosedError:
            pass
        finally:
            Reload.listeners.discard(event)

    def on_connection_close(self):
        for event in tuple(Reload.listeners):
            event.set()  # wakes the closed one, which then notices


def application(port):
    """Only for pages that call us by a loopback name: another host name is somebody's trick."""
    routes = [(r"/reload", Reload), (r"/([\w.-]*)", Page)]
    return tornado.web.Application(
        [(tornado.routing.HostMatches(name), routes) for name in (HOST, "localhost")]
    )


def listen(port):
    """A server on the port. Raises BuildError when something else has it."""
    server = tornado.httpserver.HTTPServer(application(port))
    try:
        server.listen(port, HOST)
    except OSError as error:
        cure = f"stop the other one, or choose another port: make present PORT={port + 1}"
        raise BuildError(f"port {port} on {HOST} is taken ({error.strerror})", cure) from None
    return server


async def rebuild():
    """Build in a process of its own, so that edits to the build itself count too."""
    build = await asyncio.create_subprocess_exec(sys.executable, "-m", "scripts", "deck", cwd=ROOT)
    try:
        return await build.wait() == 0
    finally:
        if build.returncode is None:
            build.terminate()


class Sources(DefaultFilter):
    """Edits that can change the deck."""

    def __call__(self, change, path):
        if path.startswith(str(FIGURES)):
            return path.endswith("claims.json")
        known = path.endswith((".ipynb", ".py", ".css", ".js", ".mjs", ".j2", ".png", ".svg"))
        return known and ".ipynb_checkpoints" not in path and super().__call__(change, path)


async def serve(port, browser):
    """Serve until stopped."""
    server, edits = listen(port), asyncio.Event()
    watching = asyncio.create_task(watch(edits))
    address = f"http://{HOST}:{port}/"
    if not await rebuild():
        if not DECK.exists():
            return 1
        print("showing the last good deck instead", file=sys.stderr)
    print(
        f"the talk is on {address} (Ctrl+C stops; edits to slides/ and demos/ reload it)",
        flush=True,
    )
    if browser:
        webbrowser.open(address)
    try:
        while await edits.wait():
            edits.clear()
            print("something changed", flush=True)
            if await rebuild():
                for event in Reload.listeners:
                    event.set()
    finally:
        watching.cancel()
        server.stop()


async def watch(edits):
    """Set `edits` after each batch of edits to what the deck is made of."""
    async for _ in awatch(SLIDES, DEMOS, FIGURES, ROOT / "scripts", watch_filter=Sources()):
        edits.set()


def present(port, browser):
    """Build, serve, watch. Returns the exit code."""
    try:
        return asyncio.run(serve(port, browser))
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 0
