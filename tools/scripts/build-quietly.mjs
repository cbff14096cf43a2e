// The output of a build matters only when it fails. Arguments go to turbo: `--filter=digits` builds what digits needs.
// `SOFTMAX_IS_BUILT` says that all is built and that other scripts read it now: a cached build writes its files again.
import { spawnSync } from 'node:child_process';

if (!process.env['SOFTMAX_IS_BUILT']) {
  const { status, error, stdout, stderr } = spawnSync('pnpm', ['run', 'build', ...process.argv.slice(2)], {
    encoding: 'utf8',
  });
  if (status !== 0) console.error(stdout, stderr, error ?? '');
  process.exitCode = status ?? 1;
}
