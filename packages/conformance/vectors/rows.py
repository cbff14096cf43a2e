"""Operations on one row, as their definitions say; gradients come from them by differences."""

from mpmath import cosh, exp, inf, isinf, log, mpf, tanh


def logits(x, temperature=1.0, softcap=None, mask=None, sink=None):
    """The capped logits that take part, less the largest, over T; and those of the sink."""
    v = [mpf(a) if softcap is None else softcap * tanh(mpf(a) / softcap) for a in x]
    takes = [(mask is None or mask[k]) and a != -inf for k, a in enumerate(v)]
    top = max([a for a, t in zip(v, takes) if t] + ([] if sink is None else [mpf(sink)]))
    extra = [] if sink is None else [(mpf(sink) - top) / temperature]
    return [(a - top) / temperature if t else -inf for a, t in zip(v, takes)], extra


def total(d, extra):
    return sum((exp(a) for a in d + extra if a != -inf), mpf(0))


def softmax(x, **options):
    d, extra = logits(x, **options)
    s = total(d, extra)
    return [exp(a) / s if a != -inf else mpf(0) for a in d]


def softmin(x, **options):
    return softmax([-a for a in x], **options)


def log_softmax(x, **options):
    d, extra = logits(x, **options)
    s = log(total(d, extra))
    return [a - s for a in d]


def log_sum_exp(x, b=None, mask=None):
    terms = [(b[k] if b else 1) * exp(mpf(a)) for k, a in enumerate(x) if a != -inf and (mask is None or mask[k])]
    return log(sum(terms, mpf(0)))


def log_mean_exp(x):
    return log_sum_exp(x) - log(mpf(len(x)))


def log_add_exp(a, b):
    return [log(exp(mpf(p)) + exp(mpf(q))) for p, q in zip(a, b)]


def log_cum_sum_exp(x):
    return [log_sum_exp(x[: k + 1]) for k in range(len(x))]


def likelihood(log_p, target, weight=None, smoothing=0.0):
    """−Σ w·q·log p, q = (1 − α)·target + α/K; a target is a class or probabilities."""
    n = len(log_p)
    t = target if isinstance(target, list) else [1 if k == target else 0 for k in range(n)]
    q = [(1 - mpf(smoothing)) * a + mpf(smoothing) / n for a in t]
    return -sum(((weight[k] if weight else 1) * a * b for k, (a, b) in enumerate(zip(q, log_p)) if a != 0), mpf(0))


def reduced(losses, kind, weights):
    if kind == "none":
        return losses
    return sum(losses, mpf(0)) / (sum(weights, mpf(0)) if kind == "mean" else 1)


def kl_divergence(p, q):
    return sum((a * log(mpf(a) / b) for a, b in zip(p, q) if a != 0), mpf(0))


def entropy(p):
    return -sum((a * log(mpf(a)) for a in p if a != 0), mpf(0))


def hardmax(x):
    return [1 if k == x.index(max(x)) else 0 for k in range(len(x))]


def sparsemax(x):
    return entmax(x, 2.0)


def entmax(x, alpha=1.5):
    """[(α − 1)x − τ]₊^{1/(α − 1)}, τ by bisection: the sum falls as τ rises."""
    a = mpf(alpha) - 1
    z = [a * mpf(v) if v != -inf else -inf for v in x]
    power = lambda v, tau: (v - tau) ** (1 / a) if v > tau else mpf(0)
    low, high = max(z) - 1, max(z)
    for _ in range(480):
        middle = (low + high) / 2
        low, high = (middle, high) if sum((power(v, middle) for v in z), mpf(0)) >= 1 else (low, middle)
    p = [power(v, low) for v in z]
    return [v / sum(p, mpf(0)) for v in p]


def entmax_loss(x, target, alpha=1.5):
    """H_α(p) + ⟨p, x⟩ − x_y."""
    p = entmax(x, alpha)
    a = mpf(alpha)
    h = sum((v - v**a for v in p), mpf(0)) / (a * (a - 1))
    return h + sum((v * mpf(b) for v, b in zip(p, x) if v != 0), mpf(0)) - x[target]
