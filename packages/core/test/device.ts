import { type Backend, cpu, type Host } from '../src/index.ts';

/** The reference behind opaque handles and promises, counting what is held. */
export function device(): Backend<number, 'async'> & {
  readonly held: Map<number, Host>;
  readonly freed: number[];
} {
  const { kernels, dtypes } = cpu();
  const held = new Map<number, Host>();
  const freed: number[] = [];
  let next = 0;
  const put = (data: Host) => {
    held.set(++next, data);
    return next;
  };
  const table = Object.entries(kernels).map(([name, kernel]) => [
    name,
    async (problem: never, inputs: Record<string, number | undefined>) => {
      await Promise.resolve();
      const hosts = Object.entries(inputs).map(([key, id]) => [key, id && held.get(id)]);
      const results = (kernel as (p: never, i: never) => Record<string, Host>)(
        problem,
        Object.fromEntries(hosts) as never,
      );
      return Object.fromEntries(Object.entries(results).map(([key, data]) => [key, put(data)]));
    },
  ]);
  return {
    spec: 1,
    name: 'device',
    mode: 'async',
    dtypes,
    kernels: Object.fromEntries(table) as Backend<number, 'async'>['kernels'],
    upload: (data) => put(data.slice()),
    download: async (id) => (held.get(id) as Host).slice(),
    free: (id) => {
      freed.push(id);
      held.delete(id);
    },
    held,
    freed,
  };
}
