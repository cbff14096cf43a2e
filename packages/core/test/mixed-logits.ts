/** Logits by formula; the label is the largest of a row, but in every fourth row the class after it. */
export function mixed(
  rows: number,
  n: number,
  scale: number,
): { x: { data: Float64Array; shape: number[] }; y: number[] } {
  const data = Float64Array.from({ length: rows * n }, (_, k) => {
    const [i, c] = [Math.floor(k / n), k % n];
    return scale * Math.sin(1 + 7 * i + 3 * c * c + i * c);
  });
  const y = Array.from({ length: rows }, (_, i) => {
    const row = data.subarray(i * n, i * n + n);
    return (row.indexOf(Math.max(...row)) + (i % 4 === 3 ? 1 : 0)) % n;
  });
  return { x: { data, shape: [rows, n] }, y };
}
