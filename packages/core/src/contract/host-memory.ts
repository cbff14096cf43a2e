import type { Host } from '../layout/dtype.ts';
import type { Backend } from './backend.ts';

/**
 * A backend without kernels whose buffers are JavaScript arrays. An array is its own buffer, so
 * nothing is copied, awaited or freed.
 */
export const hostMemory: Omit<Backend<Host, 'sync'>, 'kernels'> & { readonly kernels: object } = {
  spec: 1,
  name: 'cpu',
  mode: 'sync',
  memory: Array,
  dtypes: ['float16', 'float32', 'float64', 'int32', 'bool'],
  kernels: {},
  upload: (data) => data,
  download: (buffer) => buffer,
  free: () => {},
};
