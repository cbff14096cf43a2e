export { KERNEL } from './case.ts';
export { type Category, type Check, Mismatch, type Outcome, type Subject } from './check.ts';
export { type PlanOptions, plan } from './plan.ts';
export { type BackendReport, type CheckReport, type Report, SUITE, type Summary } from './report.ts';
export { type CheckOptions, check } from './run-plan.ts';
export { summarize } from './summary.ts';
