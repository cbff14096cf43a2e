/** Ids as few lines: where every check of a category and an operation is among them, one that ends in `*` stands for all. */
export function families(some: readonly string[], all: readonly string[]): string[] {
  const chosen = new Set(some);
  const prefixOf = (id: string) => id.slice(0, id.lastIndexOf('/') + 1);
  const whole = new Set(
    all.map(prefixOf).filter((prefix) => all.every((id) => !id.startsWith(prefix) || chosen.has(id))),
  );
  const lines = some.map((id) => (whole.has(prefixOf(id)) ? `${prefixOf(id)}*` : id));
  return [...new Set(lines)];
}
