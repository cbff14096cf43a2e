import type { onnx as Proto } from 'onnx-proto';
import { classifier } from './classifier.ts';
import { onnx } from './proto.ts';
import { bytes, pieces } from './wire.ts';

/** The classifier in a form that a valid model may have: its logits are the same. */
export interface ValidModel {
  readonly what: string;
  readonly model: Uint8Array;
  /** What lies in `weights.bin` beside it. */
  readonly weights?: Uint8Array;
}

export const whole: Uint8Array = classifier();

/** The model with other fields of it, or of its graph. */
export const rebuilt = (
  change: (fields: readonly number[][], graph: readonly number[]) => readonly number[],
): Uint8Array => {
  const all = pieces(whole).map(({ raw }) => [...Buffer.from(raw, 'hex')]);
  const graph = pieces(whole).find(({ field }) => field === 7)?.body ?? [];
  return Uint8Array.from(change(all, [...graph]));
};
export const withGraph = (change: (graph: readonly number[]) => readonly number[], least = 1): Uint8Array =>
  rebuilt((fields, graph) =>
    fields.flatMap((each) => (each[0] === 58 ? bytes(7, change(graph), least) : each)),
  );

/** The model with other fields, written anew. */
export const encoded = (change: (model: Proto.ModelProto) => void, from: Uint8Array = whole): Uint8Array => {
  const model = onnx.ModelProto.decode(from);
  change(model);
  return onnx.ModelProto.encode(model).finish();
};
