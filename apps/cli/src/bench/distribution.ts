/** What is kept of many measurements. */
export interface Distribution {
  readonly median: number;
  readonly quartiles: readonly [number, number];
}

/** The median and the quartiles, between two measurements by linear interpolation. */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
    return below + (place - Math.floor(place)) * (above - below);
  };
  return { median: at(0.5), quartiles: [at(0.25), at(0.75)] };
}
