import type { Backend } from '../contract/backend.ts';
import type { Host } from '../layout/dtype.ts';

/** Numbers that live in JavaScript's own arrays: the reference without its kernels. */
export const host: Omit<Backend<Host, 'sync'>, 'kernels'> & { readonly kernels: object } = {
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
