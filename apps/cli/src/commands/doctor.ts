import { relaxedSimd, simd, threads } from 'wasm-feature-detect';
import type { Candidate } from '../candidate.ts';
import { withBackends } from '../open.ts';
import { machine } from '../runtime.ts';
import { painter, type Streams } from '../streams.ts';
import { table } from '../table.ts';

/** What a backend is on this machine. */
interface Finding {
  readonly backend: string;
  readonly state: 'ready' | 'not installed' | 'broken';
  /** Why it is not ready; else what it runs on. */
  readonly detail: string;
}

/** `softmax doctor`: what this machine has, and why something is missing. True where nothing that is installed is broken. */
export async function doctorCommand(
  candidates: readonly Candidate[],
  json: boolean,
  { stdout }: Streams,
): Promise<boolean> {
  const wasm = { simd: await simd(), relaxedSimd: await relaxedSimd(), threads: await threads() };
  const providers = await providersOf();
  const backends = await withBackends(candidates, [], async ({ here, absent }): Promise<Finding[]> => {
    const missing = absent.map(({ name, reason, broken }): Finding => {
      return { backend: name, state: broken ? 'broken' : 'not installed', detail: reason };
    });
    const ready = here.map(({ name, use }): Finding => {
      const detail = use(
        ({ dtypes, mode }) => `${mode}; ${dtypes.filter((each) => each.startsWith('float')).join(', ')}`,
      );
      return { backend: name, state: 'ready', detail };
    });
    return [...ready, ...missing];
  });
  const found = { machine: machine(), wasm, providers, backends };
  stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : `${text(found, painter(stdout)).join('\n')}\n`);
  return !backends.some(({ state }) => state === 'broken');
}

/** The execution providers that onnxruntime-node was built with; none where it is not installed. */
async function providersOf(): Promise<readonly string[]> {
  try {
    const { listSupportedBackends } = await import('onnxruntime-node');
    return listSupportedBackends().map(({ name }) => name);
  } catch {
    // Why it does not load, its backend says.
    return [];
  }
}

interface Found {
  readonly machine: ReturnType<typeof machine>;
  readonly wasm: { readonly simd: boolean; readonly relaxedSimd: boolean; readonly threads: boolean };
  readonly providers: readonly string[];
  readonly backends: readonly Finding[];
}

function text(
  { machine: on, wasm, providers, backends }: Found,
  paint: ReturnType<typeof painter>,
): string[] {
  const has = Object.entries({ SIMD: wasm.simd, 'relaxed SIMD': wasm.relaxedSimd, threads: wasm.threads });
  const colour = { ready: 'green', 'not installed': 'yellow', broken: 'red' } as const;
  const [head = '', rule = '', ...rows] = table(
    [{ head: 'backend' }, { head: 'state' }, { head: 'detail' }],
    backends.map(({ backend, state, detail }) => [backend, state, detail.split('\n', 1)[0] ?? '']),
  );
  return [
    `${on.runtime} on ${on.platform} ${on.arch}, ${on.cpus} CPUs`,
    `WebAssembly: ${has.map(([name, is]) => (is ? name : `no ${name}`)).join(', ')}`,
    `providers of onnxruntime-node: ${providers.join(', ') || 'none'}`,
    '',
    head,
    rule,
    ...rows.map((row, k) => paint(colour[backends[k]?.state ?? 'broken'], row)),
  ];
}
