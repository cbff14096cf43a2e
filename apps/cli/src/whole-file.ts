import { fileTarget } from './target.ts';

/**
 * A file that appears whole or not at all, from one piece.
 *
 * @throws {UsageError} at once where it could not be written, so that nobody waits for a run whose report is lost
 */
export async function wholeFile(path: string): Promise<(content: string | Uint8Array) => Promise<void>> {
  await (await fileTarget(path)).discard();
  return async (content) => {
    const target = await fileTarget(path);
    try {
      await target.append(content);
      await target.commit();
    } catch (error) {
      await target.discard();
      throw error;
    }
  };
}
