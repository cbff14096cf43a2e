import type { Backend, DType, Host, KernelTable, Mode } from '@softmax/core';
import { bitsOf } from '../judge/outputs.ts';

type AnyKernel = (problem: object, inputs: { readonly [name: string]: unknown }) => object;
type HostArray = new (buffer: ArrayBuffer, start: number, length: number) => Host;

/**
 * Bytes on each side of an upload: a multiple of every alignment, and more than a vector register.
 */
const MARGIN = 64;

/** An upload between sentinels, with a copy of its original content. */
interface Lent {
  readonly dtype: DType;
  readonly all: Uint8Array;
  readonly before: string;
}

/** A backend whose every upload lies between sentinels. */
export interface Guarding {
  readonly backend: Backend<unknown, Mode>;
  /** The inputs passed to its kernels, by the names of the kernels. */
  readonly seen: { readonly [kernel: string]: ReadonlySet<string> };
  /** The arrays that no longer have their original content. */
  changed(): readonly string[];
}

/** Returns the backend with every uploaded array surrounded by bytes of this value. */
export function guarding(backend: Backend<unknown, Mode>, sentinel: number): Guarding {
  const lent = new Map<unknown, Lent>();
  const names = new Map<unknown, string>();
  const seen: { [kernel: string]: Set<string> } = {};
  const upload = (data: Host, dtype: DType): unknown => {
    const { buffer, byteOffset, byteLength } = data;
    const all = new Uint8Array(byteLength + 2 * MARGIN).fill(sentinel);
    all.set(new Uint8Array(buffer, byteOffset, byteLength), MARGIN);
    const part = new (data.constructor as HostArray)(all.buffer, MARGIN, data.length);
    const lending = { dtype, all, before: bitsOf(all) };
    const made = backend.upload(part, dtype);
    lent.set(made, lending);
    return made;
  };
  const named =
    (kernel: string, solve: AnyKernel): AnyKernel =>
    (problem, inputs) => {
      const own = seen[kernel] ?? new Set();
      seen[kernel] = own;
      for (const [name, given] of Object.entries(inputs)) {
        if (!lent.has(given)) continue;
        own.add(name);
        names.set(given, name);
      }
      return solve(problem, inputs);
    };
  const kernels = Object.entries(backend.kernels).map(([name, kernel]) => [
    name,
    named(name, kernel as AnyKernel),
  ]);
  const guarded: Backend<unknown, Mode> = {
    ...backend,
    kernels: Object.fromEntries(kernels) as KernelTable<unknown, Mode>,
    upload,
    // Noise is also uploaded.
    gumbelNoise: undefined,
    download: (buffer) => backend.download(buffer),
    free: (buffer) => backend.free(buffer),
  };
  const changed = () =>
    [...lent].flatMap(([buffer, { dtype, all, before }]) => {
      if (bitsOf(all) === before) return [];
      const own = (bits: string) => bits.split(',').slice(MARGIN, -MARGIN).join();
      const where = own(bitsOf(all)) === own(before) ? 'beside it' : 'in it';
      return [`${names.get(buffer) ?? 'an upload'} (${dtype}) was written to, ${where}`];
    });
  return { backend: guarded, seen, changed };
}
