import { defineConfig } from 'vite';

/** onnxruntime-web starts threads only in a page that is isolated from other origins. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Works from any path.
  base: './',
  build: { target: 'es2022', reportCompressedSize: false, chunkSizeWarningLimit: 1000, modulePreload: false },
  worker: { format: 'es' },
  // It finds its .wasm beside its own file.
  optimizeDeps: { exclude: ['onnxruntime-web', 'onnxruntime-web/webgpu'] },
  server: { headers },
  preview: { headers },
});
