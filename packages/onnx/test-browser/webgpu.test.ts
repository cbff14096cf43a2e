import { conform } from '@softmax/conformance/vitest';
import { describe } from 'vitest';
import { onnxWeb } from '../src/web.ts';
import { WHOLE } from '../test/whole.ts';

describe('onnxruntime-web in a page, on WebGPU', () => {
  conform(
    () => onnxWeb({ providers: ['webgpu'] }),
    WHOLE ? {} : { quick: true, examples: 2, categories: ['special'], ops: ['softmax'] },
  );
});
