"""The same work for many inputs in several processes, with the results in the order of the inputs."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from .problems import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

In = TypeVar("In")
Out = TypeVar("Out")
_AHEAD = 3  # results for each process that may wait for their turn


ENDED = Problem(
    "a process that worked along was ended from outside",
    hint="for want of memory, perhaps: run it again, with fewer --jobs",
)


def in_order(work: Callable[[In], Out], inputs: Iterable[In], jobs: int) -> Iterator[Out]:
    """Yield what `work` gives for each input, in their order, done by so many processes; by this one where it is one.

    `work`, the inputs and the results go between processes, and so must be of modules that can be imported. Only so
    many inputs are taken ahead that the processes have something to do. An error of `work` is raised in its place,
    InputError where a process is killed.
    """
    if jobs <= 1:
        yield from map(work, inputs)
        return
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor  # noqa: PLC0415 - only where there is much to do
    from multiprocessing import get_context  # noqa: PLC0415

    rest = iter(inputs)
    # spawned, not forked: some libraries have threads, which do not survive a fork
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Out]] = deque(pool.submit(work, item) for item in islice(rest, jobs * _AHEAD))
        try:
            while waiting:
                result = waiting.popleft().result()
                waiting.extend(pool.submit(work, item) for item in islice(rest, 1))
                yield result
        except BrokenExecutor:
            raise InputError(ENDED) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
