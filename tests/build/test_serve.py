"""Showing the deck: on this machine only, nothing but the deck, reloaded after an edit."""

import re
import signal
import socket

import pytest
from serving import HOST, api, default_interrupt, get, reloaded, watching

pytestmark = pytest.mark.build


def test_the_deck_is_shown_reloaded_and_ended(project):
    with watching(project) as (process, port):
        status, page, response = get(port, "/deck/talk/")
        assert status == 200
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-store"
        assert page.count('new EventSource("/reload")') == 1
        assert "Say hello" in page
        assert get(port, "/deck/line/index.html")[0] == 200
        assert get(port, "/deck/deck.css")[2].headers["Content-Type"].startswith("text/css")
        built = project.deck()
        assert get(port, "/deck/deck.js")[1].encode() == built["deck.js"]
        assert b"EventSource" not in built["talk/index.html"]

        assert get(port, "/deck/talk/", host=f"localhost:{port}")[0] == 200
        for host in ("example.org", f"example.org:{port}", "127.0.0.1.example.org", ""):
            assert get(port, "/deck/talk/", host)[0] in (400, 403, 404), host
            assert get(port, "/reload", host)[0] in (400, 403, 404), host
        for path in (
            "/deck/../talk.html",
            "/deck/..%2ftalk.html",
            "/deck/%2e%2e/talk.html",
            "/deck/talk/../../talk.html",
            "/..",
            "//etc/passwd",
        ):
            assert get(port, path)[0] in (400, 403, 404), path
        assert get(port, "/deck/nothing.html")[0] == 404

        with reloaded(port):
            project.edit("slides/01-line.ipynb", "Say hello", "Say goodbye")
        assert "Say goodbye" in get(port, "/deck/talk/")[1]

        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 0
        assert err.split() == ["stopped"]  # nor a complaint of what runs beside


def test_slides_are_reloaded_while_their_sizes_are_measured(project, tmp_path, monkeypatch):
    ended, slow = tmp_path / "ended", tmp_path / "slow-browser"
    slow.write_text(f"#!/bin/sh\nsleep 8\ntouch {ended}\nexit 1\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(slow))
    with watching(project) as (_, port):
        ended.unlink(missing_ok=True)
        with reloaded(port):
            project.edit("slides/01-line.ipynb", "part about line", "part about lines")
        assert not ended.exists()
        assert "part about lines" in get(port, "/deck/talk/")[1]


def test_the_last_good_deck_is_shown_where_a_build_fails(project):
    project.edit("slides/01-line.ipynb", "(30 s) ", "")
    with watching(project) as (process, port):
        assert "(30 s)" not in get(port, "/deck/talk/")[1]
        assert "Say hello" in get(port, "/deck/talk/")[1]
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert "without planned seconds" in err
        assert "showing the last good deck" in err


def test_a_taken_port_is_said_with_a_cure(project):
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = project.run("watch", "--port", str(port))
    assert done.code == 1
    assert re.search(f"port {port} on {HOST} is taken", done.err)
    assert (
        f"cure: stop the other one, or choose another port: make present PORT={port + 1}"
        in done.err
    )
    assert "Traceback" not in done.err
    assert done.out == ""


@pytest.mark.parametrize("port", ["-1", "65536", "1e3", "http", ""])
def test_a_port_that_is_none_is_refused(project, port):
    done = project.run("watch", f"--port={port}")
    assert done.code == 2
    assert "a port is a number from 0 to 65535" in done.err
    assert "Traceback" not in done.err


def test_port_0_tells_the_port_it_got(project):
    process = project.start("watch", "--port", "0", preexec_fn=default_interrupt)
    try:
        line = next(line for line in process.stdout if "the deck is on" in line)
        port = int(re.search(rf"http://{HOST}:(\d+)/", line)[1])
        assert port > 0
        assert get(port, "/deck/talk/")[0] == 200
        assert (project.build / f"present-{port}.html").exists()
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def test_a_kernel_starts_below_a_long_folder_for_temporary_files(project, tmp_path, monkeypatch):
    """A socket's path has about a hundred bytes; macOS gives TMPDIR half of them."""
    long = tmp_path / ("long" * 15)
    long.mkdir()
    monkeypatch.setenv("TMPDIR", str(long))
    assert project.run("deck", "--fresh").code == 0
    with watching(project) as (_, port):
        session = {
            "path": "01-line.ipynb",
            "type": "notebook",
            "name": "",
            "kernel": {"name": "python3"},
        }
        kernel = api(project, port, "POST", "/api/sessions", session)["kernel"]["id"]
        assert api(project, port, "GET", f"/api/kernels/{kernel}")["id"] == kernel
