import { type DType, type FloatType, type Host, type Problem, SoftmaxError } from '@softmax/core';
import type { Recipe } from '../graphs/recipe.ts';
import type { Graph } from '../model/graph.ts';
import { inFloat32 } from '../model/half.ts';
import { writeModel } from '../model/writer.ts';
import { DeviceMemory } from './device-memory.ts';
import { feeds } from './feeds.ts';
import { locations, onHost, reading } from './location.ts';
import type { checked } from './options.ts';
import { queueOf } from './queue.ts';
import { halfBits, lend, type OrtSession, type OrtTensor, overlaps, type Runtime } from './runtime.ts';
import { type Releasable, Sessions } from './sessions.ts';

export type Buffers = { readonly [name: string]: OrtTensor };

interface Ready extends Releasable {
  readonly graph: Graph;
  /** The results of type float16. */
  readonly half: readonly string[];
  readonly run: OrtSession['run'];
  /** The session, to which results on a device belong. */
  readonly own: Releasable;
}

/** Runs graphs in a runtime, each in a session that is reused by later calls. */
export class Solver {
  readonly #ort: Runtime;
  readonly #options: ReturnType<typeof checked>;
  readonly #sessions: Sessions<Ready>;
  readonly #overlaps: boolean;
  readonly #turn: <T>(task: () => Promise<T>) => Promise<T>;
  /** The tensors that store float16 as float32. */
  readonly #halves: WeakSet<OrtTensor> = new WeakSet();
  readonly #device: DeviceMemory = new DeviceMemory();
  #gone: Promise<void> | undefined;

  constructor(ort: Runtime, options: ReturnType<typeof checked>) {
    this.#ort = ort;
    this.#options = options;
    this.#sessions = new Sessions(options.maxSessions);
    const queue = queueOf(ort);
    this.#overlaps = overlaps(ort);
    this.#turn = this.#overlaps ? (task) => task() : (task) => queue.run(task);
  }

  solve(recipe: Recipe, problem: Problem, inputs: Partial<Buffers>): Promise<Buffers> {
    const { providers } = this.#options;
    return this.#run(recipe, problem, inputs, (graph) => locations(providers, graph));
  }

  /** Wraps a lent array in a tensor. */
  hold(data: Host, dtype: DType): OrtTensor {
    const tensor = lend(this.#ort, data);
    if (dtype === 'float16') this.#halves.add(tensor);
    return tensor;
  }

  /** Reads the values of a tensor on any device. */
  async read(x: OrtTensor): Promise<Host> {
    // Device tensors end with their backend.
    if (this.#gone && x.location !== 'cpu') throw this.#disposed();
    const values = await this.#read(x);
    return this.#halves.has(x) ? halfBits(values) : values;
  }

  async #read(x: OrtTensor): Promise<Host> {
    if (x.location !== 'gpu-buffer') return (await x.getData()) as Host;
    if (!this.#overlaps) return this.#turn(async () => (await x.getData()) as Host);
    const type = x.type as FloatType;
    const outer = x.dims.reduce((a, b) => a * b, 1);
    const { y } = await this.#run(reading(type), { outer, n: 1, inner: 1, dtype: type }, { x }, onHost);
    return (await (y as OrtTensor).getData()) as Host;
  }

  async #run(
    { key, graph }: Recipe,
    problem: Problem,
    inputs: Partial<Buffers>,
    where: (graph: Graph) => object,
  ): Promise<Buffers> {
    if (this.#gone) throw this.#disposed();
    try {
      return await this.#sessions.use(
        key,
        () => this.#session(key, graph(), where),
        async ({ graph, half, run, own }) => {
          const results = await this.#turn(() => run(feeds(this.#ort, graph, problem, inputs)));
          for (const name in results) this.#device.hold(results[name] as OrtTensor, own);
          for (const name of half) this.#halves.add(results[name] as OrtTensor);
          return results;
        },
      );
    } catch (error) {
      throw failed(this.#options.name, key, error);
    }
  }

  dispose(): Promise<void> {
    this.#gone ??= this.#sessions
      .clear()
      // Pending reads finish first.
      .finally(() => this.#turn(async () => {}))
      .finally(() => this.#device.clear())
      .catch((error: unknown) => {
        throw failed(this.#options.name, 'release', error);
      });
    return this.#gone;
  }

  free(x: OrtTensor): void {
    // A session that ends with its last tensor has been evicted: nobody waits for it.
    this.#device.free(x)?.catch(() => {});
  }

  #disposed(): SoftmaxError {
    const { name } = this.#options;
    return new SoftmaxError('DISPOSED', name, 'a backend that was disposed', 'a backend still in use');
  }

  async #session(key: string, made: Graph, where: (graph: Graph) => object): Promise<Ready> {
    const graph = inFloat32(made);
    const { providers, sessionOptions } = this.#options;
    const model = writeModel(graph, { metadata: { variant: key } });
    const session = await this.#turn(() =>
      this.#ort.InferenceSession.create(model, {
        // Errors only: onnxruntime warns about constant folding.
        logSeverityLevel: 3,
        ...(providers && { executionProviders: providers }),
        ...sessionOptions,
        ...where(graph),
      }),
    );
    const own = { release: () => this.#turn(() => session.release()) };
    return {
      graph,
      half: made.outputs.filter(({ dtype }) => dtype === 'float16').map(({ name }) => name),
      run: (feeds) => session.run(feeds),
      own,
      release: () => this.#device.release(own),
    };
  }
}

const failed = (name: string, what: string, error: unknown): SoftmaxError =>
  new SoftmaxError(
    'BACKEND_FAILED',
    `${name}: ${what}`,
    error instanceof Error ? error.message : error,
    'a runtime that runs the graph',
    error,
  );
