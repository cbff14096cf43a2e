import type { OnnxBackend } from '@softmax/onnx';
import { onnxNode } from '@softmax/onnx/node';

/** A GPU in software, which comes with Chromium: what VK_ICD_FILENAMES does not name otherwise. */
process.env['VK_ICD_FILENAMES'] ??= '/usr/lib/chromium/vk_swiftshader_icd.json';

/** For `softmax check --backend`, which opens it. */
export default (): Promise<OnnxBackend> =>
  onnxNode({ name: 'onnxruntime-node-webgpu', providers: ['webgpu'] });
