"""Writes the golden files beside it: NumPy writes what the command reads, and what it must write in turn.

Run: python3 make.py (made with NumPy 2.4 and its float128, whose 64 bits of precision round once to float64).
"""
import json
import pathlib
import struct

import numpy as np

here = pathlib.Path(__file__).parent
wide = np.longdouble


def softmax(x):
    e = np.exp(x.astype(wide) - x.max(axis=-1, keepdims=True).astype(wide))
    return e / e.sum(axis=-1, keepdims=True)


def loss(x, y, ignore=-100):
    m = x.max(axis=-1, keepdims=True).astype(wide)
    lse = np.log(np.exp(x.astype(wide) - m).sum(axis=-1)) + m[:, 0]
    kept = y != ignore
    return np.where(kept, lse - x.astype(wide)[np.arange(len(y)), np.where(kept, y, 0)], 0), kept


def safetensors(name, arrays, metadata=None):
    """https://huggingface.co/docs/safetensors: length (u64), header (JSON), values."""
    header, body = {} if metadata is None else {"__metadata__": metadata}, b""
    for key, (kind, shape, data) in arrays.items():
        header[key] = {"dtype": kind, "shape": list(shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (here / name).write_bytes(struct.pack("<Q", len(text)) + text + body)


rng = np.random.default_rng(7)
x = rng.normal(scale=4, size=(6, 5)).astype(np.float32)
y = np.array([1, 4, 2, -100, 1, 3])
p = softmax(x).astype(np.float32)

np.save(here / "logits.npy", x)
np.save(here / "fortran.npy", np.asfortranarray(x.astype(np.float64).reshape(2, 3, 5)))
np.save(here / "big-endian.npy", x.astype(">f8"))
np.save(here / "half.npy", x.astype(np.float16))
np.save(here / "labels.npy", y)
np.savez(here / "data.npz", logits=x, labels=y)
np.savez_compressed(here / "compressed.npz", logits=x)
np.savetxt(here / "logits.csv", x.astype(np.float64), delimiter=",", header="a,b,c,d,e", comments="")
np.save(here / "softmax.npy", p)
half = np.frombuffer((x.view(np.uint32) >> 16).astype("<u2").tobytes(), "<u2")
safetensors(
    "model.safetensors",
    {"bias": ("F64", (2,), np.array([1.0, 2.0]).tobytes()), "logits": ("F32", x.shape, x.tobytes()),
     "brain": ("BF16", x.shape, half.tobytes())},
    {"format": "pt"},
)
safetensors("softmax.safetensors", {"y": ("F32", p.shape, p.tobytes())})

brain = (half.astype(np.uint32) << 16).view(np.float32).reshape(x.shape)
x64 = x.astype(np.float64)
each, kept = loss(x64, y)
total, count = float(each.sum() / kept.sum()), int(kept.sum())
lines = {
    "softmax of the float32 logits": p.tolist(),
    "softmax of the bfloat16 logits": softmax(brain).astype(np.float32).tolist(),
    "softmax of the logits in float64": softmax(x64).astype(np.float64).tolist(),
    "softmax of the float16 logits": softmax(x.astype(np.float16)).astype(np.float16).astype(float).tolist(),
    "logits": x.tolist(),
    "mean loss": total,
    "perplexity": float(np.exp(wide(each.sum() / kept.sum()))),
    "rows": count,
    "accuracy": float((x64.argmax(-1) == y)[kept].mean()),
}
(here / "expected.json").write_text("{\n" + ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in lines.items()) + "\n}\n")
