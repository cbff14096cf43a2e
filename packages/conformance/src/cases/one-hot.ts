import { decode } from '../judge/float.ts';
import { must, outputs } from '../judge/outputs.ts';
import { refuses } from '../judge/refusal.ts';
import { type Case, needs, type Trial, unmeasured } from '../plan/case.ts';
import { answered } from './known.ts';

const op = 'oneHot';
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const CLASSES = [0, 2, 1, 3, 3, 0];

const contract = (
  name: string,
  mistake: string,
  run: (trial: Trial) => Promise<void>,
  dtype: 'float16' | 'float32' | 'float64' = 'float32',
): Case => unmeasured({ category: 'contract', op, name, mistake, needs: needs(op, dtype) }, run);

/** One-hot by its definition: the place along the new axis is the class. */
function expected(shape: readonly number[], depth: number, at: number): number[] {
  const inner = shape.slice(at).reduce((a, b) => a * b, 1);
  const count = shape.reduce((a, b) => a * b, 1);
  return Array.from({ length: count * depth }, (_, flat) => {
    const k = Math.floor(flat / inner) % depth;
    const row = Math.floor(flat / (inner * depth)) * inner + (flat % inner);
    return Number(CLASSES[row] === k);
  });
}

export const oneHot: readonly Case[] = [
  contract(
    'every-axis',
    'the new axis at another place, or a negative axis of x and not of the result',
    async ({ softmax }) => {
      for (const shape of [[6], [2, 3], [1, 2, 3], [3, 1, 2]])
        for (let axis = -shape.length - 1; axis <= shape.length; axis++) {
          const at = axis < 0 ? axis + shape.length + 1 : axis;
          const [y] = await outputs(softmax.oneHot({ data: CLASSES, shape }, 5, { axis }));
          const where = `[${shape}], axis ${axis}`;
          must(
            `${y?.dtype} ${y?.shape}` === `float32 ${shape.toSpliced(at, 0, 5)}`,
            `${where}: [${y?.shape}]`,
          );
          const wanted = expected(shape, 5, at).join();
          must(Array.from(y?.data ?? []).join() === wanted, `${where}: ${y?.data}, not ${wanted}`);
        }
    },
  ),
  ...(['float16', 'float32', 'float64'] as const).map((dtype) =>
    contract(
      `of-${dtype}`,
      'a 1 that is the bits 0x0001 in float16',
      async ({ softmax }) => {
        const [y] = await outputs(softmax.oneHot([1, 0], 2, { dtype }));
        must(y?.dtype === dtype, `${y?.dtype} and not ${dtype}`);
        must(decode(y?.data ?? [], dtype).join() === '0,1,1,0', `${decode(y?.data ?? [], dtype)}`);
      },
      dtype,
    ),
  ),
  contract('any-integers', 'classes of 64 bits or booleans refused or misread', async ({ softmax }) => {
    const wanted = '0,1,1,0';
    const given = [
      [1, 0],
      [1n, 0n],
      [true, false],
      Uint8Array.of(1, 0),
      BigInt64Array.of(1n, 0n),
      Float32Array.of(1, -0),
    ];
    for (const classes of given) {
      const [y] = await outputs(softmax.oneHot(classes, 2));
      must(Array.from(y?.data ?? []).join() === wanted, `${y?.data} for ${String(classes)}`);
    }
  }),
  {
    ...contract('of-a-sample', 'classes in a tensor refused, or not looked at', async (trial) => {
      const { softmax } = trial;
      const x = { data: Float32Array.of(0, 9, 9, 0), shape: [2, 2] };
      const drawn = await softmax.sample(x, { seed: 0, temperature: 0 });
      const [y] = await outputs(softmax.oneHot(drawn, 2));
      must(Array.from(y?.data ?? []).join() === '0,1,1,0', `${y?.data}`);
      await refuses(trial, 'INVALID_TARGET', () => softmax.oneHot(drawn, 1), 'class 1 of 1, in a tensor');
      const floats = softmax.tensor(Float32Array.of(1, 0));
      await refuses(trial, 'INVALID_DTYPE', () => softmax.oneHot(floats, 2), 'a tensor of float32');
      for (const tensor of [drawn, floats]) tensor.dispose();
    }),
    needs: { kernels: ['oneHot', 'gumbelTopK'], dtypes: ['float32'] },
  },
  contract('size-0', 'size 0 sent to a runtime', async ({ softmax }) => {
    const [none] = await outputs(softmax.oneHot({ data: [], shape: [0, 3] }, 4, { axis: 0 }));
    must(`${none?.shape}` === '4,0,3', `[${none?.shape}]`);
    const [scalar] = await outputs(softmax.oneHot(2, 4));
    must(`${scalar?.shape} ${scalar?.data}` === '4 0,0,1,0', `a scalar: [${scalar?.shape}] ${scalar?.data}`);
  }),
  {
    ...contract(
      'wrong-classes',
      'a class out of range that is a row of 0, or that wraps around',
      async (trial) => {
        for (const bad of [3, -1, 0.5, nan, inf, 1e10]) {
          const call = () => trial.softmax.oneHot([0, bad], 3);
          const { message } = await refuses(trial, 'INVALID_TARGET', call, `class ${bad}`);
          must(
            message.includes('classes[1]') && message.includes(String(bad)),
            `${message} names too little`,
          );
        }
        for (const depth of [-1, 1.5, nan, inf])
          await refuses(trial, 'INVALID_OPTION', () => trial.softmax.oneHot([0], depth), `depth ${depth}`);
        for (const axis of [2, -3, 0.5])
          await refuses(trial, 'INVALID_AXIS', () => trial.softmax.oneHot([0], 3, { axis }), `axis ${axis}`);
        const misspelt: object = { axes: 0 };
        await refuses(trial, 'INVALID_OPTION', () => trial.softmax.oneHot([0], 3, misspelt), 'axes');
      },
    ),
    needs: { kernels: [], dtypes: [] },
  },
  ...answered(op, [
    [
      op,
      'by-hand',
      'rows in another order',
      [[(on) => on.oneHot([2, 0], 3, { dtype: 'float64' }), [0, 0, 1, 1, 0, 0]]],
    ],
  ]),
];
