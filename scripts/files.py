"""Write files whole or not at all, and build one at a time."""

import fcntl
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

SOCKET = 100  # bytes of a socket's path; macOS allows 104, Linux 108
NAME = len("/kernel-") + 36 + len("-ipc-5")  # of a kernel's socket in its folder


@contextmanager
def alone(build):
    """One build at a time: another waits its turn."""
    with locked(build / ".lock", "build"):
        sweep(build)
        yield


@contextmanager
def locked(path, what):
    """One at a time, among processes. The lock ends with its process, even a killed one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"waiting for another {what} to end", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def kernel_folder():
    """A new folder for kernels' sockets that only we can enter, and how to reach them: (path, "ipc").

    Where no short path is to be had (TMPDIR can be long), (path, "tcp"): over loopback.
    """
    places = [tempfile.gettempdir(), "/tmp"] if os.name == "posix" else []
    for place in places:
        room = SOCKET - NAME - len("/talk-12345678")
        if len(os.fsencode(place)) <= room and os.access(place, os.W_OK | os.X_OK):
            return tempfile.mkdtemp(prefix="talk-", dir=place), "ipc"
    return tempfile.mkdtemp(prefix="talk-"), "tcp"


def sweep(build):
    """Remove what a killed build left half made."""
    for left in (
        *build.glob("cache/**/new-*"),
        *build.glob("*.new-*"),
        *build.glob("cache/*.new-*"),
    ):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def replace_file(path, text):
    """Write a new file beside `path`, then rename it over the old one."""
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.new-", dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        write(new, text)
        new.chmod(0o644)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def write(path, text):
    """The text on the disk for certain: a full disk is an error now, not half a page later."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
