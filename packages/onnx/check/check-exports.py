"""Has the checker of onnx look at every model of a folder, types and shapes included: check-exports.py FOLDER

Where a model was put onto another, which stands beside it as .before, it need not please a checker that refuses that one too.
"""

import os
import pathlib
import sys

import onnx


def refusal(file):
    """What the checker has against a file; None where it has nothing."""
    try:
        model = onnx.load(file)
        onnx.checker.check_model(model, full_check=True)
        shaped = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
        onnx.checker.check_model(shaped)
    except Exception as error:
        return error


# External data is looked for from here.
os.chdir(sys.argv[1])
files = sorted(pathlib.Path(".").glob("*.onnx"))
failed = 0
unread = []
for file in files:
    error = refusal(file)
    before = file.with_suffix(".before")
    if error is None:
        continue
    if before.exists() and refusal(before) is not None:
        unread.append(file.stem)
        continue
    failed += 1
    print(f"{file.name}: {error}")
for name in unread:
    print(f"{name}: this checker does not know such models")
print(f"onnx {onnx.__version__}: {len(files)} models, {failed} refused, {len(unread)} of a kind that it does not know")
sys.exit(1 if failed or not files else 0)
