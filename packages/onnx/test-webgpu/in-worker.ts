import { parentPort } from 'node:worker_threads';
import { onnxNode } from '../src/node.ts';

// What `node.test.ts` starts: a backend on WebGPU in a worker, and what it says.
const backend = await onnxNode({ providers: ['webgpu'] }).catch(({ code, message }) => ({ code, message }));
parentPort?.postMessage('code' in backend ? backend : { code: 'started', message: backend.name });
