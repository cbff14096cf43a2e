"""Writes known.json: what the page must show, by mpmath in 40 digits. `python3 known.py > known.json`"""

import json
from mpmath import exp, log, mp, mpf

mp.dps = 40


def softmax(x, temperature=1):
    e = [exp(mpf(v) / mpf(temperature)) for v in x]
    return [v / sum(e) for v in e]


START = ["2", "1", "3", "-1", "0.5"]
p = softmax(START)
known = {
    "start": p,
    "startLogs": [log(v) for v in p],
    "startEntropy": -sum(v * log(v) for v in p),
    "startGradient": [v - (k == 0) for k, v in enumerate(p)],
    "atTemperature2": softmax(START, "2"),
    "afterOneKey": softmax(["2.1", *START[1:]]),
    "afterOneKeyEntropy": -sum(v * log(v) for v in softmax(["2.1", *START[1:]])),
    "afterDrag": softmax(["2", "1", "-3", "-1", "0.5"]),
    "shifted": softmax(["0", "1", "2"]),
    "lossAtGap18": -log(softmax(["18", "0"])[0]),
    "online": log(sum(exp(mpf(v)) for v in [998, 1000, 999, 990, 1002, 1001, 1002])),
}
print(json.dumps(known, default=float, indent=2))
