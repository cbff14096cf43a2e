import type { Target } from '../target.ts';
import { UsageError } from '../usage-error.ts';
import { joined, type Numbers } from './numbers.ts';

/** The results of an operation, or a block of them along their first axis. */
export type Named = { readonly [name: string]: Numbers };

/** Takes results block by block, and writes them in one format. The memory of a block is its giver's again afterwards. */
export interface Sink {
  write(block: Named): Promise<void>;
  /** All blocks were given. */
  end(): Promise<void>;
}

/** How many rows all blocks will have: undefined where nobody knows yet, 'whole' where one block is everything. */
export type Rows = number | 'whole' | undefined;
export type MakeSink = (target: Target, rows: Rows) => Sink;

/** For formats that must see everything before they can begin. */
export function gathered(write: (whole: Named) => Promise<void>): Sink {
  const blocks = new Map<string, Numbers[]>();
  return {
    async write(block) {
      for (const [name, numbers] of Object.entries(block)) {
        const before = blocks.get(name) ?? [];
        before.push({ ...numbers, data: numbers.data.slice() });
        blocks.set(name, before);
      }
    },
    async end() {
      const parts = [...blocks].map(([name, each]) => [name, joined(each, { dtype: 'float64', shape: [0] })]);
      await write(Object.fromEntries(parts) as Named);
    },
  };
}

/** One result, for a format that holds one. @throws {UsageError} */
export function alone(block: Named, format: string): Numbers {
  const [first, ...more] = Object.values(block);
  if (first && more.length === 0) return first;
  const names = Object.keys(block).join(', ');
  throw new UsageError(
    `${format} holds one array, here are ${names}: choose one by --result, or npz, json, safetensors`,
  );
}
