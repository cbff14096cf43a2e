"""PyTorch and SciPy in the benchmark: tasks and turns come as lines of JSON, answers go back the same way."""
import json
import sys
import time

import numpy

SYSTEM = sys.argv[1]
if SYSTEM == 'torch':
    import torch
    torch.set_num_threads(1)
    VERSION = torch.__version__
else:
    import scipy
    import scipy.special
    VERSION = scipy.__version__


def of_torch(op, x, labels, axis):
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
    return None


def of_scipy(op, x, labels, axis):
    if op == 'softmax':
        return lambda: scipy.special.softmax(x, axis)
    if op == 'logSoftmax':
        return lambda: scipy.special.log_softmax(x, axis)
    return None


def say(answer):
    print(json.dumps(answer), flush=True)


run = None
say({'version': VERSION})
for line in sys.stdin:
    ask = json.loads(line)
    if 'op' in ask:
        x = numpy.fromfile(ask['x'], dtype='float32').reshape(ask['shape'])
        labels = numpy.array(ask['labels'], dtype='int32')
        run = (of_torch if SYSTEM == 'torch' else of_scipy)(ask['op'], x, labels, ask['axis'])
        say({'has': run is not None})
    elif 'calls' in ask:
        start = time.perf_counter()
        for _ in range(ask['calls']):
            run()
        say({'milliseconds': (time.perf_counter() - start) * 1000})
    else:
        numpy.asarray(run()).astype('float32').tofile(ask['result'])
        say({})
