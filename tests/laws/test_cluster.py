"""A Dask cluster of real worker processes gives the same bytes; what is lost is told, and the old package stays."""

from __future__ import annotations

import os
import pickle
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from command_line import FACTPACK, Run
from factpack.record.names import Names
from projects import ROOT, leftovers, replace, tree

pytest.importorskip("distributed", reason="the library distributed is not installed")

LOCAL = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, *(each.pid for each in cluster.workers.values()), flush=True)
        sys.stdin.read()
"""


class Cluster:
    """A local cluster of two workers, in processes of its own."""

    def __init__(self, folder: Path) -> None:
        script = folder / "local_cluster.py"
        script.write_text(LOCAL, "utf-8")
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [sys.executable, script], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8"
        )
        assert self.process.stdout
        self.address, *pids = self.process.stdout.readline().split()
        self.workers = [int(each) for each in pids]

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    found = Cluster(tmp_path)
    yield found
    found.end()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated project that takes a cluster some time."""
    folder = tmp_path_factory.mktemp("corpus") / "project"
    subprocess.run([sys.executable, ROOT / "bench" / "generate.py", "1500", folder], check=True)
    return folder


def begin(root: Path, address: str, *options: str) -> subprocess.Popen[str]:
    command = [FACTPACK, "--root", root, "--lang", "en", "build", "--executor", "dask", "--scheduler", address]
    return subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    )


def test_a_cluster_gives_the_bytes_of_one_process_with_and_without_a_cache(corpus: Path, cluster: Cluster) -> None:
    packages = []
    for options in (["--no-cache"], ["--no-cache", "--workers", "2"], [], [], ["--workers", "2"]):
        done = subprocess.run([FACTPACK, "--root", corpus, "build", *options], capture_output=True, check=False)
        assert done.returncode == 0
        packages.append(tree(corpus))
    for options in (["--no-cache"], []):
        build = begin(corpus, cluster.address, *options)
        out, err = build.communicate(timeout=120)
        assert (build.returncode, out) == (0, ""), err
        packages.append(tree(corpus))
    assert all(each == packages[0] for each in packages)


def test_a_cluster_finds_the_same_problems(minimal: Path, cluster: Cluster, run: Run) -> None:
    path = minimal / "sources" / "indicators" / "ind-gdp-growth.yaml"
    replace(path, "value: 5.5", "value: 5.4")
    expected = run(minimal, "build")
    assert expected[0] == 1
    build = begin(minimal, cluster.address)
    out, _ = build.communicate(timeout=120)
    assert (build.returncode, out) == (1, expected[1])


@pytest.mark.parametrize("lost", ["one worker", "all workers", "the scheduler"])
def test_what_is_lost_in_the_middle_is_told_and_the_old_package_stays(
    corpus: Path, cluster: Cluster, lost: str
) -> None:
    subprocess.run([FACTPACK, "--root", corpus, "build"], check=True, capture_output=True)
    before = tree(corpus)
    build = begin(corpus, cluster.address, "--no-cache")
    table = corpus / ".factpack" / "stage" / "build" / "csv" / "observations.csv"
    while not (table.is_file() and table.stat().st_size > 1000):
        assert build.poll() is None, build.communicate()
        sleep(0.002)
    pids = {"one worker": cluster.workers[:1], "all workers": cluster.workers, "the scheduler": [cluster.process.pid]}
    for pid in pids[lost]:
        os.kill(pid, signal.SIGKILL)
    out, err = build.communicate(timeout=60)
    assert (build.returncode, out) == (1, "")
    assert err.startswith(
        ("factpack: a worker of the cluster was lost, perhaps", "factpack: the scheduler of the cluster was lost")
    )
    assert len(err.splitlines()) == 1
    assert (tree(corpus), leftovers(corpus)) == (before, [])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "127.0.0.1:9", "http://127.0.0.1:9", "tcp://", "x"])
def test_a_scheduler_that_is_not_there_is_an_error_of_one_line(minimal: Path, run: Run, address: str) -> None:
    said = f"factpack: there is no Dask scheduler at {address}\n"
    assert run(minimal, "build", "--executor", "dask", "--scheduler", address) == (1, "", said)


def test_a_scheduler_without_workers_is_an_error(minimal: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    from distributed import LocalCluster

    from factpack.run import cluster as module

    monkeypatch.setattr(module, "PATIENCE", 1)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=None, protocol="tcp") as empty:
        options = ("--executor", "dask", "--scheduler", empty.scheduler_address)
        code, out, err = run(minimal, "build", *options)
    assert (code, out) == (1, "")
    assert err == f"factpack: the Dask scheduler at {options[-1]} has no workers\n"


def test_a_worker_that_has_other_code_or_sees_another_folder_refuses(minimal: Path) -> None:
    from factpack.disk.files import OutputError
    from factpack.run.cluster import _do
    from factpack.run.processes import Elsewhere, itself

    with pytest.raises(OutputError, match="another project"):
        _do("call", "other", pickle.dumps(Elsewhere(minimal, Names(), (), None, itself)), lambda *_: b"", None)


def documented() -> list[list[str]]:
    """Return the lines of docs/scale.md that start a cluster, with a free port in place of theirs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    text = (ROOT / "docs" / "scale.md").read_text("utf-8")
    lines = [line.replace("8786", port) for line in re.findall(r"^(dask .+) &$", text, re.MULTILINE)]
    return [[str(Path(sys.executable).parent / "dask"), *shlex.split(line)[1:]] for line in lines]


def listening(processes: list[subprocess.Popen[bytes]]) -> set[str]:
    """Return the addresses on which processes and what they have started listen."""
    psutil = pytest.importorskip("psutil")
    known = [psutil.Process(each.pid) for each in processes]
    family = [member for each in known for member in (each, *each.children(recursive=True))]
    sockets = [each for member in family for each in member.net_connections("inet")]
    return {each.laddr.ip for each in sockets if each.status == "LISTEN"}


def test_the_cluster_of_the_docs_listens_on_this_machine_only(tmp_path: Path) -> None:
    lines = documented()
    assert [line[1] for line in lines] == ["scheduler", "worker"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    started = [subprocess.Popen(line, **quiet) for line in lines]  # type: ignore[call-overload]
    try:
        while len(listening(started[1:])) == 0 or len(listening(started[:1])) == 0:
            assert [each.poll() for each in started] == [None, None]
            sleep(0.2)
        sleep(3)  # workers open their own sockets one after the other
        assert listening(started) == {"127.0.0.1"}
    finally:
        for each in reversed(started):
            each.terminate()
            each.wait()
