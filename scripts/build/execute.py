"""Run notebooks, two at a time, and keep what they gave, so that an unchanged one never runs again."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path

from tqdm import tqdm

from demos.core import rounding
from demos.core.records import FOLDER
from scripts import cache
from scripts.build import dependencies
from scripts.errors import BuildError, gathered
from scripts.files import kernel_folder, unfinished, write
from scripts.paths import BUILD, CACHE, SLIDES

# one more than cores: no core idles while a kernel starts or ends
AT_ONCE = (os.cpu_count() or 1) + 1
CELL_TIMEOUT = 1200  # seconds: a cell that takes longer hangs
KERNEL = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
KERNEL |= {"OMP_WAIT_POLICY": "PASSIVE", "PYTHONHASHSEED": "0", "TQDM_DISABLE": "1"}
MOST = {"text/plain": 100_000}  # characters of an output
LARGEST = 8_000_000  # of any other: pictures, tables
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def run_all(notebooks, fresh=False, how="", problems=None):
    """Give every code cell its outputs, from the cache or by running the notebook.

    `fresh` runs all, cached or not. `how`: a word of `rounding.ALL`, to run all under another rounding;
    cells then keep the outputs they have. Returns the folder of figures and records per notebook name.
    Raises BuildError naming the first cell that fails of each notebook; what runs well is kept.
    `problems`: a `Problems` that keeps these instead; such a notebook has no outputs and no folder.
    """
    store = CACHE / how if how else CACHE
    places = {n.name: store / f"{n.name}-{dependencies.key(n)}" for n in notebooks}
    stale = [n for n in notebooks if fresh or not cache.is_whole(places[n.name])]
    with unfinished():
        failed = asyncio.run(run_stale(stale, places, how)) if stale else {}
    with gathered(problems) as own:
        own.found += [error for n in stale if n.name in failed for error in failed[n.name].all]
    notebooks = [n for n in notebooks if n.name not in failed]
    for notebook in notebooks:
        outputs = json.loads((places[notebook.name] / "outputs.json").read_text(encoding="utf-8"))
        for cell, given in zip(notebook.code_cells, outputs, strict=True):
            cell.outputs = cell.outputs if how else given
        forget_older(places[notebook.name], notebook.name)
    return {n.name: places[n.name] / "figures" for n in notebooks}


def forget_older(place, name):
    """Drop all but the three newest runs of a notebook: enough to go back and forth."""
    runs = place.parent.glob(f"{name}-{'[0-9a-f]' * 20}")
    for old in sorted(runs, key=lambda p: p.stat().st_mtime)[:-3]:
        if old != place:
            shutil.rmtree(old, ignore_errors=True)


async def run_stale(notebooks, places, how):
    """Run notebooks concurrently. Returns {name: BuildError} of those with a cell that failed."""
    gate = asyncio.Semaphore(AT_ONCE)
    total = sum(len(notebook.code_cells) for notebook in notebooks)
    running, failed = {}, {}
    # a kernel ended half way leaves nbclient's watcher complaining: the error that ended it is reported
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    with tqdm(total=total, unit="cell", desc="running notebooks", disable=None) as bar:

        def moved(notebook, number):
            if number is None:
                running.pop(notebook.name, None)
            else:
                running[notebook.name] = number
                bar.update()
            bar.set_postfix_str(", ".join(f"{n} cell {c}" for n, c in running.items()))

        async def one(notebook):
            async with gate:
                try:
                    await run(notebook, places[notebook.name], moved, how)
                except BuildError as error:
                    failed[notebook.name] = error
                    return
            if bar.disable:  # no terminal: a line each instead of a bar
                seconds = (places[notebook.name] / "seconds.txt").read_text().strip()
                print(f"ran {notebook.file} in {seconds} s", how and f"({how})", flush=True)

        tasks = [asyncio.create_task(one(notebook)) for notebook in longest_first(notebooks)]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return failed


def longest_first(notebooks):
    """By the seconds their last run took, so that a long one does not start last."""

    def seconds(notebook):
        runs = [p for p in CACHE.glob(f"{notebook.name}-*") if cache.is_whole(p)]
        took = (float((p / "seconds.txt").read_text()) for p in runs)
        return max(took, default=len(notebook.code_cells) * 10.0)

    return sorted(notebooks, key=seconds, reverse=True)


async def run(notebook, place, moved, how):
    """Run one notebook in a fresh kernel and move outputs, figures and records to `place`."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new, started = Path(tempfile.mkdtemp(prefix="new-", dir=place.parent)), time.monotonic()
    try:
        (new / "figures").mkdir()
        ran = await run_cells(notebook, new / "figures", moved, how)
        pairs = zip(ran, notebook.code_cells, strict=True)
        outputs = [[tidy(output, cell) for output in joined(node.outputs)] for node, cell in pairs]
        write(new / "outputs.json", json.dumps(outputs))
        (new / "seconds.txt").write_text(f"{time.monotonic() - started:.1f}\n")
        cache.seal(new)
        shutil.rmtree(place, ignore_errors=True)
        os.replace(new, place)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        moved(notebook, None)


async def run_cells(notebook, figures, moved, how):
    """The notebook's code cells as nbformat nodes with outputs. Raises BuildError."""
    import nbformat.v4 as v4  # here, not above: an unchanged talk needs none of it
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    cells = notebook.code_cells
    if not cells:
        return []
    # the one tag that nbclient knows: an error is what the cell is to show
    nodes = [v4.new_code_cell(cell.code, metadata={"tags": [*cell.tags]}) for cell in cells]
    reached = [cells[0]]

    def start(cell, cell_index):
        reached.append(cells[cell_index])
        moved(notebook, cells[cell_index].number)

    folder, transport = kernel_folder()
    try:
        config = Config()
        config.KernelManager.transport = transport
        config.KernelManager.connection_file = str(Path(folder) / "kernel.json")
        client = NotebookClient(
            v4.new_notebook(cells=nodes),
            timeout=CELL_TIMEOUT,
            kernel_name="python3",
            config=config,
            kernel_manager_class=our_kernels(),
            resources={"metadata": {"path": str(SLIDES)}},
            on_cell_start=start,
        )
        try:
            environment = os.environ | KERNEL | own_settings() | {FOLDER: str(figures)}
            environment |= rounding.environment(how) if how else {}
            await client.async_execute(env=environment, stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            raise failure(reached[-1], client.nb.cells[cells.index(reached[-1])], error) from None
        except CellTimeoutError:
            cure = f"make it finish within {CELL_TIMEOUT} s: fewer steps, or the quick width"
            raise BuildError("took too long", cure, reached[-1]) from None
        except DeadKernelError:
            cure = "run the notebook in JupyterLab (make edit): memory, or a crash in a library?"
            raise BuildError("the kernel died", cure, reached[-1]) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return client.nb.cells


def own_settings():
    """Environment variables that keep a user's own IPython, Jupyter and matplotlib settings out."""
    folder = BUILD / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    blank = folder / "matplotlibrc"
    blank.touch()
    places = dict.fromkeys(("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR"), str(folder))
    nothing = {"JUPYTER_NO_CONFIG": "1", "PYTHONNOUSERSITE": "1", "PYTHONSTARTUP": ""}
    return places | nothing | {"MATPLOTLIBRC": str(blank)}


def our_kernels():
    """A kernel manager that knows this environment's kernels alone, whatever JUPYTER_PATH and HOME hold."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from traitlets import default

    class OurKernels(AsyncKernelManager):
        @default("kernel_spec_manager")
        def _ours(self):
            known = KernelSpecManager(parent=self)
            known.kernel_dirs = [str(Path(sys.prefix) / "share" / "jupyter" / "kernels")]
            return known

    return OurKernels


def failure(cell, node, error):
    """The BuildError for a cell that raised."""
    output = next((o for o in node.outputs if o.output_type == "error"), None)
    trace = ANSI.sub("", "\n".join(output.traceback)) if output else ""
    lines = [line for line in trace.splitlines() if line.startswith("--->")]
    arrow = f"\n  at {lines[0].strip()}" if lines else ""
    cure = "run the notebook in JupyterLab (make edit) and mend the cell"
    return BuildError(f"{error.ename}: {error.evalue}{arrow}", cure, cell)


def joined(outputs):
    """Outputs with the pieces of a text as one: in how many it came is chance."""
    found = []
    for (kind, _), group in groupby(outputs, lambda o: (o.output_type, o.get("name"))):
        pieces = list(group)
        if kind == "stream":
            pieces = [dict(pieces[0]) | {"text": "".join(piece.text for piece in pieces)}]
        found += pieces
    return found


def tidy(output, cell):
    """An output as plain JSON without counters; what went to stderr is a warning, so an error."""
    output = dict(output) | {"metadata": dict(output.get("metadata", {}))}
    output.pop("execution_count", None)
    if output["output_type"] == "stream" and output["name"] == "stderr":
        cure = "mend what it warns of; a progress bar belongs to tqdm, which the build keeps quiet"
        raise BuildError(f"wrote to stderr: {output['text'].strip()[:300]}", cure, cell)
    return small(output, cell)


def small(output, cell):
    """An output that a slide can take. Raises BuildError for more."""
    texts = output.get("data", {"text/plain": output.get("text", "")})
    for mime, content in texts.items():
        size, most = len(str(content)), MOST.get(mime, LARGEST)
        if size > most:
            cure = f"show less: a slide shows a few hundred characters, and the deck takes {most:,}"
            raise BuildError(f"an output of type {mime} with {size:,} characters", cure, cell)
    return output
