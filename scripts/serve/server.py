"""A Jupyter server on loopback with the deck in front: its own token, its own folder for sockets."""

import logging
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from jupyter_server.auth.identity import IdentityProvider
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.sessions.sessionmanager import SessionManager
from tornado import httpserver, web
from tornado.netutil import bind_sockets
from traitlets import List, Unicode
from traitlets.config import Config

from demos.core.records import FOLDER
from scripts.build.execute import KERNEL, own_settings
from scripts.errors import BuildError
from scripts.files import kernel_folder
from scripts.paths import BUILD, SLIDES
from scripts.serve.pages import DECKS, routes

HOST = "127.0.0.1"
COOKIE = {"samesite": "Lax", "expires_days": None}  # for this browser's session only
ENTRY = """<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=http://{name}:{port}/enter?token={token}">
<title>The talk, live</title>
"""
WIDGET = "application/vnd.jupyter.widget-view+json"


class Presenter(IdentityProvider):
    """Whoever has this run's token. Nobody else gets further than the deck: no login form either.

    Cookies know no ports: a browser sends those of 127.0.0.1 to every server there. So the cookie that
    stands for the token belongs to a host name of this run alone, which nobody else knows.
    """

    hostname = Unicode(config=True)

    def is_here(self, handler):
        return handler.request.host_name == self.hostname

    def get_user_cookie(self, handler):
        return super().get_user_cookie(handler) if self.is_here(handler) else None

    def set_login_cookie(self, handler, user):
        if self.is_here(handler):
            super().set_login_cookie(handler, user)

    async def get_user(self, handler):
        user = await super().get_user(handler)
        if user is None and not getattr(handler, "public", False):
            raise web.HTTPError(403, "open the talk by its entry file in build/")
        return user


class Sessions(SessionManager):
    """Kernels with the settings that cells had when the deck was made: same threads, same numbers."""

    def get_kernel_env(self, path, name=None):
        environment = super().get_kernel_env(path, name) | KERNEL | own_settings()
        environment.pop(FOLDER, None)  # what runs on stage keeps no figures
        return environment


class StudentSessions(Sessions):
    """The same, with progress bars: a student waits for what the build has already run."""

    def get_kernel_env(self, path, name=None):
        environment = super().get_kernel_env(path, name)
        environment.pop("TQDM_DISABLE", None)
        return environment


@dataclass(frozen=True)
class Place:
    """What a server is for."""

    name: str  # the make target; its entry file is build/NAME-PORT.html
    folder: Path  # of its notebooks
    front: str  # what is seen first
    sessions: type = Sessions


def stage(deck):
    """For presenting a deck."""
    return Place("present", SLIDES, f"{DECKS}{deck}/")


def keep_figures(model, **_):
    """Before a notebook is saved: a widget that has a figure is saved as that.

    A widget lives in the page and its kernel. Opened again it would be "model not found".
    """
    if model["type"] != "notebook":
        return
    for cell in model["content"]["cells"]:
        for output in cell.get("outputs", ()):
            if "image/svg+xml" in output.get("data", ()):
                output["data"].pop(WIDGET, None)


class LiveServer(ServerApp):
    """Jupyter's server as we want it: settings from here only, not from ~/.jupyter."""

    routes = List()

    def load_config_file(self, suppress_errors=True):
        """None: a setting made for another server must not open this one."""

    def init_signal(self):
        """None: whoever started us ends us, without a question in the terminal."""

    def init_webapp(self):
        super().init_webapp()
        self.web_app.add_handlers(".*$", self.routes)  # before Jupyter's own routes


def settings(place, port, token, name, transport):
    """What the server is told."""
    return Config(
        Application={"log_level": logging.CRITICAL},  # an address in the log could hold the token
        ServerApp={
            "ip": HOST,
            "local_hostnames": ["localhost", name],
            "port": port,
            "root_dir": str(place.folder),
            "cookie_secret": secrets.token_bytes(32),
            "identity_provider_class": Presenter,
            "jpserver_extensions": {"jupyterlab": True},
            "session_manager_class": place.sessions,
            "terminals_enabled": False,
            "quit_button": False,
        },
        IdentityProvider={"token": token, "cookie_options": COOKIE},
        Presenter={"hostname": name},
        KernelManager={"transport": transport},
        LabApp={"check_for_updates_class": "jupyterlab.NeverCheckForUpdate", "news_url": None},
        LabServerApp={"extension_manager": "readonly"},
    )


class Running:
    """A running server. `close` ends it and its kernels."""

    def __init__(self, port, place):
        """Listen on the port, on a free one if it is 0. Raises BuildError when something else has it."""
        try:
            sockets = bind_sockets(port, HOST)
        except OSError as error:
            other = f"make {place.name} PORT={port % 65535 + 1}"
            cure = f"stop the other one, or choose another port: {other}"
            raise BuildError(f"port {port} on {HOST} is taken ({error.strerror})", cure) from None
        self.port, self.front = sockets[0].getsockname()[1], place.front
        self.folder, transport = kernel_folder()
        self.entry = BUILD / f"{place.name}-{self.port}.html"
        token, name = secrets.token_urlsafe(32), f"{secrets.token_hex(16)}.localhost"
        config = settings(place, self.port, token, name, transport)
        self.app = LiveServer(config=config, runtime_dir=self.folder, routes=routes(place.front))
        self.app.initialize([], find_extensions=False, new_httpserver=False)
        self.app.contents_manager.register_pre_save_hook(keep_figures)
        self.http = httpserver.HTTPServer(self.app.web_app)
        self.http.add_sockets(sockets)
        keep_private(self.entry, ENTRY.format(name=name, port=self.port, token=token))

    async def close(self):
        """End the kernels, then forget the token."""
        self.entry.unlink(missing_ok=True)
        self.http.stop()
        await self.app.cleanup_extensions()  # as Jupyter's own `stop`, without stopping our loop
        await self.app.cleanup_kernels()
        await self.app.kernel_websocket_connection_class.close_all()
        await self.http.close_all_connections()
        shutil.rmtree(self.folder, ignore_errors=True)


def keep_private(path, text):
    """Write a file that only its owner can read, from its first moment on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
