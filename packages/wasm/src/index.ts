export type { WasmBuffer } from './memory.ts';
export { type WasmBackend, type WasmOptions, wasm } from './wasm.ts';
