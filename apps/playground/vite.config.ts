import { defineConfig } from 'vite';
import { digitsAsset } from './vite/digits-asset.ts';

/** onnxruntime-web starts threads only in a page that is isolated from other origins. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Works from any path.
  base: './',
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { checks: { pluginTimings: false } },
    modulePreload: false,
  },
  plugins: [digitsAsset()],
  worker: {
    format: 'es',
    plugins: () => [digitsAsset()],
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  preview: { headers },
});
