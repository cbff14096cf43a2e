import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task } from '@softmax/cli/bench';
import { expect, onTestFinished, test, vi } from 'vitest';

/** A Python that answers, and ends with 3 at the first turn. */
const FRAGILE = `#!/bin/sh
echo '{"version": "1"}'
while read -r line; do
  case "$line" in
    *'"op"'*) echo '{"has": true}' ;;
    *) exit 3 ;;
  esac
done
`;

const TASK: Task = {
  op: 'softmax',
  name: '1×2',
  outer: 1,
  n: 2,
  inner: 1,
  shape: [1, 2],
  axis: -1,
  x: Float32Array.of(0, 0),
  labels: Int32Array.of(0),
};

test('a peer whose process ends is missed in its task, and started again for the next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'python-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const python = join(folder, 'python');
  await writeFile(python, FRAGILE);
  await chmod(python, 0o755);
  vi.stubEnv('PYTHON', python);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { IN_PYTHON } = await import('../src/python.ts');
  const open = await IN_PYTHON[0]?.open();
  onTestFinished(() => open?.close?.());
  for (let k = 0; k < 2; k++) {
    const prepared = await open?.prepare(TASK);
    await expect(prepared?.turn(1)).rejects.toThrow('its process ended in the middle: code 3');
  }
});
