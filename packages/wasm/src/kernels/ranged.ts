import type { KernelName, KernelTable, Reduced } from '@softmax/core';
import { borrowed, reference } from '../borrowed.ts';
import type { AnyKernel, Memory, WasmBuffer } from '../memory.ts';

/** Products of six numbers within this range stay within float64. */
const ORDINARY = 2 ** 100;
/** A larger loss may come from a value that is out of range. */
const USUAL = 2 ** 700;

interface Problem extends Reduced {
  readonly zLoss?: number;
}
interface Inputs {
  readonly weights: WasmBuffer;
  readonly classWeights?: WasmBuffer | undefined;
  readonly dy?: WasmBuffer | undefined;
}

/**
 * Losses in float64. The reference solves them if factors are so large or small, or a loss becomes
 * so large, that sums or products may have left float64 although the results are within it. For
 * every type the reference also solves losses with a NaN or infinite cotangent.
 */
export function ranged(
  memory: Memory,
  kernels: KernelTable<WasmBuffer, 'sync'>,
): KernelTable<WasmBuffer, 'sync'> {
  const isWithin = (buffer: WasmBuffer | undefined, most: number): boolean =>
    !buffer || (memory.view(buffer) as Float64Array).every((v) => isOrdinary(v, most));
  const either =
    (name: KernelName, kernel: AnyKernel): AnyKernel =>
    (problem, given) => {
      const [p, inputs] = [problem as Problem, given as Inputs];
      const isBounded = !inputs.dy || memory.view(inputs.dy).every(Number.isFinite);
      if (!isBounded) return (borrowed(memory, name) as AnyKernel)(p, inputs);
      if (p.dtype !== 'float64') return kernel(p, inputs);
      const factors = [inputs.weights, inputs.classWeights, inputs.dy];
      const numbers = [p.denominator, p.zLoss ?? 0].every((v) => isOrdinary(v, ORDINARY));
      if (!numbers || !factors.every((buffer) => isWithin(buffer, ORDINARY)))
        return (borrowed(memory, name) as AnyKernel)(p, inputs);
      const results = kernel(p, inputs) as { readonly [result: string]: WasmBuffer };
      if (!isWithin(results['loss'], USUAL))
        for (const [result, data] of reference(memory, name, p, inputs))
          memory.view(results[result] as WasmBuffer).set(data);
      return results;
    };
  const table = Object.entries(kernels).map(([name, kernel]) => [
    name,
    either(name as KernelName, kernel as AnyKernel),
  ]);
  return Object.fromEntries(table);
}

/** Returns true for 0 and NaN. */
function isOrdinary(x: number, most: number): boolean {
  const size = Math.abs(x);
  return !(size > most) && !(size < 1 / most && size > 0);
}
