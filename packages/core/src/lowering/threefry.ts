const PARITY = 0x1bd11bda;

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/**
 * Threefry-2x32-20: returns the two words for a key and a counter. After every four of the twenty
 * rounds, the key and the number of the injection are added; the rotations of eight rounds repeat
 * (Table 2). Arguments are taken modulo 2³².
 *
 * @see J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1,
 * 2, 3", 2011, §4.2
 */
export function threefry(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  words: Uint32Array,
): void {
  let a = key0 | 0;
  let b = key1 | 0;
  let c = a ^ b ^ PARITY;
  let x = (counter0 + a) | 0;
  let y = (counter1 + b) | 0;
  for (let injection = 1; injection <= 5; injection++) {
    const odd = injection & 1;
    x = (x + y) | 0;
    y = rotated(y, odd ? 13 : 17) ^ x;
    x = (x + y) | 0;
    y = rotated(y, odd ? 15 : 29) ^ x;
    x = (x + y) | 0;
    y = rotated(y, odd ? 26 : 16) ^ x;
    x = (x + y) | 0;
    y = rotated(y, odd ? 6 : 24) ^ x;
    x = (x + b) | 0;
    y = (y + c + injection) | 0;
    const first = a;
    a = b;
    b = c;
    c = first;
  }
  words[0] = x;
  words[1] = y;
}
