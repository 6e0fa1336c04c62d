"""Write the tagger for onnxruntime: ``export(net, folder)``; 8-bit weights, one window at a time.

The graph is written by hand: one window without padding needs no mask, and the table of word pieces is kept
in 8 bits with a scale for each, which an exporter would not do.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tagger_net import TaggerNet

_OPSET = 20
_HEADS = 12


class _Graph:
    """Nodes and weights of the graph so far."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def linear(self, x: str, name: str, matrix: np.ndarray, bias: np.ndarray) -> str:
        made = self.node("MatMul", [x, self.weight(f"{name}.w", matrix.T)], f"{name}.mm")
        return self.node("Add", [made, self.weight(f"{name}.b", bias)], name)

    def norm(self, x: str, name: str, scale: np.ndarray, bias: np.ndarray, epsilon: float) -> str:
        given = [x, self.weight(f"{name}.g", scale), self.weight(f"{name}.b", bias)]
        return self.node("LayerNormalization", given, name, axis=-1, epsilon=epsilon)


def float_graph(net: TaggerNet) -> onnx.ModelProto:  # noqa: PLR0915 (one graph, node by node)
    """Return the network as an ONNX graph: ``ids`` (1, pieces) and ``first`` (words) to ``scores``."""
    state = {k: v.detach().float().numpy() for k, v in net.state_dict().items()}
    config = net.encoder.config
    width, eps = config.hidden_size, config.layer_norm_eps
    size = width // _HEADS
    g = _Graph()
    table = state["encoder.embeddings.word_embeddings.weight"]
    scale = np.abs(table).max(1, keepdims=True) / 127 + 1e-12
    g.weight("pieces.w", np.round(table / scale).astype(np.int8))
    g.weight("pieces.s", scale.astype(np.float32))
    rows = g.node(
        "Cast", [g.node("Gather", ["pieces.w", "ids"], "pieces.q")], "pieces.f", to=TensorProto.FLOAT
    )
    words = g.node("Mul", [rows, g.node("Gather", ["pieces.s", "ids"], "pieces.k")], "pieces")
    positions = (
        state["encoder.embeddings.position_embeddings.weight"]
        + state["encoder.embeddings.token_type_embeddings.weight"][0]
    )
    g.weight("places.w", positions[None])
    g.weight("zero", np.array([0], np.int64))
    g.weight("one", np.array([1], np.int64))
    length = g.node(
        "Slice",
        [g.node("Shape", ["ids"], "shape"), "one", g.weight("two", np.array([2], np.int64))],
        "length",
    )
    places = g.node("Slice", ["places.w", "zero", length, "one"], "places")
    x = g.node("Add", [words, places], "sum")
    name = "encoder.embeddings.LayerNorm"
    x = g.norm(x, "norm", state[f"{name}.weight"], state[f"{name}.bias"], eps)
    shape = g.weight("split", np.array([1, -1, _HEADS, size], np.int64))
    whole = g.weight("joined", np.array([1, -1, width], np.int64))
    for i in range(config.num_hidden_layers):
        at = f"encoder.encoder.layer.{i}"

        def of(part: str, at: str = at) -> tuple[np.ndarray, np.ndarray]:
            return state[f"{at}.{part}.weight"], state[f"{at}.{part}.bias"]

        heads = {}
        for part in ("query", "key", "value"):
            w, b = of(f"attention.self.{part}")
            if part == "query":
                w, b = w / np.float32(np.sqrt(size)), b / np.float32(np.sqrt(size))
            flat = g.linear(x, f"{i}.{part}", w, b)
            split = g.node("Reshape", [flat, shape], f"{i}.{part}.split")
            order = [0, 2, 3, 1] if part == "key" else [0, 2, 1, 3]
            heads[part] = g.node("Transpose", [split], f"{i}.{part}.heads", perm=order)
        fit = g.node("MatMul", [heads["query"], heads["key"]], f"{i}.fit")
        share = g.node("Softmax", [fit], f"{i}.share", axis=-1)
        mixed = g.node("MatMul", [share, heads["value"]], f"{i}.mixed")
        mixed = g.node("Transpose", [mixed], f"{i}.mixed.back", perm=[0, 2, 1, 3])
        mixed = g.node("Reshape", [mixed, whole], f"{i}.mixed.flat")
        out = g.linear(mixed, f"{i}.out", *of("attention.output.dense"))
        x = g.norm(
            g.node("Add", [out, x], f"{i}.out.sum"), f"{i}.out.norm", *of("attention.output.LayerNorm"), eps
        )
        inner = g.node("Gelu", [g.linear(x, f"{i}.inner", *of("intermediate.dense"))], f"{i}.gelu")
        out = g.linear(inner, f"{i}.outer", *of("output.dense"))
        x = g.norm(g.node("Add", [out, x], f"{i}.outer.sum"), f"{i}.outer.norm", *of("output.LayerNorm"), eps)
    x = g.node("Gather", [x, "first"], "of_words", axis=1)
    x = g.linear(x, "heads", state["heads.weight"], state["heads.bias"])
    x = g.node(
        "Reshape", [x, g.weight("tags", np.array([-1, len(state["heads.bias"]) // 3, 3], np.int64))], "logits"
    )
    g.node("LogSoftmax", [x], "scores", axis=-1)
    graph = helper.make_graph(
        g.nodes, "tagger",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"]),
            helper.make_tensor_value_info("first", TensorProto.INT64, ["words"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["words", "heads", 3])],
        g.weights,
    )  # fmt: skip
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
    made.ir_version = 10
    onnx.checker.check_model(made)
    return made


def export(net: TaggerNet, folder: Path) -> None:
    """Write ``encoder.onnx`` and ``tokenizer.json``.

    Args:
        net: The trained network.
        folder: Where to; made if it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    net.eval()
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "float.onnx"
        onnx.save(float_graph(net), whole)
        # 7 bits of 8: then no processor's sums overflow, and all give the same
        quantize_dynamic(
            whole,
            folder / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
            extra_options={"MatMulConstBOnly": True},
        )
    net.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
