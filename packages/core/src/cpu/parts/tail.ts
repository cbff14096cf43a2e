import type { Problem } from '../../contract/problem.ts';
import type { AdaptiveSizes, TailInputs } from '../../contract/tree-kernels.ts';
import { allocate, type Host } from '../../layout/dtype.ts';
import { Linear } from './linear.ts';

export interface Tail {
  readonly projection: Linear;
  readonly weight: Linear;
}

/** Reads tail i, if it is present. */
export function tailOf(
  p: Problem & AdaptiveSizes,
  inputs: { readonly [name in TailInputs]?: Host | undefined },
  i: number,
  gradients: boolean,
): Tail | undefined {
  const [projection, weight] = [inputs[`projection${i}`], inputs[`tail${i}`]];
  const { size, width } = p.tails[i] as AdaptiveSizes['tails'][number];
  return (
    projection &&
    weight && {
      projection: new Linear(p, p.n, projection, undefined, gradients ? width : 0),
      weight: new Linear(p, width, weight, undefined, gradients ? size : 0),
    }
  );
}

/** The gradients of the head and of every tail: 0 for an absent tail. */
export function gradients(
  { dtype, n, tails }: Problem & AdaptiveSizes,
  head: Linear,
  present: readonly (Tail | undefined)[],
): { dhead: Host; dheadBias: Host } & { [name in `d${TailInputs}`]: Host } {
  const ofTails: { [name in `d${TailInputs}`]: Host } = {};
  tails.forEach(({ size, width }, i) => {
    ofTails[`dprojection${i}`] = present[i]?.projection.dweight ?? allocate(dtype, width * n);
    ofTails[`dtail${i}`] = present[i]?.weight.dweight ?? allocate(dtype, size * width);
  });
  return { dhead: head.dweight, dheadBias: head.dbias, ...ofTails };
}
