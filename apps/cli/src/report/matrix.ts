import { type Report, type Summary, summarize } from '@softmax/conformance';

/** Operations × backends: how each operation does on each backend, in the order of the report. */
export interface Matrix {
  readonly backends: readonly string[];
  readonly rows: readonly { readonly op: string; readonly cells: readonly (Summary | undefined)[] }[];
}

export function matrixOf({ backends }: Pick<Report, 'backends'>): Matrix {
  const summaries = backends.map(summarize);
  const ops = [...new Set(summaries.flat().map(({ op }) => op))];
  return {
    backends: backends.map(({ backend }) => backend),
    rows: ops.map((op) => ({ op, cells: summaries.map((own) => own.find((each) => each.op === op)) })),
  };
}

/** What a cell comes to: a failure outweighs everything, and what is wholly refused is no answer at all. */
export function standing({
  failed,
  offered,
  deviating,
}: Summary): 'failed' | 'deviating' | 'passed' | 'refused' {
  if (failed > 0) return 'failed';
  if (deviating > 0) return 'deviating';
  return offered ? 'passed' : 'refused';
}
