"""Packs spoilt at random, read one after the other in a process of their own, and what each took."""

import gc
import time
import tracemalloc

from hypothesis import HealthCheck, Phase, given, seed, settings

from scenarios import PackError, read_pack
from tests.scenarios.files import HEADER
from tests.scenarios.test_any_bytes_are_a_pack_or_a_refusal import (
    FILES,
    check,
    check_pack,
    check_refusal,
    mutated_files,
)


def read_all(job):
    """Read the mutated packs of a seed: how many, how many refused, the most time and memory of one."""
    packs = spoilt(*job)
    check(FILES)
    gc.collect()
    gc.freeze()
    took = [(*timed(files), memory_of(files)) for files in packs]
    refused, seconds, peaks = zip(*took, strict=True)
    return len(packs), sum(refused), max(seconds), max(peaks)


def timed(files):
    """Whether it was refused, and the CPU seconds; what others left to be collected is not counted."""
    gc.collect(0)
    gc.disable()
    started = time.process_time()
    read, refusal = attempt(files)
    seconds = time.process_time() - started
    gc.enable()
    if refusal:
        check_refusal(refusal, files)
    else:
        check_pack(read)
    return refusal is not None, seconds


def memory_of(files):
    """Bytes at the peak; of the files that are as they were, only the head is read again."""
    spoilt_ones = {name: data for name, data in files.items() if name == HEADER or data != FILES[name]}
    tracemalloc.start()
    attempt(spoilt_ones)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def attempt(files):
    """The pack, or why it was refused; anything else that is raised ends the soak."""
    try:
        return read_pack(files), None
    except PackError as refusal:
        return None, refusal


def spoilt(number, count):
    """As many mutated packs as asked for, always the same for a seed."""
    packs = []

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(files=mutated_files())
    def keep(files):
        packs.append(files)

    keep()
    return packs
