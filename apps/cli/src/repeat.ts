import type { Report } from '@softmax/conformance';

/** The command that runs one check alone, on the same numbers. */
export function repeatOf(argument: string, id: string, options: Report['options']): string {
  const { level, seed, examples, lengths, quick, poison } = options;
  const set = { level, seed, examples, lengths };
  const given = Object.entries(set).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${value}`],
  );
  return [
    'softmax check',
    argument,
    `--id ${id}`,
    ...given,
    ...(quick ? ['--quick'] : []),
    ...(poison ? ['--poison'] : []),
  ].join(' ');
}
