import { cpuKernels, fromFloat16, type Host, toFloat16 } from '@softmax/core';
import { type Mutant, plainSoftmax, softmax } from './mutant.ts';
import { divided, max, rowwise, sum } from './rowwise.ts';

const { fround } = Math;
const right = cpuKernels.softmax;
const smallest = 2 ** -126;

/** Arithmetic. */
const arithmetic: readonly Mutant[] = [
  plainSoftmax('no shift by the max', (v) => divided(v.map(Math.exp))),
  plainSoftmax('the max of |x|', (v) => divided(v.map((x) => Math.exp(x - max(v.map(Math.abs)))))),
  plainSoftmax('NaN lost in the max', (v) => {
    const m = max(v.filter((x) => !Number.isNaN(x)));
    return divided(v.map((x) => (Number.isNaN(x) ? 0 : Math.exp(x - m))));
  }),
  plainSoftmax('x − max in float32', (v) => divided(v.map((x) => Math.exp(fround(x - max(v)))))),
  plainSoftmax('a running float32 sum', (v) => {
    const e = v.map((x) => fround(Math.exp(x - max(v))));
    const total = e.reduce((a, b) => fround(a + b), 0);
    return e.map((x) => x / total);
  }),
  plainSoftmax('exp(x − lse)', (v) => {
    const lse = fround(max(v) + Math.log(sum(v.map((x) => Math.exp(x - max(v))))));
    return v.map((x) => Math.exp(x - lse));
  }),
  plainSoftmax('an exponential that is 1e−6 off', (v) =>
    divided(v.map((x) => Math.exp((x - max(v)) * 1.000001))),
  ),
  plainSoftmax('a sum of 16 bits', (v) => {
    const e = v.map((x) => Math.exp(x - max(v)));
    const total = e.reduce((a, b) => fromFloat16(toFloat16(a + b)), 0);
    return e.map((x) => x / total);
  }),
  plainSoftmax('a running max that starts with −inf − −inf', (v) => {
    let [m, s] = [Number.NEGATIVE_INFINITY, 0];
    for (const x of v) {
      const next = Math.max(m, x);
      s = s * Math.exp(m - next) + Math.exp(x - next);
      m = next;
    }
    return v.map((x) => Math.exp(x - m) / s);
  }),
  plainSoftmax('a max that starts at 0', (v) => divided(v.map((x) => Math.exp(x - Math.max(0, ...v))))),
  plainSoftmax('the tail of a vector rounded otherwise', (v) =>
    divided(v.map((x, k) => Math.exp(x - max(v)) * (k >= v.length - (v.length % 4) ? 1 + 2 ** -22 : 1))),
  ),
  softmax('subnormal results flushed', (p, inputs) => ({
    y: rowwise(p, right(p, inputs).y, (v) => v.map((x) => (Math.abs(x) < smallest ? 0 : x))),
  })),
];

/** Rows, options, memory. */
let recycled: Host | undefined;
const others: readonly Mutant[] = [
  softmax('stride ignored', (p, inputs) => right({ ...p, outer: p.outer * p.inner, inner: 1 }, inputs)),
  plainSoftmax('the last element forgotten', (v) =>
    divided(v.map((x, k) => (k > 0 && k === v.length - 1 ? 0 : Math.exp(x - max(v))))),
  ),
  softmax('temperature before the max', (p, inputs) => {
    const x = rowwise(p, inputs.x, (v) => v.map((each) => each / p.temperature));
    return right({ ...p, temperature: 1 }, { ...inputs, x });
  }),
  softmax('temperature ignored', (p, inputs) => right({ ...p, temperature: 1 }, inputs)),
  softmax('one temperature for all rows', (p, inputs) =>
    right(p, { ...inputs, temperature: inputs.temperature?.slice().fill(inputs.temperature[0] ?? 1) }),
  ),
  softmax('temperature 0 as a tiny one', (p, inputs) =>
    right({ ...p, temperature: Math.max(p.temperature, 1e-6) }, inputs),
  ),
  softmax('softmin without its sign', (p, inputs) => right({ ...p, negate: false }, inputs)),
  softmax('a sink that is always 0', (p, inputs) =>
    right(p, { ...inputs, sink: inputs.sink?.slice().fill(0) }),
  ),
  softmax('a sink that is a literal 1 after the shift', (p, inputs) => {
    const { sink, x } = inputs;
    if (!sink || p.negate || p.softcap || p.temperature !== 1) return right(p, inputs);
    return {
      y: rowwise(p, x, (v) => {
        const e = v.map((each) => Math.exp(each - max(v)));
        return e.map((each) => each / (1 + sum(e)));
      }),
    };
  }),
  softmax('a cap that clips', (p, inputs) => {
    if (p.softcap === 0) return right(p, inputs);
    const clipped = rowwise(p, inputs.x, (v) => v.map((x) => Math.min(Math.max(x, -p.softcap), p.softcap)));
    return right({ ...p, softcap: 0 }, { ...inputs, x: clipped });
  }),
  softmax('a mask read as −1e9', (p, inputs) => {
    const { mask, ...rest } = inputs;
    if (!mask) return right(p, inputs);
    const x = inputs.x.slice();
    for (const [k, allowed] of mask.entries()) if (!allowed) x[k] = p.negate ? 1e9 : -1e9;
    return right(p, { ...rest, x });
  }),
  softmax('a masked value that is read', (p, inputs) => {
    const y = right(p, inputs).y;
    for (const [k, allowed] of inputs.mask?.entries() ?? []) if (!allowed) y[k] = 0 * (inputs.x[k] ?? 0);
    return { y };
  }),
  softmax('rows without an entry are NaN', (p, inputs) =>
    right({ ...p, empty: { masked: 'nan', impossible: 'nan' } }, inputs),
  ),
  softmax('rows without an entry are 0', (p, inputs) =>
    right({ ...p, empty: { masked: 'zero', impossible: 'zero' } }, inputs),
  ),
  softmax('input overwritten', (p, inputs) => {
    const { y } = right(p, inputs);
    inputs.x.set(y);
    return { y };
  }),
  softmax('the result is the input', (p, inputs) => {
    inputs.x.set(right(p, inputs).y);
    return { y: inputs.x };
  }),
  softmax('writes past the end', (p, inputs) => {
    const { x } = inputs;
    if (x instanceof Float32Array && x.byteOffset + x.byteLength < x.buffer.byteLength)
      new Float32Array(x.buffer)[x.byteOffset / 4 + x.length] = 0;
    return right(p, inputs);
  }),
  softmax('one output buffer for every call', (p, inputs) => {
    const { y } = right(p, inputs);
    if (recycled?.length !== y.length || recycled.constructor !== y.constructor) recycled = y;
    else recycled.set(y);
    return { y: recycled };
  }),
];

export const softmaxMutants: readonly Mutant[] = [...arithmetic, ...others];
