"""The deck as it is now; with the token also the controls and the code of every cell."""

import asyncio
import json

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado import iostream, web

from scripts.build import dependencies, frontend, quoted
from scripts.build.notebooks import read_all
from scripts.build.policy import RELOADING, served
from scripts.errors import BuildError, Problems
from scripts.paths import DECK

DECKS = "/deck/"  # the landing page; a deck's pages are below, where Jupyter has none
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
RELOAD = f"<script>{RELOADING}</script>\n</body>"
CONTROLLED = '<div class="reveal"'  # a page of slides
STYLE = '<link rel="stylesheet" href="/kernel/kernel.css">\n</head>'
SCRIPT = '<script src="/kernel/kernel.js"></script>\n</body>'


def routes(front):
    """What we serve ourselves. Everything else is Jupyter's, and refused without the token.

    front: what whoever enters sees first, a deck, or "/lab" for JupyterLab and no deck at all.
    """
    enter = (r"/enter", Enter, {"front": front})
    if not front.startswith(DECKS):
        return [enter]
    from scripts.serve.fresh import Fresh  # late: it takes its handler's kind from here

    return [
        enter,
        (r"/", Landing),
        (DECKS + r"((?:[\w-]+/)?(?:[\w-]+\.(?:html|css|js))?)", Page),
        (r"/reload", Reload),
        (r"/kernel/kernel\.(css|js)", Controls),
        (r"/kernel/cells", Cells),
        (r"/kernel/markdown", Markdown),
        (r"/kernel/quotes", Quotes),
        (r"/kernel/fresh", Fresh),
    ]


class Quiet(JupyterHandler):
    """A handler of ours: never kept by the browser, under our policy."""

    @property
    def content_security_policy(self):
        return served()

    def set_default_headers(self):
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")


class Landing(Quiet):
    """The way to the list of decks."""

    public = True

    @allow_unauthenticated
    def get(self):
        self.redirect(DECKS)


class Page(Quiet):
    """A file of the decks as it is now, never an older copy. Anyone on this machine may see it."""

    public = True

    @allow_unauthenticated
    def get(self, name):
        whole = f"{name}index.html" if not name or name.endswith("/") else name
        known = [path for path in DECK.rglob("*") if path.is_file() and not path.is_symlink()]
        file = {path.relative_to(DECK).as_posix(): path for path in known}.get(whole)
        if file is None:  # nor what a link would lead to, out of the decks
            raise web.HTTPError(404)
        self.set_header("Content-Type", f"{TYPES[file.suffix]}; charset=utf-8")
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            text = text.replace("</body>", RELOAD)
            if self.current_user and CONTROLLED in text:
                self.xsrf_token  # noqa: B018  (sets the cookie that Jupyter's API wants back)
                text = text.replace("</head>", STYLE, 1).replace("</body>", SCRIPT)
        self.finish(text)


class Reload(Quiet):
    """An event stream that says `reload` after each successful rebuild."""

    public = True
    listeners = set()

    @allow_unauthenticated
    async def get(self):
        self.set_header("Content-Type", "text/event-stream")
        event = asyncio.Event()
        Reload.listeners.add(event)
        try:
            await self.flush()
            while True:
                await event.wait()
                event.clear()
                self.write("data: reload\n\n")
                await self.flush()
        except iostream.StreamClosedError:
            pass
        finally:
            Reload.listeners.discard(event)

    def on_connection_close(self):
        for event in tuple(Reload.listeners):
            event.set()  # wakes the closed one, which then notices


class Enter(Quiet):
    """Where the entry file leads: the token becomes a cookie and leaves the address bar."""

    def initialize(self, front):
        self.front = front

    def get(self):
        self.redirect(self.front)


class Controls(Quiet):
    """The script and the style of the controls."""

    def get(self, kind):
        css, javascript = frontend.kernel_bundle()
        self.set_header("Content-Type", f"text/{'css' if kind == 'css' else 'javascript'}")
        self.finish(css if kind == "css" else javascript)


class Cells(Quiet, APIHandler):
    """The code of every cell, by notebook: what runs when a slide runs. One that is broken, of any deck,
    is left out: its slides show what they showed last."""

    def get(self):
        problems, found = Problems(), {}
        for notebook in read_all(problems=problems):
            with problems.collected():
                found[notebook.name] = described(notebook)
        self.finish(json.dumps(found))


class Markdown(Quiet, APIHandler):
    """Markdown that a cell gave, as HTML: what the build would show, refused what it would refuse."""

    async def post(self):
        from scripts.build.exporter import (
            markdown_output,  # late: importing nbconvert takes a second
        )

        text = self.get_json_body()
        if not isinstance(text, str):
            raise web.HTTPError(400, "Markdown is a text")
        try:
            self.finish(json.dumps(await asyncio.to_thread(markdown_output, text)))
        except BuildError as error:
            raise web.HTTPError(400, error.problem) from None


class Quotes(Quiet, APIHandler):
    """Numbers of the kernel's records as the build writes them into a slide's text."""

    def post(self):
        match self.get_json_body():
            case {"quotes": [*quotes], "records": dict(records)} if all_texts(quotes):
                self.finish(json.dumps([written(quote, records) for quote in quotes]))
            case _:
                raise web.HTTPError(400, "wanted are quotes, a list of texts, and records")


def all_texts(values):
    return all(isinstance(value, str) for value in values)


def written(quote, records):
    """A quote filled in, None for one that these records have not."""
    name, _, number = quote.partition(".")
    number, _, spec = number.partition(":")
    try:
        return quoted.formatted(quoted.look_up(records, name, number, None), spec, None)
    except (BuildError, KeyError, TypeError):
        return None


def described(notebook):
    """A notebook for the browser; its key changes when a kernel that ran it knows old code."""
    cells = [
        {"id": cell.id, "number": cell.number, "code": cell.code, "functions": cell.functions}
        for cell in notebook.code_cells
    ]
    return {"key": dependencies.key(notebook), "cells": cells}
