"""Runs on a local Ray cluster of two nodes; needs the extra ``cluster`` (``make test-cluster``)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import ray
from ray.cluster_utils import Cluster

from pipeline.batch.folder import NAME
from pipeline.errors import UsageError
from pipeline.run import Settings, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TABLES = ("awards", "entities", "sentences", "articles")


@pytest.fixture(scope="module", autouse=True)
def _same_code_everywhere() -> Iterator[None]:
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), before]))
    os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"
    yield
    os.environ.pop("PYTHONPATH")
    if before:
        os.environ["PYTHONPATH"] = before


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 150_000_000}
    )
    cluster.add_node(num_cpus=1, object_store_memory=150_000_000)
    cluster.wait_for_nodes()
    ray.init(address=cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for n in range(420):
        text = (
            f"BATU – Pemerintah Kota Batu meraih Juara {1 + n % 3} kategori Website pada Anugerah Humas"
            f" Rajawali {2010 + n % 15}, Senin (3/3/2025).\n\nPenghargaan ke-{n} itu diterima Rahma Dewi."
        )
        (folder / f"berita-{n:03}.txt").write_text("" if n == 77 else text, "utf-8")
    (folder / "lain.jsonl").write_text(
        '{"id": "berita-001", "text": "Kota Malang juara 2."}\n' * 300, "utf-8"
    )
    return folder


def settings(pages: Path, output: Path, **more: Any) -> Settings:
    return Settings(inputs=(str(pages),), output=output, tables=TABLES, **more)


def contents(output: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in output.iterdir() if p.is_file() and p.name != "run.json"}


def shards(output: Path) -> list[Path]:
    return list((output / NAME).glob("shards/*/*"))


def test_a_node_that_is_killed_half_way_changes_nothing(
    cluster: Cluster, pages: Path, tmp_path: Path
) -> None:
    here = run(settings(pages, tmp_path / "here", workers=2))
    killed = threading.Event()

    def kill_half_way() -> None:
        while len(shards(tmp_path / "there")) < 2:
            time.sleep(0.02)
        (node,) = cluster.worker_nodes
        cluster.remove_node(node, allow_graceful=False)
        killed.set()

    killer = threading.Thread(target=kill_half_way, daemon=True)
    killer.start()
    there = run(settings(pages, tmp_path / "there", cluster="ray"))
    assert killed.is_set()
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert there.report["counts"] == here.report["counts"]
    assert here.report["counts"]["read"] == 720
    assert {p.name for p in shards(tmp_path / "there")} == {p.name for p in shards(tmp_path / "here")}


def test_a_run_goes_on_wherever_it_was_begun(cluster: Cluster, pages: Path, tmp_path: Path) -> None:
    assert cluster.worker_nodes
    run(settings(pages, tmp_path / "out", workers=1))
    expected = contents(tmp_path / "out")
    made = {p: p.stat().st_mtime_ns for p in shards(tmp_path / "out")}
    gone = min(made)
    gone.unlink()
    run(settings(pages, tmp_path / "out", cluster="ray"))
    assert contents(tmp_path / "out") == expected
    now = {p: p.stat().st_mtime_ns for p in shards(tmp_path / "out")}
    assert {p for p in made if now[p] != made[p]} == {gone}


def test_standard_input_stays_here(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="standard input"):
        run(Settings(inputs=("-",), output=tmp_path / "out", cluster="ray"))
