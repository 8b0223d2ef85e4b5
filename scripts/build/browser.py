"""Chromium for tests and for the PDF: the one that is there, or one we install."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from scripts.errors import BuildError

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def chromium():
    """The path of a Chromium, installed first where there is none. Raises BuildError."""
    return found() or install() or fail()


def found():
    """$CHROMIUM, the system's, or Playwright's."""
    from playwright.sync_api import sync_playwright

    for name in filter(None, (os.environ.get("CHROMIUM"), *NAMES)):
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install():
    """Debian's package as root; elsewhere Playwright's own download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("installing Debian's chromium", file=sys.stderr, flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            "apt-get update -qq",
            "apt-get install -y -qq --no-install-recommends chromium",
        ):
            subprocess.run(command.split(), env=quiet, stdout=sys.stderr, check=False)
    else:
        print("installing Playwright's chromium", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, stdout=sys.stderr, check=False)
    return found()


def fail():
    cure = "install Chromium or Chrome by hand, or name one: CHROMIUM=/path/to/chrome make test"
    raise BuildError("no Chromium, and none could be installed", cure)


@contextmanager
def open_chromium(path=None):
    """A headless Chromium, closed at the end: this one, or any, installed where there is none."""
    from playwright.sync_api import sync_playwright

    path = path or chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
