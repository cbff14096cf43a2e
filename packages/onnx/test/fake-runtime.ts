import type { OrtTensor, Runtime } from '../src/index.ts';

/** A tensor without a runtime behind it. */
class FakeTensor implements OrtTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly #data: ArrayLike<number>;

  constructor(type: string, data: ArrayLike<number>, dims: readonly number[]) {
    this.type = type;
    this.#data = data;
    this.dims = dims;
  }

  reshape(dims: readonly number[]): FakeTensor {
    return new FakeTensor(this.type, this.#data, dims);
  }

  async getData(): Promise<unknown> {
    return this.#data;
  }

  dispose(): void {}
}

interface Record {
  readonly log: readonly string[];
  /** How many steps ran at once. */
  readonly most: number;
}

/** A runtime that answers x with x, and records what is asked of it. */
export function fakeRuntime(
  kind: 'node' | 'web',
  fail: (what: string) => boolean = () => false,
): { readonly runtime: Runtime; readonly record: Record } {
  const log: string[] = [];
  const record = { log, running: 0, most: 0 };
  const step = async (what: string) => {
    log.push(what);
    record.running++;
    record.most = Math.max(record.most, record.running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    record.running--;
    if (fail(what)) throw new Error(`no ${what}`);
  };
  const runtime: Runtime = {
    Tensor: FakeTensor,
    InferenceSession: {
      create: async () => {
        await step('create');
        return {
          run: async (feeds) => {
            await step('run');
            return { y: feeds['x'] as OrtTensor };
          },
          release: () => step('release'),
        };
      },
    },
    env: { versions: { [kind]: '1.30.0' } },
  };
  return { runtime, record };
}
