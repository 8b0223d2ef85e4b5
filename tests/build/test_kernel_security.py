"""The live server lets nobody in but who has this run's token, and its pages run nothing foreign."""

import http.client
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import code, copy_of, markdown, notebook
from playwright.sync_api import expect
from serving import HOST, SESSION, api, ask, name_of, neighbour, on_stage, token_of, watching
from tornado.httpclient import HTTPRequest
from tornado.ioloop import IOLoop
from tornado.websocket import websocket_connect

pytestmark = pytest.mark.build

SLIDES = notebook(
    markdown("# Hostile", "slide"),
    code("print('plain')"),
    markdown("(5 s) Run it.", "notes"),
)
PRIVATE = (
    "/kernel/cells",
    "/kernel/kernel.js",
    "/enter",
    "/lab",
    "/api/kernels",
    "/api/sessions",
    "/api/contents",
    "/api/contents/03-hostile.ipynb?content=1",
    "/files/03-hostile.ipynb",
    "/api/kernels/x/channels",
    "/login",
    "/static/lab/index.html",
)


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    """A served talk, beside its notebooks a folder whose name begins the same: (project, port)."""
    project = copy_of(built, tmp_path_factory.mktemp("live"))
    project.write("03-hostile", SLIDES)
    secret = project.root / "slides-secret"
    secret.mkdir()
    (secret / "secret.txt").write_text("a secret")
    with watching(project, seconds=300) as (_, port):
        yield project, port


@pytest.fixture
def entered(served):
    """What a browser sends that came in by the entry file: headers."""
    project, port = served
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    host = {"Host": f"{name_of(project, port)}:{port}"}
    connection.request("GET", f"/enter?token={token_of(project, port)}", headers=host)
    login = connection.getresponse()
    login.read()
    assert (login.status, login.headers["Location"]) == (302, "/deck/talk/")
    pairs = [login.headers["Set-Cookie"].split(";")[0]]
    assert "httponly" in login.headers["Set-Cookie"].lower()
    assert "samesite=lax" in login.headers["Set-Cookie"].lower()
    connection.request("GET", "/deck/talk/", headers=host | {"Cookie": pairs[0]})
    page = connection.getresponse()
    page.read()
    pairs += [text.split(";")[0] for text in page.headers.get_all("Set-Cookie") or []]
    connection.close()
    return host | {"Cookie": "; ".join(pairs)}


@pytest.mark.parametrize("path", PRIVATE)
def test_without_the_token_or_with_a_wrong_one_there_is_only_the_deck(served, path):
    _, port = served
    joint = "&" if "?" in path else "?"
    assert ask(port, "GET", path)[0] == 403
    assert ask(port, "GET", f"{path}{joint}token=")[0] == 403
    assert ask(port, "GET", f"{path}{joint}token=wrong")[0] == 403
    assert ask(port, "GET", path, {"Authorization": "token wrong"})[0] == 403
    forged = {"Cookie": f"username-127-0-0-1-{port}=2|1:0|10:1700000000|4:user|4:e30=|abc"}
    assert ask(port, "GET", path, forged)[0] == 403


def test_the_deck_shows_without_the_token_but_without_anything_live(served, entered):
    _, port = served
    status, page = ask(port, "GET", "/deck/talk/")
    assert status == 200
    assert "/kernel/" not in page
    assert "/kernel/kernel.js" in ask(port, "GET", "/deck/talk/", entered)[1]


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.example.org"])
def test_a_foreign_host_name_is_refused_even_with_the_cookie(served, entered, host):
    _, port = served
    for path in ("/", "/deck/talk/", "/reload", "/kernel/cells", "/api/kernels", "/lab"):
        assert ask(port, "GET", path, entered | {"Host": host})[0] == 403, path


@pytest.mark.parametrize("origin", ["http://example.org", "null", f"http://{HOST}:1", "file://"])
def test_a_foreign_origin_is_refused_by_the_api_and_by_the_socket(served, entered, origin):
    project, port = served
    headers = entered | {"Origin": origin} | xsrf(entered)
    assert ask(port, "GET", "/api/kernels", headers)[0] in (403, 404)
    assert ask(port, "POST", "/api/sessions", headers, SESSION)[0] in (403, 404)
    assert ask(port, "GET", "/kernel/cells", headers)[0] in (403, 404)
    assert api(project, port, "GET", "/api/kernels") == []
    kernel = api(project, port, "POST", "/api/kernels")["id"]
    try:
        own = {"Origin": f"http://{entered['Host']}"}
        assert socket_opens(port, kernel, entered | own)
        assert not socket_opens(port, kernel, entered | {"Origin": origin})
        assert not socket_opens(port, kernel, {"Host": entered["Host"]} | own)
    finally:
        api(project, port, "DELETE", f"/api/kernels/{kernel}")


@pytest.mark.browser
def test_another_server_on_this_machine_gets_nothing_that_lets_it_in(chromium, served):
    """Cookies know no ports: after entering, the same browser visits a neighbour, which replays it all."""
    project, port = served
    refused = ("status of 403",)
    with neighbour() as (other, heard), on_stage(chromium, project, port, refused) as stage:
        for host in (HOST, "localhost"):
            stage.page.goto(f"http://{host}:{other}/")
            stage.page.evaluate(
                f"""fetch("http://{HOST}:{port}/kernel/cells", {{credentials: "include", mode: "no-cors"}})
                .catch(() => {{}})"""
            )
        assert len(heard) >= 2
        name = name_of(project, port)
        for headers in heard:
            assert "username-" not in headers.get("Cookie", "")
            assert name not in json.dumps(headers)
            for host in (HOST, "localhost", headers["Host"].split(":")[0]):
                replayed = headers | {"Host": f"{host}:{port}"}
                for path in ("/kernel/cells", "/api/kernels", "/lab"):
                    assert ask(port, "GET", path, replayed)[0] == 403
                assert ask(port, "POST", "/api/sessions", replayed, SESSION)[0] == 403


def test_the_cookie_is_good_under_this_runs_name_alone(served, entered):
    project, port = served
    assert ask(port, "GET", "/kernel/cells", entered)[0] == 200
    for host in (HOST, "localhost", "0" * 32 + ".localhost"):
        assert ask(port, "GET", "/kernel/cells", entered | {"Host": f"{host}:{port}"})[0] == 403
    token = token_of(project, port)
    for host in (HOST, "localhost"):  # the token itself leaves no cookie there
        connection = http.client.HTTPConnection(HOST, port, timeout=60)
        headers = {"Host": f"{host}:{port}"}
        connection.request("GET", f"/enter?token={token}", headers=headers)
        answer = connection.getresponse()
        assert "username-" not in str(answer.headers)
        connection.close()


def test_jupyterlabs_licences_answer(served, entered):
    _, port = served
    status, text = ask(port, "GET", "/lab/api/licenses/", entered)
    assert status == 200
    assert json.loads(text)["bundles"]


def test_a_link_in_the_deck_leads_nowhere(served):
    project, port = served
    (project.build / "deck" / "talk" / "out.html").symlink_to(
        project.root / "slides-secret" / "secret.txt"
    )
    status, text = ask(port, "GET", "/deck/talk/out.html")
    assert (status, "a secret" in text) == (404, False)


def xsrf(headers):
    return {"X-XSRFToken": re.search(r"_xsrf=([^;]+)", headers["Cookie"])[1]}


def socket_opens(port, kernel, headers):
    """Whether the kernel's WebSocket lets these headers in."""
    address = f"ws://{HOST}:{port}/api/kernels/{kernel}/channels"

    async def attempt():
        try:
            socket = await websocket_connect(HTTPRequest(address, headers=headers))
        except Exception:  # the client raises many kinds
            return False
        socket.close()
        return True

    def alone():
        loop = IOLoop(make_current=False)
        try:
            return loop.run_sync(attempt, timeout=30)
        finally:
            loop.close()

    with ThreadPoolExecutor(1) as aside:  # an open browser keeps this thread's event loop
        return aside.submit(alone).result()


def test_a_change_without_the_xsrf_header_is_refused(served, entered):
    project, port = served
    own = entered | {"Origin": f"http://{entered['Host']}"}
    assert ask(port, "POST", "/api/sessions", own, SESSION)[0] == 403
    wrong = own | {"X-XSRFToken": "2|00000000|00000000000000000000000000000000|1700000000"}
    assert ask(port, "POST", "/api/sessions", wrong, SESSION)[0] == 403
    assert api(project, port, "GET", "/api/sessions") == []


@pytest.mark.parametrize("folder", ["slides-secret", "..", "demos", "build"])
@pytest.mark.parametrize("way", ["../{}", "..%2f{}", "%2e%2e/{}", "x/../../{}", "..\\{}", "/{}"])
def test_no_path_leads_out_of_the_notebooks(served, entered, way, folder):
    project, port = served
    place = way.format(folder) + "/secret.txt"
    for path in (f"/{place}", f"/files/{place}", f"/api/contents/{place}", f"/lab/tree/{place}"):
        status, text = ask(port, "GET", path, entered)
        assert "a secret" not in text, path
        assert status != 200 or path.startswith("/lab"), path  # JupyterLab opens, and finds nothing


def test_the_policy_runs_own_scripts_only_and_evaluates_nothing(served, entered):
    _, port = served
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    for path in ("/", "/deck/", "/deck/hostile/", "/kernel/cells"):
        connection.request("GET", path, headers=entered)
        response = connection.getresponse()
        response.read()
        rules = dict(
            rule.strip().partition(" ")[::2]
            for rule in response.headers["Content-Security-Policy"].split(";")
        )
        assert rules["default-src"] == "'none'"
        scripts = rules["script-src"].split()
        assert scripts[:2] == ["'self'", "'wasm-unsafe-eval'"]  # the live demos' runtime
        assert all(source.startswith("'sha256-") for source in scripts[2:]), scripts
        assert rules["connect-src"] == rules["frame-ancestors"] == "'self'"
        assert response.headers["Cache-Control"] == "no-store"
    connection.close()


HOSTILE = r"""
from IPython.display import HTML, SVG, Javascript, display
bad = "document.title = 'taken'; window.taken = true"
display(Javascript(bad))
display(HTML(f"<script>{bad}</script><img src=x onerror=\"{bad}\"><b>harmless</b>"
    f"<a href=\"javascript:{bad}\">link</a><iframe srcdoc=\"<script>parent.{bad}</script>\"></iframe>"
    "<form action='/api/kernels' method=post><button>go</button></form>"
    "<base href='http://example.org/'><style>body{display:none}</style>"
    "<section data-background-iframe='/lab'></section>"
    "<link rel=stylesheet href='http://example.org/x.css'><img src='http://example.org/p.png'>"))
display(SVG(f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{bad}\"><script>{bad}</script>"
    "<text>drawn</text><foreignObject><iframe src='/lab'></iframe></foreignObject>"
    "<use href='http://example.org/x.svg#a'/><a href='javascript:1'><text>x</text></a></svg>"))
"""


@pytest.mark.browser
def test_a_hostile_output_runs_nothing_and_reaches_no_token(chromium, served):
    project, port = served
    token = token_of(project, port)
    expected = ("Content Security Policy directive",)  # the browser says what it refused
    with on_stage(chromium, project, port, expected) as stage:
        asked = []
        stage.page.on("request", lambda request: asked.append(request.url))
        stage.show("Hostile")
        stage.write(HOSTILE)
        stage.run()
        expect(stage.result.locator("b")).to_have_text("harmless")
        expect(stage.result.locator("svg text")).to_have_text("drawn")
        stage.page.wait_for_timeout(500)
        assert stage.page.evaluate("window.taken === undefined && document.title !== 'taken'")
        forbidden = "script, iframe, form, base, link, style, foreignObject, [onload], [onerror]"
        assert stage.result.locator(forbidden).count() == 0
        assert stage.page.locator("base, [data-background-iframe]").count() == 0
        assert not [url for url in asked if "example.org" in url]
        seen = stage.page.evaluate(
            """() => [document.documentElement.outerHTML, document.cookie, location.href,
            JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join()"""
        )
        assert token not in seen
        assert "username-" not in stage.page.evaluate("document.cookie")


@pytest.mark.browser
def test_two_presenters_on_one_machine_do_not_collide(chromium, project, served):
    other, port = served
    with watching(project) as (_, mine):
        assert token_of(project, mine) != token_of(other, port)
        key = {"Authorization": f"token {token_of(project, mine)}"}
        assert ask(port, "GET", "/api/kernels", key)[0] == 403
        with on_stage(chromium, other, port) as stage:  # one browser in both talks at once
            stage.page.goto((project.build / f"present-{mine}.html").as_uri())
            stage.page.wait_for_selector(".kernel-bar", state="attached")
            stage.show("One slide with a figure")
            stage.run()
            assert len(api(project, mine, "GET", "/api/kernels")) == 1
            stage.page.goto(f"http://{name_of(other, port)}:{port}/deck/talk/")
            stage.page.wait_for_selector(".kernel-bar", state="attached")
            stage.show("Hostile")
            stage.write("print('the other talk')")
            stage.run()
            expect(stage.result).to_have_text("the other talk")
            assert len(api(other, port, "GET", "/api/kernels")) == 1
