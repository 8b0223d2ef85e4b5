"""A project's `watch` as a process, its deck on a free port, with the token and without."""

import http.client
import json
import re
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import copy_of
from playwright.sync_api import expect

HOST = "127.0.0.1"
SESSION = json.dumps(
    {"path": "03-hostile.ipynb", "type": "notebook", "name": "", "kernel": {"name": "python3"}}
)


def default_interrupt():
    """For a child: Ctrl+C works, even where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def watching(project, seconds=120):
    """`watch` on a free port, once it says that it serves: (process, port). Ended at the end, or after
    so many seconds."""
    port = free_port()
    process = project.start("watch", "--port", str(port), preexec_fn=default_interrupt)
    limit = threading.Timer(seconds, process.kill)
    limit.start()
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if f"http://{HOST}:{port}/" in line:
                break
        else:
            pytest.fail(f"did not serve: {said} {process.stderr.read()}")
        yield process, port
    finally:
        limit.cancel()
        process.terminate()  # so that it leaves nothing behind
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate(timeout=60)


@contextmanager
def presented(built, factory, name, cells, seconds=400, before=None):
    """A copy of the tiny talk with one more notebook, shown by `watch`: (project, port).

    before: what to do to the copy first."""
    project = copy_of(built, factory.mktemp("live"))
    if before:
        before(project)
    project.write(name, cells)
    with watching(project, seconds) as (_, port):
        yield project, port


def get(port, path, host=None):
    """(status, body, response) of one request, the path sent as it is."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.putrequest("GET", path, skip_host=host is not None)
    if host is not None:
        connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, body, response


@contextmanager
def reloaded(port):
    """What happens inside makes the server tell open slides to reload."""
    stream = http.client.HTTPConnection(HOST, port, timeout=60)
    stream.request("GET", "/reload")
    events = stream.getresponse()
    assert events.headers["Content-Type"] == "text/event-stream"
    yield
    assert events.readline() == b"data: reload\n"
    stream.close()


def token_of(project, port, target="present"):
    """The token of this run, from the file that lets the presenter in; or who else made `target`."""
    entry = project.build / f"{target}-{port}.html"
    return re.search(r"token=([\w-]+)", entry.read_text())[1]


def name_of(project, port):
    """The host name of this run, which only that file knows."""
    entry = project.build / f"present-{port}.html"
    return re.search(r"//(\w{32}\.localhost):", entry.read_text())[1]


@contextmanager
def neighbour():
    """Somebody else's server on this machine: (its port, the headers of every request that reached it)."""
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(dict(self.headers))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"hello")

        do_POST = do_GET

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, heard
    server.shutdown()
    thread.join()
    server.server_close()


def ask(port, method, path, headers=None, body=None):
    """(status, body) of a request with these headers, the path sent as it is."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    answer = response.status, response.read().decode()
    connection.close()
    return answer


def api(project, port, method, path, body=None, target="present"):
    """Jupyter's API as whoever has the token."""
    headers = {"Authorization": f"token {token_of(project, port, target)}"}
    status, text = ask(port, method, path, headers, body and json.dumps(body))
    assert status < 300, (status, text)
    return json.loads(text) if text else None


class Stage:
    """The live deck in a browser, and what a presenter does with it."""

    def __init__(self, page):
        self.page = page
        self.says = page.locator(".kernel-bar output")
        self.editor = page.locator("section.present .kernel-editor .cm-content")
        self.result = page.locator("section.present .kernel-output")

    def show(self, words):
        """The slide with these words in its headline."""
        self.page.evaluate(
            """words => { const slide = Reveal.getSlides().find(s => s.textContent.includes(words));
            const i = Reveal.getIndices(slide); Reveal.slide(i.h, i.v ?? 0, 99); }""",
            words,
        )

    def reload(self):
        self.page.reload()
        self.page.wait_for_selector(".kernel-bar", state="attached")

    def run(self, hears="ran in"):
        self.page.keyboard.press("Shift+Enter")
        self.hears(hears)

    def hears(self, text):
        expect(self.says).to_contain_text(text, timeout=45_000)

    def write(self, code):
        """Click on the slide's code and write another in its place."""
        self.page.locator("section.present :is(pre[data-code], .kernel-editor)").last.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(code)

    def press(self, name):
        self.page.get_by_role("button", name=name).click()


@contextmanager
def on_stage(chromium, project, port, expected=("Connection lost, reconnecting in 0 seconds",)):
    """The live deck, entered as a presenter does. At the end the console had only what is expected:
    Jupyter's client warns when a kernel restarts."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    context.set_default_navigation_timeout(60_000)
    page, complaints = context.new_page(), []
    page.on("console", lambda m: m.type in ("error", "warning") and complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((project.build / f"present-{port}.html").as_uri())
    page.wait_for_url(f"http://{name_of(project, port)}:{port}/**")
    page.wait_for_selector(".kernel-bar", state="attached")
    try:
        yield Stage(page)
    finally:
        context.close()
        with suppress(OSError):  # there is no server any more
            for session in api(project, port, "GET", "/api/sessions"):  # the next test starts anew
                api(project, port, "DELETE", f"/api/sessions/{session['id']}")
    surprises = [text for text in complaints if not any(part in text for part in expected)]
    assert surprises == [], "\n".join(surprises)
