import assert from 'node:assert/strict';
// An import alone must work: what is missing is said by the call.
import { onnxNode } from '@softmax/onnx/node';
import { onnxWeb } from '@softmax/onnx/web';

await assert.rejects(onnxNode(), { code: 'MISSING_RUNTIME', message: /npm install onnxruntime-node/ });
await assert.rejects(onnxWeb(), { code: 'MISSING_RUNTIME', message: /npm install onnxruntime-web/ });
