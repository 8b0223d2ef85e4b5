"""What a badge on stage offers: its claim measured on seeds that nobody has seen, in a process of its own.
The page hears its answers one by one. One claim is measured at a time; it ends when the page goes away."""

import asyncio
import json
import os
import secrets
import subprocess
import sys

from jupyter_server.base.handlers import APIHandler
from tornado import iostream, web

from scripts.build.execute import KERNEL, own_settings
from scripts.evidence.fresh import SEEDS
from scripts.paths import ROOT
from scripts.serve.pages import Quiet

MEASURE = (sys.executable, "-m", "scripts.evidence.fresh")
FIRST, LAST = 10**6, 2**31  # far from the seeds of any record or choice


def drawn():
    """So many seeds side by side, from anywhere."""
    first = FIRST + secrets.randbelow(LAST - FIRST - SEEDS)
    return [str(first + i) for i in range(SEEDS)]


async def started(*arguments):
    return await asyncio.create_subprocess_exec(
        *MEASURE, *arguments,
        cwd=ROOT, env=os.environ | KERNEL | own_settings(),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


class Fresh(Quiet, APIHandler):
    """GET: {claim: seconds at most}. POST of a claim: a line of JSON for each seed, as it comes."""

    running = None  # the one process that measures

    async def get(self):
        process = await started()
        out, error = await process.communicate()
        if process.returncode:
            raise web.HTTPError(500, last_line(error))
        self.finish(out)

    async def post(self):
        claim = self.get_json_body()
        if not isinstance(claim, str) or claim.startswith("-"):
            raise web.HTTPError(400, "wanted is the name of a claim, a text")
        end(Fresh.running)
        self.process = Fresh.running = process = await started(claim, *drawn())
        self.set_header("Content-Type", "application/x-ndjson")
        try:
            async for line in process.stdout:
                self.write(line)
                await self.flush()
            if await process.wait():
                error = last_line(await process.stderr.read())
                self.write(json.dumps({"error": error}) + "\n")
            self.finish()
        except iostream.StreamClosedError:
            pass  # the page went away
        finally:
            end(process)

    def on_connection_close(self):
        end(getattr(self, "process", None))


def end(process):
    """Nobody waits for it any more."""
    if process and process.returncode is None:
        process.kill()


def last_line(error):
    lines = error.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "the process ended without a word"
