/** Operations whose accuracy the demo samples, by their names in the ids of checks. A screen holds their table. */
const SAMPLED: readonly string[] = [
  'softmax',
  'log-softmax',
  'log-sum-exp',
  'log-mean-exp',
  'log-add-exp',
  'log-cum-sum-exp',
  'cross-entropy',
  'gumbel-softmax',
  'sparsemax',
  'sparsemax-loss',
  'entmax',
  'entmax-loss',
  'hierarchical-softmax',
  'hierarchical-loss',
];

/** The operations whose checks name their α. */
const OF_ALPHA: ReadonlySet<string> = new Set(['entmax', 'entmax-loss']);

/** One accuracy check of each operation and one of its gradient, on logits uniform in −10 … 10. */
const ids = SAMPLED.flatMap((op) => {
  const name = OF_ALPHA.has(op) ? 'alpha-1-5-uniform-10' : 'uniform-10';
  return [`accuracy/${op}/${name}`, `accuracy/${op}-grad/${name}`];
});

/** Arguments of the command `softmax` that run these checks on every backend. */
export const SAMPLE: readonly string[] = [
  'check',
  '--quick',
  '--compact',
  ...ids.flatMap((id) => ['--id', id]),
];
