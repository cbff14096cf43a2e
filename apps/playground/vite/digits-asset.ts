import { gzipSync } from 'node:zlib';
import { readDigits } from 'digits/read';
import type { Plugin } from 'vite';

const ID = 'virtual:digits';

/**
 * The handwritten digits as one file, whose address the module `virtual:digits` has: a label for each, then their
 * pixels, a byte each (0 white … 255 black), gzipped.
 */
export function digitsAsset(): Plugin {
  return {
    name: 'digits-asset',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return;
      const { labels, pixels } = readDigits();
      const bytes = Uint8Array.from(pixels, (dark) => Math.round(dark * 255));
      const source = gzipSync(Buffer.concat([labels, bytes]), { level: 9 });
      const file = this.emitFile({ type: 'asset', name: 'digits.bin', source });
      return `export default import.meta.ROLLUP_FILE_URL_${file}`;
    },
  };
}
