// The memory of a thread, behind one pointer: constants that depend on the temperature, one prepared block, states of blocks.

/** Values that are normalised at a time: a block and its result stay in the first cache (2 × 8 kB). */
export const BLOCK: usize = 2048;

/** Float32 constants, each loaded into a register before a loop (see `constants` in exp.ts). */
export const LOG2E: usize = 0;
export const LN2_HIGH: usize = 4;
export const LN2_LOW: usize = 8;
export const C6: usize = 12;
export const C5: usize = 16;
export const C4: usize = 20;
export const C3: usize = 24;
export const C2: usize = 28;
export const C1: usize = 32;
export const C0: usize = 36;
/** 108·T: a probability of a logit farther below the maximum is 0 unless 2⁵ or more multiplies it (see faint.ts). */
export const REACH: usize = 40;
export const TEMPERATURE: usize = 44;
/** The coefficients times 2^−64, for windows (see window.ts). */
export const W6: usize = 48;
export const W5: usize = 52;
export const W4: usize = 56;
export const W3: usize = 60;
export const W2: usize = 64;
export const W1: usize = 68;
export const W0: usize = 72;

/** A block of logits that were negated, masked or shifted, where there is no result to hold them. */
export const PREPARED: usize = 128;

/** Of each block of a row what is known of it, in 40 bytes (see states.ts). */
export const STATES: usize = PREPARED + (BLOCK << 2);
export const STATE: usize = 40;
/** The exponent that its exponentials are relative to, int32, and its largest logit, float32. */
export const STATE_EXPONENT: usize = 0;
export const STATE_MAX: usize = 4;
/** The sum of its exponentials, or of all but the largest, float64. */
export const STATE_SUM: usize = 8;
/** Where in the row the largest logit stands, and its exponential, float32. */
export const STATE_AT: usize = 16;
export const STATE_PEAK: usize = 20;
/** A sum over its cotangents, float64. */
export const STATE_DOT: usize = 24;
/** The bits of its largest |cotangent|, int32. */
export const STATE_SIZE: usize = 32;
/** The exponent of a block in which nothing is possible. */
export const NOTHING: i32 = i32.MIN_VALUE;

/** The bytes of a workspace for rows of n values. */
export function workspaceSize(n: usize): usize {
  return STATES + STATE * ((n + BLOCK - 1) / BLOCK);
}
