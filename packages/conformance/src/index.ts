export { asBackend } from './as-backend.ts';
export { worstByRow } from './judge/judge.ts';
export { type RowResult, worstUlp } from './judge/worst-ulp.ts';
export type { SomeBackend } from './plan/case.ts';
export {
  type Category,
  type Check,
  Mismatch,
  type Outcome,
  type RowError,
  type Subject,
  type WrongElement,
} from './plan/check.ts';
export { covers, type PlanOptions, plan } from './plan/plan.ts';
export { poisoned } from './plan/poisoning.ts';
export {
  type BackendReport,
  type CheckReport,
  type JsonNumber,
  type Report,
  SCHEMA,
  SUITE,
  type Summary,
  type WorstElement,
} from './plan/report.ts';
export { type CheckOptions, check } from './plan/run-plan.ts';
export { summarize } from './plan/summary.ts';
