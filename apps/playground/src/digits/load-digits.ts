import address from 'virtual:digits';
import { type Digits, PIXELS } from 'digits';

/** The digits that the build put beside the page. */
export async function loadDigits(): Promise<Digits> {
  const { body, ok, status } = await fetch(address);
  if (!ok || !body) throw new Error(`the digits could not be loaded: ${status}`);
  const plain = new Response(body.pipeThrough(new DecompressionStream('gzip')));
  const bytes = new Uint8Array(await plain.arrayBuffer());
  const count = bytes.length / (1 + PIXELS);
  return {
    labels: bytes.slice(0, count),
    pixels: Float32Array.from(bytes.subarray(count), (dark) => dark / 255),
  };
}
