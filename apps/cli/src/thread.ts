import { parentPort, workerData } from 'node:worker_threads';
import { check } from '@softmax/conformance';
import { SoftmaxError } from '@softmax/core';
import { CANDIDATES } from './candidates.ts';
import type { ThreadData, ThreadEnd } from './in-thread.ts';
import { backendFile } from './own-backend.ts';

// What `inThread` starts: the backend is opened, tried and closed in here.
const { backend, options } = workerData as ThreadData;
const candidate = CANDIDATES.find(({ name }) => name === backend) ?? backendFile(backend);
const tell = (ended: ThreadEnd) => parentPort?.postMessage(ended);
try {
  const opened = await candidate.open();
  tell({ report: await opened.use((on) => check(on, options)).finally(() => opened.close()) });
} catch (error) {
  if (!(error instanceof SoftmaxError && error.code === 'UNSUPPORTED')) throw error;
  tell({ given: error.given, allowed: error.allowed });
}
