/** One of two ways to compute the same thing. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly way: 'usual' | 'ours';
}
