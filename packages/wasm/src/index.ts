export type { WasmBuffer } from './memory.ts';
export type { WasmOptions } from './options.ts';
export { type WasmBackend, wasm } from './wasm.ts';
