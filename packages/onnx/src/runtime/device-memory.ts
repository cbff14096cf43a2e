import type { OrtTensor } from './runtime.ts';
import type { Releasable } from './sessions.ts';

/**
 * The tensors of a backend on a device, each with the session that created it. In onnxruntime-node
 * 1.30 a tensor that is freed or read after the release of its session ends the process (SIGSEGV),
 * so the session stays until its tensors are freed.
 */
export class DeviceMemory {
  readonly #owners: Map<OrtTensor, Releasable> = new Map();
  readonly #leaving: Set<Releasable> = new Set();

  hold(tensor: OrtTensor, session: Releasable): void {
    if (tensor.location === 'gpu-buffer') this.#owners.set(tensor, session);
  }

  /** Calls back when the session is released, with its memory. */
  free(tensor: OrtTensor): Promise<void> | undefined {
    const session = this.#owners.get(tensor);
    this.#owners.delete(tensor);
    tensor.dispose();
    return session && this.#leaving.delete(session) ? this.release(session) : undefined;
  }

  /** Releases at once, or with the last of its tensors. */
  async release(session: Releasable): Promise<void> {
    if ([...this.#owners.values()].includes(session)) this.#leaving.add(session);
    else await session.release();
  }

  /** Frees all tensors. */
  async clear(): Promise<void> {
    await Promise.all([...this.#owners.keys()].map(async (tensor) => this.free(tensor)));
  }
}
