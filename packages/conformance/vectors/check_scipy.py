"""How far NumPy and SciPy are from the vectors: an example of testing an implementation in another language.

    python3 vectors/check_scipy.py       (Debian: python3-numpy, python3-scipy)

Prints, for each operation and float type, the worst error in units in the last place of the exact value.
"""

import json
import pathlib

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax

# What is to be tested: a function of the inputs, in their order, for each operation that there is. Options decide which
# vectors apply; those with options that the implementation lacks are left out, and counted.
UNDER_TEST = {
    "softmax": lambda x: softmax(x, axis=-1),
    "logSoftmax": lambda x: log_softmax(x, axis=-1),
    "logSumExp": lambda x: logsumexp(x, axis=-1),
    "logAddExp": np.logaddexp,
    "logCumSumExp": lambda x: np.logaddexp.accumulate(x, axis=-1),
}


def tensor(value, dtype):
    return np.array([float(v) for v in value["data"]], dtype=np.float64).astype(dtype).reshape(value["shape"])


def ulps(got, want, dtype):
    """Element by element; NaN equals NaN, an infinity itself and what rounds to it."""
    wide = got.astype(np.float64)
    bound = np.where(np.isinf(want.astype(dtype)), want.astype(dtype), want)
    unit = np.spacing(np.maximum(np.abs(want).astype(dtype), np.finfo(dtype).tiny)).astype(np.float64)
    same = (wide == bound) | (np.isnan(wide) & np.isnan(want))
    return np.where(same, 0.0, np.abs(wide - want) / unit)


np.seterr(all="ignore")
cases = json.loads((pathlib.Path(__file__).parent / "operations.json").read_text())["cases"]
for dtype in (np.float64, np.float32, np.float16):
    for op, f in UNDER_TEST.items():
        # Inputs that a type cannot hold are not for it.
        own = [case for case in cases if case["op"] == op and (dtype != np.float16 or "dtype" in case)]
        plain = [case for case in own if not case["options"]]
        errors = [
            ulps(f(*[tensor(v, dtype) for v in case["inputs"].values()]), tensor(case["expected"]["y"], np.float64), dtype)
            for case in plain
        ]
        worst = max(float(e.max()) for e in errors)
        print(f"{np.dtype(dtype).name} {op}: {worst:.3g} ulp in {len(plain)} of {len(own)} vectors")
