"""Has the checker of onnx look at every model of a folder, types and shapes included: check-exports.py FOLDER"""

import pathlib
import sys

import onnx

files = sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))
failed = 0
for file in files:
    try:
        model = onnx.load(file)
        onnx.checker.check_model(model, full_check=True)
        shaped = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
        onnx.checker.check_model(shaped)
    except Exception as error:
        failed += 1
        print(f"{file.name}: {error}")
print(f"onnx {onnx.__version__}: {len(files)} models, {failed} refused")
sys.exit(1 if failed or not files else 0)
