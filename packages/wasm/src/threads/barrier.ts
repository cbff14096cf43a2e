import { MEETING_ARRIVED, MEETING_FAILED, MEETING_ROUND } from './protocol.ts';

/** Waits until a word is no longer `value`; false where patience ended. */
export type WaitWhile = (words: Int32Array, index: number, value: number) => boolean;

/** Waits for the other members of a team; false where one has failed or did not come. */
export function meet(words: Int32Array, members: number, waitWhile: WaitWhile): boolean {
  const round = Atomics.load(words, MEETING_ROUND);
  if (hasFailed(words)) return false;
  if (Atomics.add(words, MEETING_ARRIVED, 1) + 1 === members) {
    Atomics.store(words, MEETING_ARRIVED, 0);
    nextRound(words);
  } else if (!waitWhile(words, MEETING_ROUND, round)) return false;
  return !hasFailed(words);
}

/** Fails the team: members that wait, and those that will, are released. */
export function abandon(words: Int32Array): void {
  Atomics.store(words, MEETING_FAILED, 1);
  nextRound(words);
}

const hasFailed = (words: Int32Array): boolean => Atomics.load(words, MEETING_FAILED) !== 0;

function nextRound(words: Int32Array): void {
  Atomics.add(words, MEETING_ROUND, 1);
  Atomics.notify(words, MEETING_ROUND);
}
