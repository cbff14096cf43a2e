"""Vectors for softmax, its logarithm, log-sum-exp, cross-entropy and their gradients, from mpmath with 400 digits:
enough for p - 1 to keep its own wherever float64 can hold it.

    python3 vectors/make.py        (Debian: python3-mpmath)

Every file is {"cases": [...]}. Every number is the shortest decimal that reads back as the same float64, "Infinity"
and "-Infinity" stand for the infinities, and results are the float64 nearest to the exact value. A mask is a list of
booleans, true = takes part.
"""

import json
import pathlib
import random

from mpmath import cosh, exp, inf, isinf, log1p, mp, mpf, tanh

mp.dps = 400
rng = random.Random(20260101)
here = pathlib.Path(__file__).parent


def nearest(v):
    """The float64 nearest to v, ties to even: the quotient of two integers is rounded once, also where it is subnormal."""
    if abs(v) > mpf(2) ** 1024 * (1 - mpf(2) ** -54):
        return "Infinity" if v > 0 else "-Infinity"
    if abs(v) < mpf("1e-400"):
        return 0.0
    sign, man, e, _ = v._mpf_
    value = float(int(man) * 2**e) if e >= 0 else int(man) / 2**-e
    return number(-value if sign else value)


def number(v):
    return v if abs(v) != float("inf") else ("Infinity" if v > 0 else "-Infinity")


def distribution(x, mask=None, negate=False, softcap=None, temperature=1.0, sink=None):
    """For each entry (v - max)/T, exp of it and whether it takes part; the sum of all but one largest."""
    v = [mpf(-a if negate else a) for a in x]
    if softcap is not None:
        v = [a if isinf(a) else mpf(softcap) * tanh(a / mpf(softcap)) for a in v]
    takes = [(mask is None or mask[k]) and v[k] != -inf for k in range(len(v))]
    every = [a for a, t in zip(v, takes) if t] + ([] if sink is None else [mpf(sink)])
    top = max(every)
    d = [(a - top) / mpf(temperature) if t else -inf for a, t in zip(v, takes)]
    e = [exp(a) if t else mpf(0) for a, t in zip(d, takes)]
    every.remove(top)
    rest = sum((exp((a - top) / mpf(temperature)) for a in every), mpf(0))
    return d, e, takes, rest, top


def softmax(**case):
    _, e, _, rest, _ = distribution(**case)
    return [a / (1 + rest) for a in e]


def log_softmax(**case):
    d, _, takes, rest, _ = distribution(**case)
    return [a - log1p(rest) if t else -inf for a, t in zip(d, takes)]


def chain(x, negate=False, softcap=None, temperature=1.0, **_):
    slope = mpf(-1 if negate else 1) / mpf(temperature)
    return [slope if softcap is None or isinf(mpf(a)) else slope / cosh(mpf(a) / mpf(softcap)) ** 2 for a in x]


def softmax_grad(dy, **case):
    p = softmax(**case)
    mean = sum((a * mpf(g) for a, g in zip(p, dy)), mpf(0))
    return [a * (mpf(g) - mean) * c for a, g, c in zip(p, dy, chain(**case))]


def log_softmax_grad(dy, **case):
    p = softmax(**case)
    takes = distribution(**case)[2]
    total = sum((mpf(g) for g, t in zip(dy, takes) if t), mpf(0))
    return [(mpf(g) - a * total) * c if t else mpf(0) for g, a, c, t in zip(dy, p, chain(**case), takes)]


def log_sum_exp(x, mask=None):
    _, _, _, rest, top = distribution(x=x, mask=mask)
    return top + log1p(rest)


def cross_entropy(x, target, weight=None, smoothing=0.0, mask=None, z_loss=0.0):
    """The loss of one row and its gradient."""
    d, e, takes, rest, top = distribution(x=x, mask=mask)
    allowed = [mask is None or mask[k] for k in range(len(x))]
    alpha = mpf(smoothing)
    q = [(1 - alpha if k == target else mpf(0)) + (alpha / sum(allowed) if allowed[k] else 0) for k in range(len(x))]
    a = [mpf(w) * c for w, c in zip(weight or [1.0] * len(x), q)]
    lse = top + log1p(rest)
    loss = sum((c * (log1p(rest) - b) for c, b in zip(a, d) if c != 0), mpf(0)) + mpf(z_loss) * lse**2
    p = [b / (1 + rest) for b in e]
    dx = [sum(a) * b - c + 2 * mpf(z_loss) * lse * b if t else mpf(0) for b, c, t in zip(p, a, takes)]
    return loss, dx


LOGITS = {
    "moderate": lambda: rng.uniform(-10, 10),
    "wide": lambda: rng.gauss(0, 50),
    "very wide": lambda: rng.gauss(0, 300),
    "close": lambda: 1e4 + rng.gauss(0, 1e-3),
    "large": lambda: rng.choice([-1, 1]) * 10 ** rng.uniform(2, 307),
    "small": lambda: rng.choice([-1, 1]) * 10 ** rng.uniform(-320, -3),
    "ties": lambda: float(rng.randrange(4)),
    "impossible": lambda: rng.choice([-float("inf"), rng.uniform(-5, 5), rng.uniform(-5, 5)]),
}
OPTIONS = {
    "plain": lambda n: {},
    "temperature": lambda n: {"temperature": rng.choice([0.1, 0.7, 3.0, 100.0])},
    "sink": lambda n: {"sink": rng.uniform(-3, 12)},
    "softcap": lambda n: {"softcap": rng.choice([0.5, 5.0, 30.0])},
    "mask": lambda n: {"mask": [True] + [rng.random() < 0.6 for _ in range(n - 1)]},
    "negate": lambda n: {"negate": True},
}


def row(draw, n):
    x = [draw() for _ in range(n)]
    return x if abs(x[0]) != float("inf") else [0.5] + x[1:]


def write(name, cases):
    lines = ",\n".join(json.dumps(case, allow_nan=False) for case in cases)
    (here / f"{name}.json").write_text('{"cases": [\n' + lines + "\n]}\n")


def shown(case):
    return {k: [number(a) for a in v] if k in ("x", "dy") else v for k, v in case.items()}


def distributions():
    for logits, draw in LOGITS.items():
        for options, pick in OPTIONS.items():
            for n in (1, 2, 5, 12):
                case = {"x": row(draw, n), **pick(n)}
                if case.get("negate"):
                    case["x"] = [-a for a in case["x"]]
                dy = [rng.uniform(-2, 2) for _ in range(n)]
                yield {
                    "name": f"{logits}, {options}, n = {n}",
                    **shown({**case, "dy": dy}),
                    "softmax": [nearest(v) for v in softmax(**case)],
                    "logSoftmax": [nearest(v) for v in log_softmax(**case)],
                    "softmaxGrad": [nearest(v) for v in softmax_grad(dy=dy, **case)],
                    "logSoftmaxGrad": [nearest(v) for v in log_softmax_grad(dy=dy, **case)],
                }


def log_sum_exps():
    for logits, draw in LOGITS.items():
        for n in (1, 2, 3, 8, 20):
            x = row(draw, n)
            yield {"name": f"{logits}, n = {n}", **shown({"x": x}), "y": nearest(log_sum_exp(x))}


def cross_entropies():
    for logits, draw in LOGITS.items():
        for n in (1, 2, 5, 12):
            for smoothing, weighted, masked, z_loss in (
                (0.0, False, False, 0.0),
                (0.1, False, False, 0.0),
                (0.0, True, False, 0.25),
                (0.3, True, True, 0.01),
            ):
                x = row(draw, n)
                if "impossible" in logits and smoothing > 0:
                    x = [a if abs(a) != float("inf") else -3.0 for a in x]
                case = {"x": x, "target": 0, "smoothing": smoothing, "z_loss": z_loss}
                if weighted:
                    case["weight"] = [rng.uniform(0.1, 3) for _ in range(n)]
                if masked:
                    case["mask"] = [True] + [rng.random() < 0.6 for _ in range(n - 1)]
                loss, dx = cross_entropy(**case)
                yield {"name": f"{logits}, n = {n}", **shown(case), "loss": nearest(loss), "dx": [nearest(v) for v in dx]}


write("distribution", distributions())
write("log-sum-exp", log_sum_exps())
write("cross-entropy", cross_entropies())
