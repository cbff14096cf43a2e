import * as node from 'onnxruntime-node';
import * as web from 'onnxruntime-web';
import { GraphBuilder, type Value } from '../src/model/builder.ts';
import type { ElementType } from '../src/model/graph.ts';
import { writeModel } from '../src/model/writer.ts';

web.env.wasm.numThreads = 1;

/** The runtimes as they are, without a backend of ours. */
export const RAW: { readonly 'onnxruntime-node': typeof node; readonly 'onnxruntime-web': typeof web } = {
  'onnxruntime-node': node,
  'onnxruntime-web': web,
};
export type Name = keyof typeof RAW;

/** A model of one input x and one output y, of unknown sizes. */
export function model(
  y: (g: GraphBuilder, x: Value) => Value,
  { from = 'float32', rank = 1, to = rank }: { from?: ElementType; rank?: number; to?: number } = {},
): Uint8Array {
  const g = new GraphBuilder({ working: 'float32' });
  const dims = (name: string, length: number) => Array.from({ length }, (_, k) => `${name}${k}`);
  g.output('y', y(g, g.input('x', from, dims('n', rank))), 'float32', dims('m', to));
  return writeModel(g.graph);
}

/** A session of the model. */
export const session = (name: Name, bytes: Uint8Array, options: object = {}): Promise<web.InferenceSession> =>
  RAW[name].InferenceSession.create(bytes, {
    logSeverityLevel: 4,
    ...options,
  }) as Promise<web.InferenceSession>;

/** What a session of the model gives for x. */
export async function solve(name: Name, bytes: Uint8Array, x: web.Tensor): Promise<web.Tensor> {
  const made = await session(name, bytes);
  try {
    return (await made.run({ x }))['y'] as web.Tensor;
  } finally {
    await made.release();
  }
}

export const floats = (
  name: Name,
  data: readonly number[],
  dims: readonly number[] = [data.length],
): web.Tensor => new RAW[name].Tensor('float32', Float32Array.from(data), dims) as web.Tensor;
