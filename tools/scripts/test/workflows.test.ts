import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, '.github/workflows');
const read = (path: string) => readFileSync(path, 'utf8');

/** The lines of each job, by its name. */
function jobsOf(workflow: string): ReadonlyMap<string, string> {
  const [, jobs = ''] = workflow.split(/^jobs:\n/m);
  const parts = jobs.split(/^ {2}(?=[\w-]+:\n)/m).filter((part) => part.trim() !== '');
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

/** Commands that run what is installed, and so code of others. */
const TOOLS = /\b(npx|pnpm|turbo|changeset|npm (ci|install|run|exec))\b/;
const WRITES = /^ {6}[\w-]+: write$/m;

describe.each(readdirSync(FOLDER))('%s', (file) => {
  const workflow = read(join(FOLDER, file));
  const jobs = [...jobsOf(workflow)];

  test('no job that runs tools may write, publish or read a secret', () => {
    expect(jobs.length).toBeGreaterThan(0);
    for (const [name, job] of jobs) {
      if (!TOOLS.test(job)) continue;
      expect(job, name).not.toMatch(WRITES);
      expect(job, name).not.toMatch(/github\.token|GITHUB_TOKEN|secrets\./);
    }
  });

  test('permissions are none or to read, unless a job states its own', () => {
    expect(workflow).toMatch(/^permissions:( \{\}|\n {2}contents: read)\n(?! {2}\w)/m);
  });

  test('a checkout leaves no token on disk', () => {
    for (const step of workflow.split('- uses: actions/checkout@').slice(1)) {
      const [own = ''] = step.split(/^ {6}- /m);
      expect(own).toMatch(/persist-credentials: false/);
    }
  });

  test('actions are pinned by commit, and pnpm by its version', () => {
    for (const [, version] of workflow.matchAll(/uses: [^@\s]+@(\S+)/g))
      expect(version).toMatch(/^[0-9a-f]{40}$/);
    const { packageManager } = JSON.parse(read(join(ROOT, 'package.json')));
    for (const [pnpm] of workflow.matchAll(/pnpm@[\w.]+/g)) expect(pnpm).toBe(packageManager);
  });
});

describe('the release', () => {
  const workflow = read(join(FOLDER, 'release.yml'));
  const jobs = jobsOf(workflow);

  test('runs where ci has passed on a push to main, on that commit', () => {
    const [, events] = workflow.match(/^on:\n((?: {2}.*\n)+)/m) ?? [];
    expect(events).toBe(
      '  workflow_run:\n    workflows: [ci]\n    types: [completed]\n    branches: [main]\n',
    );
    const build = jobs.get('build') ?? '';
    expect(build).toContain("github.event.workflow_run.conclusion == 'success'");
    expect(build).toContain("github.event.workflow_run.event == 'push'");
    const later = [...jobs].filter(([name]) => name !== 'build');
    for (const [name, job] of later) expect(job, name).toMatch(/^ {4}needs: (build|publish)$/m);
    for (const [name, job] of jobs) {
      for (const [, ref] of job.matchAll(/ref: (.*)/g))
        expect(ref, name).toMatch(/workflow_run\.head_sha|refs\/tags/);
    }
  });

  test('publishes by the identity of a job of its own, without a token of the registry', () => {
    const trusted = [...jobs].filter(([, job]) => job.includes('id-token: write'));
    expect(trusted.map(([name]) => name)).toEqual(['publish']);
    expect(jobs.get('publish')).toContain('--provenance --ignore-scripts');
    expect(workflow).not.toMatch(/secrets\.|NPM_TOKEN|_authToken/);
  });
});
