import { expect, test } from 'vitest';
import { CANDIDATES } from '../src/index.ts';
import { good, missing } from './candidates.ts';
import { inProcess, script } from './run.ts';

test('every backend of a machine that has them all is ready', async () => {
  const { code, out } = await inProcess(['doctor', '--json']);
  const found = JSON.parse(out) as {
    backends: { state: string }[];
    providers: string[];
    wasm: { simd: boolean };
  };
  expect([code, found.wasm.simd]).toEqual([0, true]);
  expect(found.providers).toContain('cpu');
  expect(found.backends.map(({ state }) => state)).toEqual(CANDIDATES.map(() => 'ready'));
});

test('what is not installed is said, and is no fault', async () => {
  const { code, out } = await inProcess(['doctor'], { candidates: [good, missing] });
  expect(code).toBe(0);
  expect(out).toMatch(/^cpu +ready +sync; float16, float32, float64$/m);
  expect(out).toMatch(/^missing +not installed +\S/m);
});

test('what is installed and does not start is a fault', async () => {
  const broken = {
    name: 'broken',
    about: '',
    open: () => Promise.reject(new Error('its library is for another system')),
  };
  const { code, out } = await inProcess(['doctor'], { candidates: [broken] });
  expect([code, out]).toEqual([
    1,
    expect.stringMatching(/^broken +broken +its library is for another system$/m),
  ]);
});

test('without onnxruntime it has no providers, and runs', async () => {
  const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const { code, out } = await script(`
    await import(${at('./without-onnxruntime.mjs')});
    const { softmax } = await import(${at('../dist/index.js')});
    process.exitCode = await softmax(['doctor']);`);
  expect([code, out]).toEqual([0, expect.stringMatching(/^onnxruntime-node +not installed +/m)]);
  expect(out).toContain('providers of onnxruntime-node: none');
});
