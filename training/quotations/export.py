"""Writes a trained model as two ONNX graphs and a settings file: ``python -m training.quotations.export RUN FOLDER``.

``encoder.onnx``: numbers, extras, lengths -> states, chances of cue tags and beginnings, projected words (time first).
``linker.onnx``: projected windows, cue states, relations, kinds, lengths -> chances of roles and forms.
LSTM and matrix weights are 8-bit (dynamic quantization), embedding tables 8-bit with one scale a table.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.quotations.decode import Thresholds
from training.quotations.lexical import RESERVED
from training.quotations.measure import load_run
from training.quotations.model import QuotationModel

_OPSET = 17


class _Graph:
    """Collects nodes and weights of one ONNX graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._count = 0

    def add(self, kind: str, inputs: list[str], output: str | None = None, **attributes: object) -> str:
        self._count += 1
        output = output or f"{kind.lower()}_{self._count}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=f"n{self._count}_{kind}", **attributes))
        return output

    def weight(self, array: np.ndarray, name: str = "w") -> str:
        self._count += 1
        name = f"{name}_{self._count}"
        self.weights.append(numpy_helper.from_array(np.asarray(array, order="C"), name))
        return name

    def table(self, embedding: torch.nn.Embedding, numbers: str) -> str:
        """Rows of an embedding, kept as 8-bit numbers with one scale a table."""
        rows = embedding.weight.detach().numpy()
        scale = float(np.abs(rows).max()) / 127
        if rows.size < 20_000:
            return self.add("Gather", [self.weight(rows, "table"), numbers])
        whole = self.weight(np.clip(np.rint(rows / scale), -127, 127).astype(np.int8), "table")
        picked = self.add("Cast", [self.add("Gather", [whole, numbers])], to=TensorProto.FLOAT)
        return self.add("Mul", [picked, self.weight(np.float32(scale), "scale")])

    def column(self, numbers: str, column: int) -> str:
        return self.add("Gather", [numbers, self.weight(np.int64(column), "column")], axis=2)

    def linear(self, layer: torch.nn.Linear, given: str, output: str | None = None) -> str:
        product = self.add("MatMul", [given, self.weight(layer.weight.detach().numpy().T, "matrix")])
        return self.add("Add", [product, self.weight(layer.bias.detach().numpy(), "bias")], output)

    def lstm(self, layer: torch.nn.LSTM, given: str, lengths: str) -> str:
        """Bidirectional states ``(time, batch, 2 * units)``; torch orders gates i f g o, ONNX i o f g."""
        units = layer.hidden_size

        def reordered(array: torch.Tensor) -> np.ndarray:
            i, f, g, o = np.split(array.detach().numpy(), 4)
            return np.concatenate([i, o, f, g])

        ends = ("", "_reverse")
        w = np.stack([reordered(getattr(layer, f"weight_ih_l0{end}")) for end in ends])
        r = np.stack([reordered(getattr(layer, f"weight_hh_l0{end}")) for end in ends])
        b = np.stack(
            [
                np.concatenate(
                    [reordered(getattr(layer, f"bias_ih_l0{end}")), reordered(getattr(layer, f"bias_hh_l0{end}"))]
                )
                for end in ends
            ]
        )
        states = self.add(
            "LSTM",
            [given, self.weight(w, "W"), self.weight(r, "R"), self.weight(b, "B"), lengths],
            hidden_size=units,
            direction="bidirectional",
        )
        turned = self.add("Transpose", [states], perm=[0, 2, 1, 3])
        return self.add("Reshape", [turned, self.weight(np.array([0, 0, 2 * units], np.int64), "shape")])

    def model(self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, "quotations", inputs, outputs, self.weights)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9)
        onnx.checker.check_model(made)
        return made


def encoder_graph(model: QuotationModel) -> onnx.ModelProto:
    """The graph that reads chunks of an article."""
    g = _Graph()
    embedded = g.add(
        "Concat",
        [g.table(table, g.column("numbers", column)) for column, table in enumerate(model.encoder.tables)],
        axis=-1,
    )
    states = g.lstm(model.encoder.lstm, embedded, "lengths")
    lemma = g.table(model.lemmas, g.column("extras", 0))
    patterns = model.patterns.numpy().astype(np.uint8) * model.lexicon
    facts = g.add(
        "Cast", [g.add("Gather", [g.weight(patterns, "patterns"), g.column("extras", 1)])], to=TensorProto.FLOAT
    )
    marks = g.table(model.states, g.column("extras", 2))
    title = g.add("Gather", [g.weight(np.array([[0.0], [1.0]], np.float32), "title"), g.column("extras", 3)])
    task = g.lstm(model.task, g.add("Concat", [embedded, states, lemma, facts, marks, title], axis=-1), "lengths")
    g.add("Identity", [task], "states")
    g.add("Softmax", [g.linear(model.cues, task)], "cues", axis=-1)
    g.add("Sigmoid", [g.linear(model.beginnings, task)], "beginnings")
    g.linear(model.linker.word, task, "words")
    size = model.size
    whole, real = TensorProto.INT64, TensorProto.FLOAT
    return g.model(
        [
            helper.make_tensor_value_info("numbers", whole, ["time", "batch", 5]),
            helper.make_tensor_value_info("extras", whole, ["time", "batch", 4]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]),
        ],
        [
            helper.make_tensor_value_info("states", real, ["time", "batch", 2 * size.units]),
            helper.make_tensor_value_info("cues", real, ["time", "batch", 3]),
            helper.make_tensor_value_info("beginnings", real, ["time", "batch", 1]),
            helper.make_tensor_value_info("words", real, ["time", "batch", size.link_input]),
        ],
    )


def linker_graph(model: QuotationModel) -> onnx.ModelProto:
    """The graph that reads windows around cues."""
    g, linker, width = _Graph(), model.linker, model.size.link_input
    both = g.linear(linker.cue, "cues")
    low, middle, high, axis = (g.weight(np.array([number], np.int64), "edge") for number in (0, width, 2 * width, 1))
    shift = g.add("Add", [g.add("Slice", [both, low, middle, axis]), g.table(linker.kind, "kinds")])
    scale = g.add("Add", [g.add("Slice", [both, middle, high, axis]), g.weight(np.float32(1), "one")])
    mixed = g.add("Relu", [g.add("Add", [g.add("Mul", ["words", scale]), shift])])
    columns = (linker.distance, linker.near, linker.paragraph, linker.state)
    related = [g.table(table, g.column("relations", column)) for column, table in enumerate(columns)]
    states = g.lstm(linker.lstm, g.add("Concat", [mixed, *related], axis=-1), "lengths")
    roles = g.add("Softmax", [g.linear(linker.roles, states)], "roles", axis=-1)
    share = g.add("Mul", [g.add("Gather", [roles, g.weight(np.array([1], np.int64), "content")], axis=2), "mask"])
    axes = g.weight(np.array([0], np.int64), "axes")
    pooled = g.add("ReduceSum", [g.add("Mul", [states, share]), axes], keepdims=0)
    weight = g.add("Add", [g.add("ReduceSum", [share, axes], keepdims=0), g.weight(np.float32(0.5), "half")])
    g.linear(linker.forms, g.add("Concat", [g.add("Div", [pooled, weight]), shift], axis=-1), "forms")
    whole, real = TensorProto.INT64, TensorProto.FLOAT
    return g.model(
        [
            helper.make_tensor_value_info("words", real, ["time", "windows", width]),
            helper.make_tensor_value_info("cues", real, ["windows", 4 * model.size.units]),
            helper.make_tensor_value_info("relations", whole, ["time", "windows", 4]),
            helper.make_tensor_value_info("mask", real, ["time", "windows", 1]),
            helper.make_tensor_value_info("kinds", whole, ["windows"]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["windows"]),
        ],
        [
            helper.make_tensor_value_info("roles", real, ["time", "windows", 3]),
            helper.make_tensor_value_info("forms", real, ["windows", 6]),
        ],
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("run", "folder"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--calibration", type=Path, help="what training.quotations.calibrate wrote")
    parser.add_argument("--whole", action="store_true", help="32-bit weights, no quantization")
    options = parser.parse_args()
    model, _ = load_run(options.run)
    saved = torch.load(options.run / "words.pt")
    model.eval()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, graph in (("encoder", encoder_graph(model)), ("linker", linker_graph(model))):
        target = options.folder / f"{name}.onnx"
        if options.whole:
            onnx.save(graph, target)
            continue
        with tempfile.TemporaryDirectory() as folder:
            onnx.save(graph, f"{folder}/whole.onnx")
            quantize_dynamic(
                f"{folder}/whole.onnx",
                target,
                weight_type=QuantType.QInt8,
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
                op_types_to_quantize=["LSTM", "MatMul"],
            )
    settings = {
        "vocabulary": saved["vocabulary"],
        "first_number": RESERVED,
        "changes": (
            model.linker.changes if model.linker.chained else torch.from_numpy(Thresholds().flat_changes())
        ).tolist(),
        "lexicon": {form: list(numbers) for form, numbers in sorted(saved["lexicon"].items())},
    }
    shutil.copy(options.run / "articles.txt", options.folder)
    if options.calibration:
        settings["calibration"] = json.loads(options.calibration.read_text())
        settings["thresholds"] = {"keep": 0.35}
    (options.folder / "settings.json").write_text(
        json.dumps(settings, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
