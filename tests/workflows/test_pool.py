from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from colligate.workflows.pool import Died, Pool

# Workers import what they do, and test modules cannot be imported by name: so this becomes one that can.
WORK = '''
import os, signal, time

def double_unless_told(task):
    """Doubles; dies of 13 by a signal, of 14 by an error, and hangs over 15."""
    if task == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == 14:
        raise ValueError
    if task == 15:
        time.sleep(600)
    return task * 2
'''
Work = Callable[[int], Any]


@pytest.fixture
def double(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    name = f"pool_work_{tmp_path.name}"
    (tmp_path / f"{name}.py").write_text(WORK, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module(name)
    yield module.double_unless_told
    del sys.modules[name]


def test_every_task_comes_back_with_its_result(double: Work) -> None:
    with Pool[int, Any](double, workers=2, seconds=60) as pool:
        assert dict(pool.run(range(12))) == {task: task * 2 for task in range(12)}


@pytest.mark.parametrize("killer", [13, 14])
def test_a_worker_that_dies_costs_its_own_task_only(double: Work, killer: int) -> None:
    tasks = [1, killer, 2, 3, killer, 4, 5]
    with Pool[int, Any](double, workers=2, seconds=60) as pool:
        results = list(pool.run(tasks))
    assert sorted(task for task, _ in results) == sorted(tasks)
    assert [result for task, result in results if task == killer] == [Died(out_of_time=False)] * 2
    assert all(result == task * 2 for task, result in results if task != killer)


def test_a_worker_that_hangs_is_stopped(double: Work) -> None:
    with Pool[int, Any](double, workers=2, seconds=1.5) as pool:
        results = dict(pool.run([15, 1, 2]))
    assert results == {15: Died(out_of_time=True), 1: 2, 2: 4}


def test_tasks_are_taken_only_as_they_are_needed(double: Work) -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for task in range(20, 70):
            taken.append(task)
            yield task

    with Pool[int, Any](double, workers=2, seconds=60) as pool:
        results = pool.run(tasks())
        next(results)
        assert len(taken) <= 2 * 2 + 1
        assert len(list(results)) == 49


def test_results_larger_than_a_pipe_holds_pass() -> None:
    with Pool[int, bytes](bytes, workers=2, seconds=60) as pool:
        results = [result for _, result in pool.run([3_000_000] * 5)]
    assert results == [bytes(3_000_000)] * 5


def test_leaving_early_ends_the_workers(double: Work) -> None:
    with Pool[int, Any](double, workers=2, seconds=60) as pool:
        next(pool.run(range(10)))
        processes = [worker.process for worker in pool._workers]
    assert not any(process.is_alive() for process in processes)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process by a signal")
def test_workers_end_when_the_parent_is_killed(double: Work, tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        f"from {double.__module__} import double_unless_told\n"
        "from colligate.workflows.pool import Pool\n"
        "with Pool(double_unless_told, workers=2, seconds=600) as pool:\n"
        "    print(*(worker.process.pid for worker in pool._workers), flush=True)\n"
        "    list(pool.run([15, 15]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(word) for word in parent.stdout.readline().split()]
        parent.kill()
    assert len(workers) == 2
    for _ in range(200):
        if not any(_alive(worker) for worker in workers):
            break
        time.sleep(0.05)
    assert not any(_alive(worker) for worker in workers)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
