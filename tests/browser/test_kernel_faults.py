"""What goes wrong on stage: the deck stays usable and says what happened."""

import os
import signal
import time
from contextlib import contextmanager

import pytest
from conftest import code, markdown, notebook
from playwright.sync_api import expect
from serving import on_stage, presented, watching

pytestmark = [pytest.mark.browser, pytest.mark.build]

SLIDES = notebook(
    markdown("# Faults", "slide"),
    markdown("(5 s) Say hello.", "notes"),
    code("height = 1.0", "skip"),
    markdown("## Trouble", "slide"),
    code("print('height', height)"),
    markdown("(5 s) Run it.", "notes"),
    markdown("## After it", "slide"),
    markdown("(5 s) Go on.", "notes"),
)
CONNECTION = ("ERR_CONNECTION_REFUSED", "WebSocket", "onnection lost", "ERR_INCOMPLETE_CHUNKED")


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    with presented(built, tmp_path_factory, "03-faults", SLIDES) as talk:
        yield talk


@pytest.fixture
def stage(chromium, served):
    with on_stage(chromium, *served, CONNECTION) as stage:
        stage.show("Trouble")
        yield stage


def still_works(stage):
    """Slides move, and code runs from where it should."""
    stage.page.keyboard.press("PageDown")
    assert stage.page.locator("section.present h2").inner_text() == "After it"
    stage.page.keyboard.press("PageUp")
    stage.write("print('works', height)")
    stage.run()
    expect(stage.result).to_have_text("works 1.0")


def test_a_kernel_killed_in_the_middle_of_a_cell(stage):
    stage.write("import os\nprint('pid', os.getpid(), flush=True)\nwhile True:\n    pass")
    stage.page.keyboard.press("Shift+Enter")
    expect(stage.result).to_contain_text("pid", timeout=20_000)
    os.kill(int(stage.result.inner_text().split()[1]), signal.SIGKILL)
    stage.hears("the kernel died: Run starts a new one from the top")
    still_works(stage)


@contextmanager
def leaky(chromium, served, loses):
    """The stage, on a page to which no message comes that `loses(message, seconds since it connected)`."""
    lost = []

    def route(web_socket):
        server, start = web_socket.connect_to_server(), time.monotonic()

        def pass_on(message):
            if loses(message, time.monotonic() - start):
                lost.append(message)
            else:
                web_socket.send(message)

        server.on_message(pass_on)

    with on_stage(chromium, *served, CONNECTION) as stage:
        stage.page.route_web_socket("**/channels**", route)
        stage.reload()
        stage.show("Trouble")
        yield stage
        assert lost


def test_a_kernel_whose_first_words_are_lost(chromium, served):
    """A socket that stands later than the others loses what a new kernel says first: on a slow machine
    the slide waited forever for the end of a cell."""
    with leaky(chromium, served, lambda text, at: b"iopub" in text[:200] and at < 5) as stage:
        stage.run()
        expect(stage.result).to_have_text("height 1.0")


def test_a_kernel_whose_last_word_is_lost(chromium, served):
    """Of a flood of outputs the sockets drop some: the slide waited forever for `idle`."""
    flood = []

    def last(text, _):
        return bool(flood) and b"iopub" in text[:200] and b'"idle"' in text

    with leaky(chromium, served, last) as stage:
        stage.run()
        flood.append(True)
        stage.write("print('again', height)")
        stage.run("running")
        stage.hears("ran in")
        expect(stage.result).to_have_text("again 1.0")
        flood.clear()
        still_works(stage)


def test_a_kernel_that_dies_between_two_runs(stage):
    stage.write("import os\nprint('pid', os.getpid())\nheight = 5.0")
    stage.run()
    os.kill(int(stage.result.inner_text().split()[1]), signal.SIGKILL)
    stage.hears("the kernel died")
    still_works(stage)


def test_a_cell_that_misses_the_first_interrupt(stage):
    stage.write(
        "import time\nprint('begun', flush=True)\ntry:\n    time.sleep(60)\n"
        "except KeyboardInterrupt:\n    time.sleep(60)"
    )
    stage.page.keyboard.press("Shift+Enter")
    expect(stage.result).to_have_text("begun")
    stage.press("Stop")  # once
    stage.hears("stopped after")
    still_works(stage)


def test_an_interrupt_after_the_code_leaves_no_reply(stage):
    stage.write(
        "kernel = get_ipython().kernel\nfinish = kernel.finish_metadata\n"
        "def late(*given):\n    kernel.finish_metadata = finish\n    raise KeyboardInterrupt\n"
        "kernel.finish_metadata = late"
    )
    stage.run("stopped after")
    still_works(stage)


def test_an_endless_loop_that_takes_no_for_an_answer(stage):
    stage.write(
        "import time\nprint('begun', flush=True)\nwhile True:\n    try:\n        time.sleep(60)\n"
        "    except KeyboardInterrupt:\n        print('no', flush=True)"
    )
    stage.page.keyboard.press("Shift+Enter")
    expect(stage.result).to_have_text("begun", timeout=20_000)
    stage.press("Stop")
    expect(stage.result).to_contain_text("no")
    stage.press("Restart")
    stage.hears("restarted: Run starts from the top")
    still_works(stage)


@pytest.mark.parametrize(
    "flood",
    [
        "print('x' * 100_000_000)",
        "for _ in range(100_000):\n    print('y' * 1000)",
        "from IPython.display import HTML\nHTML('<b>' + 'z' * 100_000_000 + '</b>')",
    ],
)
def test_a_hundred_megabytes_of_output(stage, flood):
    stage.write(flood)
    stage.run()
    expect(stage.result).to_contain_text("output left out)")
    assert stage.page.evaluate("document.body.innerText.length") < 100_000
    box = stage.result.bounding_box()
    assert box["y"] + box["height"] <= 720
    still_works(stage)


@pytest.mark.parametrize(
    ("close", "hears"),
    [
        ("import sys\nsys.stdout.close()", "ran in"),
        ("import sys\nsys.stdout.close()\nprint('unheard')", "ValueError"),
        ("import os\nos.close(1)\nos.close(2)\nprint('heard')", "ran in"),
        ("import sys\nsys.stdout = sys.stderr = None\nprint('unheard')", "ran in"),
    ],
)
def test_a_cell_that_closes_its_output(stage, close, hears):
    stage.write(close)
    stage.run(hears)
    stage.page.keyboard.press("Escape")
    stage.page.keyboard.press("r")
    stage.hears("restarted")
    still_works(stage)


def test_a_server_that_stops_while_slides_are_open(chromium, project):
    project.write("03-faults", SLIDES)
    with (
        watching(project) as (process, port),
        on_stage(chromium, project, port, CONNECTION) as stage,
    ):
        stage.show("Trouble")
        stage.write("import time\nprint('begun', flush=True)\ntime.sleep(60)")
        stage.page.keyboard.press("Shift+Enter")
        expect(stage.result).to_have_text("begun", timeout=20_000)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        stage.hears("the server does not answer; the slides still work")
        stage.page.keyboard.press("PageDown")
        assert stage.page.locator("section.present h2").inner_text() == "After it"
        stage.page.keyboard.press("PageUp")
        stage.page.keyboard.press("Shift+Enter")
        stage.hears("the server does not answer; the slides still work")
        expect(stage.page.get_by_role("button", name="Run")).to_be_enabled()
