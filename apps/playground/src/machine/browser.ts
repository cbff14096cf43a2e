/** A name and a version, as in `chrome 140.0`. */
export function browser(): string {
  const { userAgent } = navigator;
  // Others imitate Chrome, so they are sought first.
  const found = /(Firefox|Edg)\/[\d.]+/.exec(userAgent) ?? /(Chrome|Safari)\/[\d.]+/.exec(userAgent);
  return (found?.[0] ?? userAgent).toLowerCase().replace('/', ' ');
}
