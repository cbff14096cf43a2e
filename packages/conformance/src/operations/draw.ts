import { decode, round } from '../judge/float.ts';
import { must, outputs } from '../judge/outputs.ts';
import { drawn, type GumbelExample } from '../oracle/gumbel.ts';
import { cutRows } from '../oracle/rows.ts';
import { omit } from '../plan/omit.ts';
import { shaped } from '../plan/trial.ts';
import { exactly, type Perturbed } from './gumbel.ts';
import { type Operation, parameterType } from './operation.ts';

/** Logits and their noise, and how many classes to draw; `temperature` multiplies the noise. */
export interface Drawing extends Omit<Perturbed, 'axis' | 'hard'> {
  readonly axis?: number;
  readonly k?: number;
}
export type Draw = 'sample' | 'sampleWithoutReplacement';

export const draw = (op: Draw): Operation<Drawing> => ({
  op,
  async judge(trial, { k = 1, ...given }, where) {
    const { axis = -1, temperature = 1 } = given;
    const parameter = (value: number) => round(value, parameterType(given.dtype ?? 'float32'));
    const example: GumbelExample = exactly(given);
    const { x, shape, dtype, mask } = example;
    const options = {
      ...omit(given, 'x', 'noise', 'shape', 'dtype', 'mask', 'dy', 'where'),
      noise: { data: given.noise, shape },
      ...(mask ? { mask: { data: mask, shape } } : {}),
    };
    const input = shaped(x, shape, dtype);
    const [y] = await outputs(
      op === 'sample'
        ? trial.softmax.sample(input, options)
        : trial.softmax.sampleWithoutReplacement(input, k, options),
    );
    const scaled = { ...example, noise: given.noise.map((g) => parameter(g * temperature)) };
    const rows = drawn(scaled, k);
    const { reduced } = cutRows(shape, axis);
    const at = axis < 0 ? axis + shape.length : axis;
    const outer = op === 'sample' ? reduced : shape.map((length, d) => (d === at ? k : length));
    must(`${y?.dtype} ${y?.shape}` === `int32 ${outer}`, `${where}: got ${y?.dtype} [${y?.shape}]`);
    // [outer, k, inner]: the draws of a row lie along its class axis.
    const inner = shape.slice(at + 1).reduce((a, b) => a * b, 1);
    const values = decode(y?.data ?? [], 'int32');
    for (const [row, classes] of rows.entries())
      for (const [j, wanted] of classes.entries()) {
        const got = values[Math.floor(row / inner) * k * inner + j * inner + (row % inner)];
        must(got === wanted, `${where}, row ${row}, draw ${j}: expected class ${wanted}, got ${got}`);
      }
    return { level: 'S3', ulp: 0, errors: [] };
  },
});
