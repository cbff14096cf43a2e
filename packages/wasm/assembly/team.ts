// Threads that solve one row together, each some of its blocks; alone, one thread has them all. Blocks are of one size
// whatever the team, and what they add up to is added in their order: the bits do not depend on the number of threads.

import { BLOCK, STATE, STATES } from './workspace';

/** Returns once every member of the team has called it. */
@external('env', 'barrier')
declare function barrier(): void;

let member: usize = 0;
let members: usize = 1;
/** The workspace whose states are those of the row; 0 where a thread is alone, which has them in its own. */
let common: usize = 0;

/** From now on this thread is member k of so many, who keep the states in the workspace w. */
export function team(k: usize, size: usize, w: usize): void {
  member = k;
  members = size;
  common = w;
}

/** The first value of this thread's blocks of a row of n. */
@inline export function first(n: usize): usize {
  return members == 1 ? 0 : edge(n, member);
}

/** Where its blocks end. */
@inline export function last(n: usize): usize {
  return members == 1 ? n : min(n, edge(n, member + 1));
}

function edge(n: usize, k: usize): usize {
  return <usize>((<u64>((n + BLOCK - 1) / BLOCK) * k) / members) * BLOCK;
}

/** Whether it is this thread that writes what is written once for the whole row. */
export function leads(): bool {
  return member == 0;
}

/** What is known of the block that starts at a value of the row. */
@inline export function stateOf(w: usize, start: usize): usize {
  return (common ? common : w) + STATES + (start / BLOCK) * STATE;
}

/** All states are written, or all were read. */
@inline export function meet(): void {
  if (members > 1) barrier();
}
