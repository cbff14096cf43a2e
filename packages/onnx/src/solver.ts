import { type Problem, SoftmaxError } from '@softmax/core';
import { feeds } from './feeds.ts';
import type { Graph } from './graph.ts';
import type { checked } from './options.ts';
import { queueOf } from './queue.ts';
import type { Recipe } from './recipes.ts';
import { type OrtSession, type OrtTensor, overlaps, type Runtime } from './runtime.ts';
import { type Releasable, Sessions } from './sessions.ts';
import { writeModel } from './writer.ts';

export type Buffers = { readonly [name: string]: OrtTensor };

interface Ready extends Releasable {
  readonly graph: Graph;
  readonly run: OrtSession['run'];
}

/** Runs graphs in a runtime, each in a session of its own that is kept for the next call. */
export class Solver {
  readonly #ort: Runtime;
  readonly #options: ReturnType<typeof checked>;
  readonly #sessions: Sessions<Ready>;
  readonly #turn: <T>(task: () => Promise<T>) => Promise<T>;
  #gone: Promise<void> | undefined;

  constructor(ort: Runtime, options: ReturnType<typeof checked>) {
    this.#ort = ort;
    this.#options = options;
    this.#sessions = new Sessions(options.maxSessions);
    const queue = queueOf(ort);
    this.#turn = overlaps(ort) ? (task) => task() : (task) => queue.run(task);
  }

  async solve({ key, graph }: Recipe, problem: Problem, inputs: Partial<Buffers>): Promise<Buffers> {
    const { name } = this.#options;
    if (this.#gone)
      throw new SoftmaxError('DISPOSED', name, 'a backend that was disposed', 'a backend still in use');
    try {
      return await this.#sessions.use(
        key,
        () => this.#session(key, graph()),
        (session) => this.#turn(() => session.run(feeds(this.#ort, session.graph, problem, inputs))),
      );
    } catch (error) {
      throw failed(name, key, error);
    }
  }

  dispose(): Promise<void> {
    this.#gone ??= this.#sessions.clear().catch((error: unknown) => {
      throw failed(this.#options.name, 'release', error);
    });
    return this.#gone;
  }

  async #session(key: string, graph: Graph): Promise<Ready> {
    const { providers, sessionOptions } = this.#options;
    const model = writeModel(graph, { metadata: { variant: key } });
    const session = await this.#turn(() =>
      this.#ort.InferenceSession.create(model, {
        // Errors only: onnxruntime warns of what it constant-folds.
        logSeverityLevel: 3,
        ...(providers && { executionProviders: providers }),
        ...sessionOptions,
      }),
    );
    return {
      graph,
      run: (feeds) => session.run(feeds),
      release: () => this.#turn(() => session.release()),
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
