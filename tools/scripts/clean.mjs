// tsc leaves the output of deleted sources behind, and a package would ship it.
import { rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
