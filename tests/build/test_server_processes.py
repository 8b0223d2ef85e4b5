"""The live server as a process: what it leaves in logs and command lines, and what ends with it."""

import json
import os
import signal
import stat
import threading

import pytest
from serving import SESSION, api, ask, token_of, watching

pytestmark = pytest.mark.build


def test_the_token_is_new_each_run_and_in_no_log(project):
    tokens = []
    for _ in range(2):
        with watching(project) as (process, port):
            entry = project.build / f"present-{port}.html"
            assert stat.S_IMODE(entry.stat().st_mode) == 0o600
            tokens.append(token_of(project, port))
            ask(port, "GET", f"/enter?token={tokens[-1]}")
            ask(port, "GET", f"/api/nothing?token={tokens[-1]}")
            ask(port, "GET", f"/lab?token={tokens[-1]}")
            assert tokens[-1] not in command_lines(process.pid)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
            assert tokens[-1] not in out + err
            assert not entry.exists()
    assert tokens[0] != tokens[1]
    assert min(map(len, tokens)) >= 40


def command_lines(pid):
    with open(f"/proc/{pid}/cmdline") as file:
        return file.read()


def kernels_of(pid):
    """Ids of the processes that a server has started as kernels."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
            if parent == pid and "ipykernel" in command_lines(name):
                found.append(int(name))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_the_kernel_dies_with_the_server(project, name):
    with watching(project) as (process, port):
        api(project, port, "POST", "/api/sessions", json.loads(SESSION))
        kernels = kernels_of(process.pid)
        assert len(kernels) == 1
        process.send_signal(getattr(signal, name))
        process.communicate(timeout=30)
    gone, limit = threading.Event(), 15
    while kernel_lives(kernels[0]) and limit > 0:
        gone.wait(0.25)
        limit -= 0.25
    assert not kernel_lives(kernels[0])


def kernel_lives(pid):
    try:
        return "ipykernel" in command_lines(pid)
    except (FileNotFoundError, ProcessLookupError):
        return False
