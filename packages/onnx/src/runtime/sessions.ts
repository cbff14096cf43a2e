/** A resource that is slow to create, used by several calls at once, and must be released. */
export interface Releasable {
  release(): Promise<void>;
}

interface Entry<S> {
  readonly session: Promise<S>;
  /** The session, once available: one promise less to await. */
  made?: S;
  users: number;
  /** Waits for the last user of an evicted entry. */
  idle?: () => void;
}

/**
 * Sessions by key, at most `limit` of them. The least recently used one is evicted first, and
 * released when its last user is done. Calls during the creation of a session wait for it; a failed
 * creation is forgotten.
 */
export class Sessions<S extends Releasable> {
  readonly #limit: number;
  readonly #entries = new Map<string, Entry<S>>();
  #newest: Entry<S> | undefined;
  readonly #leaving = new Set<Promise<void>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  async use<T>(key: string, create: () => Promise<S>, f: (session: S) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(key) ?? { session: create(), users: 0 };
    entry.users++;
    if (this.#newest !== entry) {
      this.#newest = entry;
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      this.#shrink(this.#limit);
    }
    try {
      return await f(entry.made ?? (await this.#made(key, entry)));
    } finally {
      entry.users--;
      if (entry.users === 0) entry.idle?.();
    }
  }

  /** Releases every session as soon as it is idle; resolves when all are released. */
  async clear(): Promise<void> {
    this.#shrink(0);
    await Promise.all(this.#leaving);
  }

  async #made(key: string, entry: Entry<S>): Promise<S> {
    try {
      entry.made = await entry.session;
      return entry.made;
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      this.#newest = undefined;
      throw error;
    }
  }

  #shrink(limit: number): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= limit) return;
      this.#entries.delete(key);
      if (this.#newest === entry) this.#newest = undefined;
      const leaving = release(entry).finally(() => this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
      // The caller that clears the cache receives a failure; the call that evicted the session is
      // unrelated to it.
      leaving.catch(() => {});
    }
  }
}

async function release<S extends Releasable>(entry: Entry<S>): Promise<void> {
  if (entry.users > 0)
    await new Promise<void>((idle) => {
      entry.idle = idle;
    });
  const session = await entry.session.catch(() => undefined);
  await session?.release();
}
