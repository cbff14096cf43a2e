import type { Backend, Claims, KernelName, Mode } from '@softmax/core';
import { OPERATIONS } from '@softmax/core/operations';
import type { Candidate, Opened } from '../candidate.ts';
import { withBackends } from '../open.ts';
import { printable } from '../printable.ts';
import { code, plain } from '../report/markdown-text.ts';
import type { Streams } from '../streams.ts';
import { markdownTable } from '../table.ts';

/** `softmax support`: what each backend declares, in Markdown. That it is true is what the conformance plan checks. */
export function supportCommand(
  candidates: readonly Candidate[],
  names: readonly string[],
  json: boolean,
  { stdout, stderr }: Streams,
): Promise<void> {
  return withBackends(candidates, names, async ({ here, absent }) => {
    if (json) {
      const backends = here.map(({ name, use }) => ({ name, ...use(declared) }));
      const missing = absent.map(({ name, reason }) => ({ name, reason }));
      stdout.write(`${JSON.stringify({ backends, missing }, null, 2)}\n`);
      return;
    }
    for (const { name, reason } of absent) stderr.write(`${printable(`not here: ${name} (${reason})`)}\n`);
    const rows = Object.entries(OPERATIONS).map(
      ([
        op,
        {
          kernels: [kernel],
        },
      ]) => [`\`${op}\``, ...here.map((each) => each.use((backend) => floatsOf(backend, kernel)))],
    );
    const levels = ['level', ...here.map((each) => each.use(({ claims }) => levelOf(claims)))];
    const lines = markdownTable(['operation', ...here.map(({ name }) => plain(name))], [...rows, levels]);
    stdout.write(`${[...lines, ...here.flatMap(deviations)].join('\n')}\n`);
  });
}

function levelOf({ level, float64 = level }: Claims = { level: 'S3' }): string {
  return float64 === level ? level : `${level}, float64 ${float64}`;
}

/** What a backend says of itself: the operations that are not among its own are absent. */
function declared<B, M extends Mode>(backend: Backend<B, M>) {
  const { claims = { level: 'S3' }, kernels } = backend;
  const operations = Object.entries(OPERATIONS)
    .filter(
      ([
        ,
        {
          kernels: [first],
        },
      ]) => kernels[first],
    )
    .map(
      ([
        op,
        {
          kernels: [kernel],
        },
      ]) => [op, { dtypes: floats(backend), borrowed: borrowedBy(backend).includes(kernel) }],
    );
  return { claims, operations: Object.fromEntries(operations) as object };
}

const floats = <B, M extends Mode>({ dtypes }: Backend<B, M>): readonly string[] =>
  dtypes.filter((dtype) => dtype.startsWith('float')).sort();

function floatsOf<B, M extends Mode>(backend: Backend<B, M>, kernel: KernelName): string {
  if (!backend.kernels[kernel]) return '–';
  return `${floats(backend).join(', ')}${borrowedBy(backend).includes(kernel) ? ' (borrowed)' : ''}`;
}

/** The kernels that are another backend's, as `withFallback` lists them. */
const borrowedBy = (backend: object): readonly string[] =>
  'borrowed' in backend && Array.isArray(backend.borrowed) ? backend.borrowed : [];

function deviations({ name, use }: Opened): string[] {
  const known = use(({ claims }) => claims?.deviations ?? []);
  const lines = known.map(({ check, reason }) => `- ${plain(name)}, ${code(check)}: ${plain(reason)}`);
  return lines.length > 0 ? ['', `Known deviations of ${plain(name)}:`, '', ...lines] : [];
}
