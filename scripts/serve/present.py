"""Show the deck on 127.0.0.1, and after an edit rebuild it and reload the open slides."""

import asyncio
import signal
import sys
import webbrowser

from watchfiles import DefaultFilter, awatch

from demos.core.topics import CLAIMS
from scripts.build import frontend
from scripts.errors import BuildError
from scripts.paths import DECK, DEMOS, FIGURES, ROOT, SLIDES, shown

OFTEN = 0.1  # s between two looks whether the new deck stands


async def rebuild(deck, show):
    """Build one deck in a process of its own, so that edits to the build itself count too. Returns whether
    there is a new one: also where a slide does not fit, as whoever writes it wants to see how it looks.

    `show` is awaited as soon as it stands, while its slides are still being measured.
    """
    before = DECK.resolve()
    command = [sys.executable, "-m", "scripts", "deck", "--deck", deck, "--overflowing"]
    build = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    end = asyncio.create_task(build.wait())
    try:
        while DECK.resolve() == before and not end.done():
            await asyncio.wait({end}, timeout=OFTEN)
        if is_new := DECK.resolve() != before:
            await show()
        await end
        return is_new
    finally:
        if build.returncode is None:
            build.terminate()
            await build.wait()  # `end` was cancelled with us


class Sources(DefaultFilter):
    """Edits that can change the deck."""

    def __call__(self, change, path):
        if path.startswith(str(FIGURES)):
            return path.endswith(CLAIMS)
        known = path.endswith(
            (".ipynb", ".toml", ".py", ".css", ".js", ".mjs", ".j2", ".png", ".svg")
        )
        return known and ".ipynb_checkpoints" not in path and super().__call__(change, path)


async def serve(deck, port, browser):
    """Serve until stopped, the deck up to date."""
    from scripts.serve.pages import Reload  # late: Jupyter takes a second
    from scripts.serve.server import HOST, Running, stage

    async def reload():
        await prepare_controls()
        for event in Reload.listeners:
            event.set()

    server, edits = Running(port, stage(deck)), asyncio.Event()
    watching = asyncio.create_task(watch(edits))
    end_with_us(asyncio.current_task())
    try:
        if not await rebuild(deck, prepare_controls):
            if not (DECK / deck / "index.html").exists():
                return 1
            print("showing the last good deck instead", file=sys.stderr)
            await prepare_controls()
        print(
            f"the deck is on http://{HOST}:{server.port}{server.front} "
            "(Ctrl+C stops; edits to slides/ and demos/ reload it)\n"
            f"with code that runs: open {shown(server.entry)} in your browser",
            flush=True,
        )
        if browser:
            webbrowser.open(
                server.entry.as_uri()
            )  # a file: a token in an address is seen by others
        while await edits.wait():
            edits.clear()
            print("something changed", flush=True)
            await rebuild(deck, reload)
    finally:
        watching.cancel()
        await server.close()


async def prepare_controls():
    """Bundle the controls now, not when the first slide asks for them."""
    try:
        await asyncio.to_thread(frontend.kernel_bundle)
    except BuildError as error:
        print(f"\n{error.report()}", file=sys.stderr)


def end_with_us(task):
    """A closed terminal or a polite kill is a Ctrl+C: kernels are ended, nothing is left behind."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), task.cancel)


async def watch(edits):
    """Set `edits` after each batch of edits to what the deck is made of."""
    async for _ in awatch(SLIDES, DEMOS, FIGURES, ROOT / "scripts", watch_filter=Sources()):
        edits.set()


def present(deck, port, browser):
    """Build a deck, serve, watch. Returns the exit code."""
    try:
        return asyncio.run(serve(deck, port, browser))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\nstopped", file=sys.stderr)
        return 0
