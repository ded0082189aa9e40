"""The units of a catalogue built on Spark: the same function as on one machine, run over the partitions of an RDD.

The workers see the sources and the catalogue's folder under the same paths as the driver (a shared file system), and
have citetool installed. A worker that is lost is Spark's to replace: a unit made twice is the same files.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.catalogue.store import Built
from citetool.catalogue.units import Unit, build_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def engine(master: str | None, session: Any = None) -> Callable[[Sequence[Unit], str], Iterator[Built]]:
    """Return an engine on a Spark master (`local[2]`, `spark://...`; None: as Spark is configured) or in a session."""
    return partial(_run, master=master, session=session)


def _run(units: Sequence[Unit], folder: str, *, master: str | None, session: Any) -> Iterator[Built]:
    if not units:
        return
    spark = session or _session(master)
    try:
        build = partial(_build, folder=folder, start=str(Path.cwd()))
        work = spark.sparkContext.parallelize(list(units), len(units)).map(build)
        yield from (Built(*row) for row in work.toLocalIterator(prefetchPartitions=True))
    finally:
        if session is None:
            spark.stop()


def _build(unit: Unit, folder: str, start: str) -> Built:
    os.chdir(start)  # a worker starts in a folder of its own, and names of sources may be relative
    return build_unit(unit, folder)


def _session(master: str | None) -> Any:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    if master and master.startswith("local"):
        # executors of this machine run this Python, which has citetool, not the first one of the path
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    builder = builder.appName("citetool catalogue").config("spark.ui.showConsoleProgress", "false")
    return (builder.master(master) if master else builder).getOrCreate()
