/**
 * Random numbers in [0, 1) of input number `index` of a target, independent of the inputs before it. The state is a hash
 * (FNV-1a) of the three; the steps are splitmix32.
 */
export function randomOf(seed: number, name: string, index: number): () => number {
  let state = 0x811c9dc5;
  for (const character of `${seed} ${name} ${index}`)
    state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let bits = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
  };
}
