"""PyTorch and SciPy in the benchmark: tasks and turns come as lines of JSON, answers go back the same way."""
import json
import sys
import time

import numpy

SYSTEM = sys.argv[1]
if SYSTEM.startswith('torch'):
    import torch
    torch.set_num_threads(int(sys.argv[2]))
    VERSION = torch.__version__
else:
    import scipy
    import scipy.special
    VERSION = scipy.__version__


def of_torch(op, x, labels, axis, n):
    x = torch.from_numpy(x)
    labels = torch.from_numpy(labels).long()
    if op == 'softmax':
        return lambda: torch.softmax(x, axis)
    if op == 'logSoftmax':
        return lambda: torch.log_softmax(x, axis)
    if op == 'sample' and axis == -1:
        return lambda: torch.multinomial(torch.softmax(x, -1), 1)
    if op == 'crossEntropyGrad' and axis == -1:
        held = x.clone().requires_grad_(True)

        def gradient():
            loss = torch.nn.functional.cross_entropy(held, labels, reduction='sum')
            return torch.autograd.grad(loss, held)[0]
        return gradient
    if op == 'hierarchicalLoss':
        # Two-level, by frequency, with linear layers of its own: another tree than ours, for the same task.
        layer = torch.nn.AdaptiveLogSoftmaxWithLoss(x.shape[1], n, [n // 20, n // 4])

        def loss():
            with torch.no_grad():
                return layer(x, labels).loss
        return loss
    return None


def of_gumbel(op, x, labels, axis, n):
    x = torch.from_numpy(x)
    if op == 'sample' and axis == -1:
        return lambda: torch.nn.functional.gumbel_softmax(x, hard=True)
    return None


def of_scipy(op, x, labels, axis, n):
    if op == 'softmax':
        return lambda: scipy.special.softmax(x, axis)
    if op == 'logSoftmax':
        return lambda: scipy.special.log_softmax(x, axis)
    return None


def say(answer):
    print(json.dumps(answer), flush=True)


SOLVERS = {'torch': of_torch, 'torch-gumbel': of_gumbel, 'scipy': of_scipy}
run = None
say({'version': VERSION})
for line in sys.stdin:
    ask = json.loads(line)
    if 'op' in ask:
        x = numpy.fromfile(ask['x'], dtype='float32').reshape(ask['shape'])
        labels = numpy.array(ask['labels'], dtype='int32')
        run = SOLVERS[SYSTEM](ask['op'], x, labels, ask['axis'], ask['n'])
        say({'has': run is not None})
    elif 'calls' in ask:
        start = time.perf_counter()
        for _ in range(ask['calls']):
            run()
        say({'milliseconds': (time.perf_counter() - start) * 1000})
    else:
        numpy.asarray(run()).astype('float32').tofile(ask['result'])
        say({})
