import {
  entmax,
  entmaxLossGrad,
  entropy,
  gumbelNoise,
  logSoftmax,
  logSoftmaxGrad,
  logSumExp,
  softmax,
} from '@softmax/core';
import { numbers } from '../state/numbers.ts';
import type { State } from './state.ts';

/** Everything that the view shows of a state. */
export interface Family {
  /** Gumbel noise that is added to the logits; 0 without a seed. */
  readonly noise: readonly number[];
  readonly p: readonly number[];
  readonly logP: readonly number[];
  /** What the sink takes of the whole. */
  readonly lost: number;
  /** In nats, of the probabilities, and of what the sink takes as one more. */
  readonly entropy: number;
  /** log Σ exp of what takes part, at this temperature; undefined away from softmax. */
  readonly logSum: number | undefined;
  /** −log p of the target, for α > 1 the entmax loss; undefined where there is none. */
  readonly loss: number | undefined;
  readonly gradient: readonly number[] | undefined;
}

export function familyOf(state: State): Family {
  const { logits, allowed, alpha, seed, temperature } = state;
  const noise =
    seed === undefined ? logits.map(() => 0) : Array.from(gumbelNoise(logits.length, { seed }).data, Number);
  const z = logits.map((x, k) => x + (noise[k] ?? 0));
  const solved = alpha === 1 ? ofSoftmax(z, state) : ofEntmax(z, state);
  const lost = state.sink !== undefined && alpha === 1 ? sinkShare(z, state) : 0;
  const logSum =
    alpha === 1
      ? (numbers(logSumExp(scaled(z, temperature), { mask: [...allowed] }))[0] ?? Number.NaN)
      : undefined;
  return { ...solved, noise, lost, logSum, entropy: numbers(entropy([...solved.p, lost]))[0] ?? Number.NaN };
}

type Solved = Pick<Family, 'p' | 'logP' | 'loss' | 'gradient'>;

const scaled = (z: readonly number[], temperature: number): number[] => z.map((each) => each / temperature);

function ofSoftmax(z: readonly number[], { allowed, temperature, sink, target }: State): Solved {
  const options = { mask: [...allowed], temperature, ...(sink === undefined ? {} : { sink }) };
  const logP = numbers(logSoftmax([...z], options));
  // The loss is −log p of the target: its gradient is that of log-softmax for the cotangent −1 there.
  const cotangent = z.map((_, k) => (k === target ? -1 : 0));
  const gradient = numbers(logSoftmaxGrad([...z], cotangent, options));
  return { p: numbers(softmax([...z], options)), logP, loss: -(logP[target] ?? Number.NaN), gradient };
}

function ofEntmax(z: readonly number[], { allowed, temperature, alpha, target }: State): Solved {
  const mask = [...allowed];
  const p = numbers(entmax(scaled(z, temperature), { alpha, mask }));
  const logP = p.map(Math.log);
  if (alpha === Number.POSITIVE_INFINITY || !allowed[target])
    return { p, logP, loss: undefined, gradient: undefined };
  // By the chain rule: x enters as x/T.
  const { loss, dx } = entmaxLossGrad(scaled(z, temperature), [target], { alpha, mask });
  return { p, logP, loss: numbers(loss)[0], gradient: scaled(numbers(dx), temperature) };
}

/** The sink as one more class: what is its probability. */
function sinkShare(z: readonly number[], { allowed, temperature, sink = 0 }: State): number {
  const whole = softmax([...z, sink], { mask: [...allowed, true], temperature });
  return numbers(whole).at(-1) ?? Number.NaN;
}
