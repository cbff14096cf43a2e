"""Numbers of the vectors: exact inside, rounded once when they are written."""

import json
import random
import struct

from mpmath import isnan, isinf, mp, mpf

# 50 digits are left of a gradient by differences: h is 1e-45, its square 1e-90.
mp.dps = 140
H = mpf(10) ** -45
rng = random.Random(20260102)


# The type of the inputs that are drawn, and the letter that `struct` has for it.
DTYPES = {"float32": "f", "float16": "e"}
dtype = "float32"


def narrowed(v):
    """The nearest number of the inputs' type: every input is one, so that it and all wider types can be tested."""
    return struct.unpack(DTYPES[dtype], struct.pack(DTYPES[dtype], v))[0]


def number(v):
    """The float64 nearest to v (ties to even), as JSON can hold it."""
    if isinstance(v, (bool, int)):
        return v
    v = mpf(v)
    if isnan(v) or isinf(v):
        return "NaN" if isnan(v) else "Infinity" if v > 0 else "-Infinity"
    if abs(v) < mpf(10) ** -60:
        return 0.0
    sign, man, e, _ = v._mpf_
    value = float(int(man) * 2**e) if e >= 0 else int(man) / 2**-e
    return -value if sign else value


def draw(n, spread=4.0):
    return [narrowed(rng.gauss(0, spread)) for _ in range(n)]


def matrix(rows, columns, spread=1.0):
    return [draw(columns, spread) for _ in range(rows)]


def shape_of(v):
    return [len(v)] + (shape_of(v[0]) if v else []) if isinstance(v, list) else []


def flat(v):
    return [b for a in v for b in flat(a)] if isinstance(v, list) else [v]


def tensor(v):
    return {"shape": shape_of(v), "data": [number(a) for a in flat(v)]}


def rebuilt(shape, values):
    if not shape:
        return next(values)
    return [rebuilt(shape[1:], values) for _ in range(shape[0])]


def gradient(f, x):
    """The gradient of a real function at x, a tensor: by central differences, whose error is far below 50 digits."""
    shape, values = shape_of(x), [mpf(a) for a in flat(x)]

    def at(k, step):
        return f(rebuilt(shape, iter([a + step if j == k else a for j, a in enumerate(values)])))

    return rebuilt(shape, iter([(at(k, H) - at(k, -H)) / (2 * H) for k in range(len(values))]))


def dot(a, b):
    return sum((mpf(p) * q for p, q in zip(flat(a), flat(b))), mpf(0))


def argument(name, v):
    if name == "parameters":
        tails = [{k: tensor(w) for k, w in tail.items()} for tail in v["tails"]]
        return {"cutoffs": v["cutoffs"], "head": tensor(v["head"]), "headBias": tensor(v["headBias"]), "tails": tails}
    return v if name in ("tree", "k", "depth") else tensor(v)


def case(op, name, inputs, expected, options=None):
    return {
        "op": op,
        "name": name,
        **({} if dtype == "float32" else {"dtype": dtype}),
        "inputs": {k: argument(k, v) for k, v in inputs.items()},
        "options": options or {},
        "expected": {k: tensor(v) for k, v in expected.items()},
    }


def written(path, cases):
    lines = ",\n".join(json.dumps(each, allow_nan=False) for each in cases)
    path.write_text('{"$schema": "../schemas/vectors.schema.json", "version": 1, "cases": [\n' + lines + "\n]}\n")
