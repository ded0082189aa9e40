"""The units of a catalogue built on this machine, in this process or in several."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING

from citetool.catalogue.units import build_unit
from citetool.parallel import ENDED
from citetool.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citetool.catalogue.store import Built
    from citetool.catalogue.units import Unit


def engine(jobs: int) -> Callable[[Sequence[Unit], str], Iterator[Built]]:
    """Return an engine of so many processes; with one, this process does the work."""
    return partial(_run, jobs=jobs)


def _run(units: Sequence[Unit], folder: str, *, jobs: int) -> Iterator[Built]:
    if jobs <= 1 or len(units) <= 1:
        for unit in units:
            yield build_unit(unit, folder)
        return
    # spawned, not forked: pyarrow has threads, which do not survive a fork
    with ProcessPoolExecutor(min(jobs, len(units)), mp_context=get_context("spawn")) as pool:
        # the largest first, so that no process is left alone with one at the end
        ordered = sorted(units, key=lambda unit: -sum(source.size for source in unit.sources))
        waiting = [pool.submit(build_unit, unit, folder) for unit in ordered]
        try:
            for future in as_completed(waiting):
                yield future.result()
        except BrokenExecutor:
            raise InputError(ENDED) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
