import { KERNEL } from '@softmax/conformance';
import type { Backend, Claims, KernelName, Mode } from '@softmax/core';
import type { Candidate, Opened } from '../candidate.ts';
import { withBackends } from '../open.ts';
import type { Streams } from '../streams.ts';
import { markdownTable } from '../table.ts';

/** `softmax support`: what each backend declares, in Markdown. That it is true is what the conformance plan checks. */
export function supportCommand(
  candidates: readonly Candidate[],
  names: readonly string[],
  { stdout, stderr }: Streams,
): Promise<void> {
  return withBackends(candidates, names, async ({ here, absent }) => {
    for (const { name, reason } of absent) stderr.write(`not here: ${name} (${reason})\n`);
    const rows = Object.entries(KERNEL).map(([op, kernel]) => [
      `\`${op}\``,
      ...here.map((each) => each.use((backend) => floatsOf(backend, kernel))),
    ]);
    const levels = ['level', ...here.map((each) => each.use(({ claims }) => levelOf(claims)))];
    const lines = markdownTable(['operation', ...here.map(({ name }) => name)], [...rows, levels]);
    stdout.write(`${[...lines, ...here.flatMap(deviations)].join('\n')}\n`);
  });
}

function levelOf({ level, float64 = level }: Claims = { level: 'S3' }): string {
  return float64 === level ? level : `${level}, float64 ${float64}`;
}

function floatsOf<B, M extends Mode>(backend: Backend<B, M>, kernel: KernelName): string {
  const floats = backend.dtypes.filter((dtype) => dtype.startsWith('float')).sort();
  if (!backend.kernels[kernel]) return '–';
  return `${floats.join(', ')}${borrowedBy(backend).includes(kernel) ? ' (borrowed)' : ''}`;
}

/** The kernels that are another backend's, as `withFallback` lists them. */
const borrowedBy = (backend: object): readonly string[] =>
  'borrowed' in backend && Array.isArray(backend.borrowed) ? backend.borrowed : [];

function deviations({ name, use }: Opened): string[] {
  const declared = use(({ claims }) => claims?.deviations ?? []);
  const lines = declared.map(({ check, reason }) => `- ${name}, \`${check}\`: ${reason}`);
  return lines.length > 0 ? ['', `Known deviations of ${name}:`, '', ...lines] : [];
}
