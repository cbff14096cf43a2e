"""Vectors for every operation, from mpmath with 140 digits: at least 50 of each are exact before the last rounding.

    python3 vectors/operations.py        (Debian: python3-mpmath)

`operations.json` has the form of `schemas/vectors.schema.json`. Rows are the last axis. Inputs are float32 values, so that
implementations in float32 and in float64 can be tested, and of a case with "dtype": "float16" float16 values; results
are the float64 nearest to the exact value.
"""

import pathlib

from mpmath import exp, mpf

import exact
import rows
from exact import case, dot, draw, gradient, matrix, narrowed, rng, written
from heads import Tree, adaptive_log_p
from noise import gumbel, uniform

cases = []


def add(op, name, inputs, expected, options=None):
    cases.append(case(op, name, inputs, expected, options))


def both(op, name, x, f, options=None):
    """An operation of one tensor, and its vector–Jacobian product by differences."""
    y = f(x)
    add(op, name, {"x": x}, {"y": y}, options)
    dy = draw(len(y), 1.0) if not isinstance(y[0], list) else [draw(len(a), 1.0) for a in y]
    add(f"{op}Grad", name, {"x": x, "dy": dy}, {"dx": gradient(lambda v: dot(f(v), dy), x)}, options)


def each(f):
    return lambda x: [f(row) for row in x]


def distributions():
    kinds = {"plain": {}, "temperature": {"temperature": 0.5}, "sink": {"sink": 1.5}, "softcap": {"softcap": 5.0}}
    for op, f in (("softmax", rows.softmax), ("softmin", rows.softmin), ("logSoftmax", rows.log_softmax)):
        for name, options in kinds.items():
            both(op, name, matrix(2, 5, 3.0), each(lambda r, o=options, g=f: g(r, **o)), options)
        both(op, "wide", matrix(2, 17, 20.0), each(f))
    x, f, options = noisy(2, 4, 0.5)
    both("gumbelSoftmax", "noise", x, f, options)
    x = matrix(2, 5)
    g = [[gumbel(7, 3, i * 5 + k) for k in range(5)] for i in range(2)]
    add("gumbelSoftmax", "seed", {"x": x}, {"y": [rows.softmax(sums(a, b)) for a, b in zip(x, g)]}, {"seed": 7, "stream": 3})
    y = [rows.hardmax(sums(a, b)) for a, b in zip(x, g)]
    add("gumbelSoftmax", "hard", {"x": x}, {"y": y}, {"seed": 7, "stream": 3, "hard": True})
    add("sample", "seed", {"x": x}, {"classes": [a.index(1) for a in y]}, {"seed": 7, "stream": 3})
    order = [sorted(range(5), key=lambda k, i=i: -(x[i][k] + g[i][k]))[:3] for i in range(2)]
    add("sampleWithoutReplacement", "seed", {"x": x, "k": 3}, {"classes": order}, {"seed": 7, "stream": 3})
    add("hardmax", "first of ties", {"x": [[1.0, 3.0, 3.0], [-1.0, -2.0, -1.5]]}, {"y": [[0, 1, 0], [1, 0, 0]]})
    add("oneHot", "classes", {"classes": [2, 0], "depth": 3}, {"y": [[0, 0, 1], [1, 0, 0]]})


def sums(a, b):
    return [mpf(p) + q for p, q in zip(a, b)]


def noisy(count, n, temperature):
    x, noise = matrix(count, n), matrix(count, n)
    f = lambda v: [rows.softmax(sums(a, b), temperature=temperature) for a, b in zip(v, noise)]
    return x, f, {"temperature": temperature, "noise": noise}


def logarithms():
    for n in (1, 6, 20):
        both("logSumExp", f"n = {n}", matrix(2, n, 5.0), each(rows.log_sum_exp))
        both("logMeanExp", f"n = {n}", matrix(2, n, 5.0), each(rows.log_mean_exp))
        both("logCumSumExp", f"n = {n}", matrix(2, n, 5.0), each(rows.log_cum_sum_exp))
    x, b = matrix(2, 4), [[narrowed(abs(v) + 0.5) for v in r] for r in matrix(2, 4)]
    add("logSumExp", "factors", {"x": x}, {"y": [rows.log_sum_exp(p, q) for p, q in zip(x, b)]}, {"b": b})
    p, q, dy = draw(6), draw(6), draw(6)
    add("logAddExp", "pairs", {"a": p, "b": q}, {"y": rows.log_add_exp(p, q)})
    expected = {
        "da": gradient(lambda v: dot(rows.log_add_exp(v, q), dy), p),
        "db": gradient(lambda v: dot(rows.log_add_exp(p, v), dy), q),
    }
    add("logAddExpGrad", "pairs", {"a": p, "b": q, "dy": dy}, expected)


def probabilities(count, n):
    return [[narrowed(v) for v in rows.softmax(r)] for r in matrix(count, n)]


def divergences():
    p, q, dy = probabilities(2, 5), probabilities(2, 5), draw(2)
    kl = lambda a, b: [rows.kl_divergence(u, v) for u, v in zip(a, b)]
    add("klDivergence", "two rows", {"p": p, "q": q}, {"y": kl(p, q)})
    expected = {"dp": gradient(lambda v: dot(kl(v, q), dy), p), "dq": gradient(lambda v: dot(kl(p, v), dy), q)}
    add("klDivergenceGrad", "two rows", {"p": p, "q": q, "dy": dy}, expected)
    h = each(rows.entropy)
    add("entropy", "two rows", {"p": p}, {"y": h(p)})
    add("entropyGrad", "two rows", {"p": p, "dy": dy}, {"dp": gradient(lambda v: dot(h(v), dy), p)})


def loss_of(op, name, x, target, row, options=None, weights=None, given=None):
    options = options or {}
    kind = options.get("reduction", "mean")
    f = lambda v: rows.reduced([row(r, t) for r, t in zip(v, target)], kind, weights or [mpf(1)] * len(target))
    inputs = {"x": x, "target": target}
    add(op, name, inputs, {"loss": f(x)}, {**options, **(given or {})})
    whole = f if kind != "none" else lambda v: sum(f(v), mpf(0))
    add(f"{op}Grad", name, inputs, {"loss": f(x), "dx": gradient(whole, x)}, {**options, **(given or {})})


def losses():
    w = [1.0, 0.5, 2.0, 0.25]
    for kind in ("mean", "sum", "none"):
        target = [rng.randrange(4) for _ in range(3)]
        for op, log in (("crossEntropy", rows.log_softmax), ("nllLoss", lambda r: r)):
            x = matrix(3, 4, 3.0) if op == "crossEntropy" else [[-abs(v) for v in r] for r in matrix(3, 4)]
            row = lambda r, t, g=log: rows.likelihood(g(r), t)
            loss_of(op, kind, x, target, row, {"reduction": kind})
            row = lambda r, t, g=log: rows.likelihood(g(r), t, w, 0.25)
            options = {"reduction": kind, "weight": w, "labelSmoothing": 0.25}
            loss_of(op, f"{kind}, weights, smoothing", x, target, row, options, [mpf(w[t]) for t in target])
        for name, alpha in (("sparsemaxLoss", 2.0), ("entmaxLoss", 1.5), ("entmaxLoss", 1.25)):
            row = lambda r, t, a=alpha: rows.entmax_loss(r, t, a)
            given = {} if name == "sparsemaxLoss" else {"alpha": alpha}
            loss_of(name, f"{kind}, alpha = {alpha}", matrix(3, 4), target, row, {"reduction": kind, **given})
    for name, alpha in (("sparsemax", 2.0), ("entmax", 1.5), ("entmax", 1.25)):
        options = {} if name == "sparsemax" else {"alpha": alpha}
        both(name, f"alpha = {alpha}", matrix(2, 4), each(lambda r, a=alpha: rows.entmax(r, a)), options)


def head(op, name, inputs, parts, outputs, f, target, options):
    """All that hangs on the log-probabilities of the classes: f gives them for each row, of the parts."""
    log_p = f(*parts)
    add(f"{op}Softmax", name, inputs, {"y": [[exp(a) for a in r] for r in log_p]}, options)
    add(f"{op}Softmax", f"{name}, log", inputs, {"y": log_p}, {**options, "log": True})
    dy = matrix(len(log_p), len(log_p[0]))
    soft = lambda *v: dot([[exp(a) for a in r] for r in f(*v)], dy)
    add(f"{op}SoftmaxGrad", name, {**inputs, "dy": dy}, slopes(soft, parts, outputs), options)
    picked = lambda *v: [r[t] for r, t in zip(f(*v), target)]
    # The tree comes last, as in a call.
    with_target = {**{k: v for k, v in inputs.items() if k != "tree"}, "target": target}
    with_target |= {"tree": inputs["tree"]} if "tree" in inputs else {}
    add(f"{op}LogProb", name, with_target, {"loss": picked(*parts)}, options)
    mean = lambda *v: -sum(picked(*v), mpf(0)) / len(target)
    add(f"{op}Loss", name, with_target, {"loss": mean(*parts)}, options)
    d = draw(len(target), 1.0)
    return mean, (lambda *v: dot(picked(*v), d)), {**with_target, "dy": d}, with_target, log_p


def slopes(f, parts, outputs):
    return {
        name: gradient(lambda v, k=k: f(*parts[:k], v, *parts[k + 1 :]), part)
        for k, (name, part) in enumerate(zip(outputs, parts))
    }


def trees():
    for name, parents in (("binary", [5, 5, 6, 4, 6, 4, -1]), ("three and two", [4, 4, 4, 5, 5, -1])):
        tree = Tree(parents)
        h, weight, bias = matrix(2, 3), matrix(tree.rows, 3), draw(tree.rows, 1.0)
        f = lambda a, w, b, t=tree: [t.log_p(r, w, b) for r in a]
        inputs = {"h": h, "weight": weight, "tree": {"parents": parents}}
        target, options = [1, 2], {"bias": bias}
        outputs = ["dh", "dweight", "dbias"]
        mean, picked, with_dy, with_target, log_p = head("hierarchical", name, inputs, [h, weight, bias], outputs, f, target, options)
        touched = sorted(set().union(*(tree.touched(t) for t in target)))
        for op, loss, given in (("Loss", mean, with_target), ("LogProb", picked, with_dy)):
            dh, dweight, dbias = slopes(loss, [h, weight, bias], outputs).values()
            kept = {"dweight": [dweight[k] for k in touched], "dbias": [dbias[k] for k in touched]}
            value = {"loss": mean(h, weight, bias)} if op == "Loss" else {}
            add(f"hierarchical{op}Grad", name, given, {**value, "dh": dh, "rows": touched, **kept}, options)
        best = [sorted(range(len(r)), key=lambda k, r=r: -r[k])[:2] for r in log_p]
        expected = {"classes": best, "logProbs": [[r[k] for k in b] for r, b in zip(log_p, best)]}
        add("hierarchicalTopK", name, {**inputs, "k": 2}, expected, options)
        depth = max(path(parents, leaf) for leaf in tree.leaves)
        drawn = [tree.sampled(r, weight, bias, [uniform(11, 2, i * depth + j) for j in range(depth)]) for i, r in enumerate(h)]
        add("hierarchicalSample", name, inputs, {"classes": drawn}, {**options, "seed": 11, "stream": 2})


def path(parents, u):
    return 0 if parents[u] < 0 else 1 + path(parents, parents[u])


def clusters():
    h, headw, bias = matrix(2, 3), matrix(4, 3), draw(4, 1.0)
    tails = [[matrix(2, 3), matrix(2, 2)], [matrix(1, 3), matrix(3, 1)]]
    cutoffs = [2, 4]
    parts = [h, headw, bias, *tails[0], *tails[1]]
    f = lambda a, w, b, p0, t0, p1, t1: [adaptive_log_p(r, cutoffs, w, b, [(p0, t0), (p1, t1)]) for r in a]
    outputs = ["dh", "dhead", "dheadBias", "dprojection0", "dtail0", "dprojection1", "dtail1"]
    given = [{"projection": p, "weight": w} for p, w in tails]
    inputs = {"h": h, "parameters": {"cutoffs": cutoffs, "head": headw, "headBias": bias, "tails": given}}
    mean, picked, with_dy, with_target, _ = head("adaptive", "two tails", inputs, parts, outputs, f, [1, 6], {})
    add("adaptiveLossGrad", "two tails", with_target, {"loss": mean(*parts), **slopes(mean, parts, outputs)})
    add("adaptiveLogProbGrad", "two tails", with_dy, slopes(picked, parts, outputs))


def ends_of_float16():
    """Its largest numbers, and probabilities below the smallest."""
    for op, f in (("softmax", rows.softmax), ("logSoftmax", rows.log_softmax)):
        both(op, "largest", [[65504.0, 65472.0, -65504.0], [-65504.0, -65504.0, -65504.0]], each(f))
        both(op, "subnormal", [[0.0, -9.75, -12.0, -17.0, -20.0]], each(f))
    both("logSumExp", "largest", [[65504.0, 65504.0], [-65504.0, -65504.0]], each(rows.log_sum_exp))


FAMILIES = (distributions, logarithms, divergences, losses, trees, clusters)
for exact.dtype, families in (("float32", FAMILIES), ("float16", (*FAMILIES, ends_of_float16))):
    for family in families:
        family()
written(pathlib.Path(__file__).parent / "operations.json", sorted(cases, key=lambda each: each["op"]))
