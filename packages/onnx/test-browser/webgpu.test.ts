import { conform } from '@softmax/conformance/vitest';
import { describe } from 'vitest';
import { onnxWeb } from '../src/web.ts';

const make = () => onnxWeb({ providers: ['webgpu'] });

describe('onnxruntime-web in a page, on WebGPU', () => {
  conform(make, { quick: true, examples: 2, categories: ['special'], ops: ['softmax'] });
});

// Where a product or a sum of probabilities shows what the GPU flushed.
describe('what is below the smallest normal number', () => {
  conform(make, { quick: true, categories: ['accuracy'], ops: ['softmaxGrad', 'crossEntropyGrad'] });
});
