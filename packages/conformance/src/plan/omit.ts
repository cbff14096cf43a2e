/** An object without some of its properties. */
export function omit<T extends object, K extends keyof T & string>(
  from: T,
  ...names: readonly K[]
): Omit<T, K> {
  const left = Object.entries(from).filter(([name]) => !names.some((each) => each === name));
  return Object.fromEntries(left) as Omit<T, K>;
}
