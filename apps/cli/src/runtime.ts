import { availableParallelism } from 'node:os';
import type { Report } from '@softmax/conformance';

/** The machine and the runtime of this process: Bun and Deno pretend to be Node as well. */
export function machine(): Report['machine'] {
  const { versions, platform, arch } = process;
  const { bun, deno } = versions;
  const runtime = bun ? `bun ${bun}` : deno ? `deno ${deno}` : `node ${versions.node}`;
  return { platform, arch, cpus: availableParallelism(), runtime };
}
