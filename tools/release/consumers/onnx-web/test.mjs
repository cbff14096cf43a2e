import assert from 'node:assert/strict';
import { createSoftmax } from '@softmax/core';
import { onnxNode } from '@softmax/onnx/node';
import { onnxWeb } from '@softmax/onnx/web';

const backend = await onnxWeb();
const p = await createSoftmax(backend).softmax([0, 0]);
assert.deepEqual(await p.toArray(), [0.5, 0.5]);
await backend.dispose();
await assert.rejects(onnxNode(), { code: 'MISSING_RUNTIME' });
