import { createSoftmax } from '@softmax/core';
import { onnxWeb } from '@softmax/onnx/web';

const backend = await onnxWeb({ precision: 'exact', numThreads: 2 });
const p = await createSoftmax(backend).softmax([1, 2, 3]);
document.querySelector('#page').textContent = JSON.stringify(await p.toArray());
await backend.dispose();
