/** 0.04 s, 1.2 s, 83 s */
export function seconds(milliseconds: number): string {
  const s = milliseconds / 1000;
  return `${s.toFixed(s < 0.1 ? 2 : s < 10 ? 1 : 0)} s`;
}
