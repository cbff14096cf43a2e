"""Hierarchical and adaptive softmax, of one row of features."""

from mpmath import exp, log, mpf

from rows import log_softmax


def product(w, h):
    return [sum((mpf(a) * b for a, b in zip(row, h)), mpf(0)) for row in w]


class Tree:
    """Parents of nodes whose leaves come first. A node of two children has one weight row, of c > 2 children c."""

    def __init__(self, parents):
        self.parents = parents
        self.children = [[c for c, p in enumerate(parents) if p == u] for u in range(len(parents))]
        self.leaves = [u for u, c in enumerate(self.children) if not c]
        counts = [len(c) if len(c) > 2 else len(c) // 2 for c in self.children]
        self.row = [sum(counts[:u]) for u in range(len(parents))]
        self.rows = sum(counts)

    def decision(self, u, z):
        """The log-probability of each child of u."""
        c, at = self.children[u], self.row[u]
        return log_softmax([z[at], 0] if len(c) == 2 else z[at : at + len(c)])

    def log_p(self, h, weight, bias):
        z = [a + b for a, b in zip(product(weight, h), bias)]
        found = []
        for leaf in self.leaves:
            u, sum_ = leaf, mpf(0)
            while self.parents[u] >= 0:
                up = self.parents[u]
                sum_ += self.decision(up, z)[self.children[up].index(u)]
                u = up
            found.append(sum_)
        return found

    def touched(self, target):
        """The weight rows on the path to a class."""
        u, rows = target, set()
        while self.parents[u] >= 0:
            u = self.parents[u]
            count = len(self.children[u])
            rows |= set(range(self.row[u], self.row[u] + (count if count > 2 else 1)))
        return rows

    def sampled(self, h, weight, bias, uniforms):
        """From the root down, the first child whose Σ p exceeds u."""
        z = [a + b for a, b in zip(product(weight, h), bias)]
        u = self.parents.index(-1)
        for noise in uniforms:
            if not self.children[u]:
                break
            sum_ = mpf(0)
            for child, a in zip(self.children[u], self.decision(u, z)):
                sum_ += exp(a)
                if sum_ > noise:
                    break
            u = child
        return u


def adaptive_log_p(h, cutoffs, head, bias, tails):
    top = log_softmax([a + b for a, b in zip(product(head, h), bias)])
    found = top[: cutoffs[0]]
    for k, (projection, weight) in enumerate(tails):
        found += [top[cutoffs[0] + k] + a for a in log_softmax(product(weight, product(projection, h)))]
    return found
