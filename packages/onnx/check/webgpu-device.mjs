// Creates a WebGPU device in Node by onnxruntime-node and computes |−1| on it; fails where that cannot be done.
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** y = |x| of one float32: opset 17, IR 8. */
const MODEL = 'CAgSADoyCgsKAXgSAXkiA0FicxIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEBE=';

const session = await InferenceSession.create(Buffer.from(MODEL, 'base64'), {
  executionProviders: ['webgpu'],
});
const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(-1), [1]) });
const value = (await y?.getData())?.[0];
if (value !== 1) throw new Error(`|−1| is ${value} on WebGPU`);
await session.release();
