import type { CheckReport, Report } from '@softmax/conformance';

/** How a backend did on a runtime. */
export interface Cell {
  readonly runtime: string;
  readonly backend: string;
  /** Its name and version, as it says itself. */
  readonly version?: string;
  readonly passed: number;
  readonly failed: number;
  readonly refused: number;
  readonly deviating: number;
  readonly milliseconds: number;
  readonly failures: readonly CheckReport[];
  /** Why there is no report: it did not start, or did not end. */
  readonly fault?: string;
}

export type Place = Pick<Cell, 'runtime' | 'backend'>;

export function cellOf(place: Place, { machine, backends }: Pick<Report, 'machine' | 'backends'>): Cell {
  const checks = backends.flatMap((each) => each.checks);
  const of = (status: CheckReport['status']) => checks.filter((each) => each.status === status);
  return {
    ...place,
    version: machine.runtime,
    passed: of('passed').length,
    failed: of('failed').length,
    refused: of('refused').length,
    deviating: of('deviating').length,
    milliseconds: backends.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    failures: of('failed'),
  };
}

export const faulty = (place: Place, fault: string): Cell => ({
  ...place,
  passed: 0,
  failed: 0,
  refused: 0,
  deviating: 0,
  milliseconds: 0,
  failures: [],
  fault,
});

/** Nothing failed, and something ran, be it as declared: a cell without a check would else be good. */
export const isGood = ({ fault, failed, passed, deviating }: Cell): boolean =>
  fault === undefined && failed === 0 && passed + deviating > 0;
