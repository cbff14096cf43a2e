import type { Target, Targets } from '../target.ts';

/** The second of three inputs misbehaves. */
const second = (misbehave: () => unknown): Target => ({
  make: (_, index) => index,
  run: (index: number) => (index === 1 ? misbehave() : undefined),
});

export default {
  hangs: second(() => {
    for (;;);
  }),
  awaitsForEver: second(() => new Promise(() => {})),
  exits: second(() => process.exit(7)),
  rejectsLate: second(() => void Promise.reject(new Error('nobody awaits this'))),
  throws: second(() => {
    throw new Error('wrong answer');
  }),
  fillsMemory: second(() => Buffer.alloc(600_000_000, 1).length),
} satisfies Targets;
