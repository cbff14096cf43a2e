export { asBackend } from './as-backend.ts';
export { KERNEL, type SomeBackend } from './case.ts';
export {
  type Category,
  type Check,
  Mismatch,
  type Outcome,
  type RowError,
  type Subject,
  type WrongElement,
} from './check.ts';
export { worstByRow } from './judge.ts';
export { covers, type PlanOptions, plan } from './plan.ts';
export {
  type BackendReport,
  type CheckReport,
  type JsonNumber,
  type Report,
  SCHEMA,
  SUITE,
  type Summary,
  type WorstElement,
} from './report.ts';
export { type CheckOptions, check } from './run-plan.ts';
export { summarize } from './summary.ts';
export { type RowResult, worstUlp } from './worst-ulp.ts';
