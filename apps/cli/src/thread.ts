import { parentPort, workerData } from 'node:worker_threads';
import { check } from '@softmax/conformance';
import { CANDIDATES } from './candidates.ts';
import type { ThreadData } from './in-thread.ts';
import { backendFile } from './own-backend.ts';

// What `inThread` starts: the backend is opened, tried and closed in here.
const { backend, options } = workerData as ThreadData;
const candidate = CANDIDATES.find(({ name }) => name === backend) ?? backendFile(backend);
const opened = await candidate.open();
const report = await opened.use((on) => check(on, options)).finally(() => opened.close());
parentPort?.postMessage(report);
