"""The quick start runs from top to bottom, shows what it says, and is committed without outputs."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from nbclient import NotebookClient

PATH = Path(__file__).parents[2] / "notebooks" / "quickstart.ipynb"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    notebook = nbformat.read(PATH, as_version=4)
    folder = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        # This interpreter and this checkout, whatever kernels the machine knows; no settings of the user's.
        patch.setenv("PYTHONPATH", str(PATH.parents[1]))
        patch.setenv("JUPYTER_PLATFORM_DIRS", "1")
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(folder / name))
        client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(PATH.parent)}})
        client.create_kernel_manager()
        client.km._kernel_spec = KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="this Python",
            language="python",
        )
        return client.execute()


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_it_is_committed_without_outputs() -> None:
    notebook = nbformat.read(PATH, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


@pytest.mark.slow
def test_it_runs_without_a_word_of_complaint(executed: nbformat.NotebookNode) -> None:
    told = [out["text"] for out in outputs(executed) if out.get("name") == "stderr"]
    assert [text for text in told if not text.startswith("\r")] == []  # a progress bar is no complaint


@pytest.mark.slow
def test_it_shows_a_table_a_plot_and_a_document(executed: nbformat.NotebookNode) -> None:
    data = [out["data"] for out in outputs(executed) if "data" in out]
    assert any("image/png" in one for one in data)
    pages = [one["text/html"] for one in data if "text/html" in one]
    assert any("Pemerintah Kota Tangerang" in html and "<table" in html for html in pages)
    assert any("AGENCY" in html for html in pages)
    (evidence,) = [one["text/plain"] for one in data if "in the page" in one["text/plain"]]
    assert evidence.count("Juara 1 Kategori Media Sosial") == 2
