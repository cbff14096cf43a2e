export { type Candidate, type Opened, opened } from './candidate.ts';
export { CANDIDATES } from './candidates.ts';
export { type Setting, softmax } from './softmax.ts';
export type { Output, Streams } from './streams.ts';
export { type Column, table } from './table.ts';
