import { readdirSync } from 'node:fs';
import { BRING } from './machine.mjs';

/**
 * The tests that need more than Node: their project, what they need, and their files.
 * @type {readonly { project: string, needs: keyof import('./probes.mjs').Missing, files: RegExp }[]}
 */
const GROUPS = [
  {
    project: 'browser',
    needs: 'chromiumGpu',
    files: /^packages\/\w+\/test-browser\/(absent|webgpu)\.test\.ts$/,
  },
  { project: 'browser', needs: 'chromium', files: /^packages\/\w+\/test-browser\/.+\.test\.ts$/ },
  { project: 'playground', needs: 'chromiumGpu', files: /^apps\/playground\/test\/machine\.test\.ts$/ },
  { project: 'playground', needs: 'chromium', files: /^apps\/playground\/test\/.+\.test\.ts$/ },
  { project: 'webgpu', needs: 'nodeGpu', files: /^packages\/\w+\/test-webgpu\/.+\.test\.ts$/ },
];

/**
 * The files of tests that cannot run here, each with its project and the reason.
 * @param {string} root of the repository
 * @param {import('./probes.mjs').Missing} missing
 */
export function leftOut(root, missing) {
  return ['packages', 'apps']
    .flatMap((folder) => testFiles(root, folder))
    .flatMap((file) => {
      // The first group of a file may need what this machine has, and the second not.
      const group = GROUPS.find(({ needs, files }) => missing[needs] && files.test(file));
      return group ? [{ file, project: group.project, reason: missing[group.needs] ?? '' }] : [];
    });
}

/** @param {string} root @param {string} folder @returns {string[]} */
function testFiles(root, folder) {
  return readdirSync(`${root}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFiles(root, path);
    return path.endsWith('.test.ts') ? [path] : [];
  });
}

/**
 * Lines that name each reason and its files, and the command that brings what is missing.
 * @param {readonly { file: string, reason: string }[]} files
 */
export function leftOutLines(files) {
  if (files.length === 0) return [];
  const reasons = [...new Set(files.map(({ reason }) => reason))];
  return [
    ...reasons.flatMap((reason) => [
      `left out: ${reason}`,
      ...files.filter((each) => each.reason === reason).map(({ file }) => `  ${file}`),
    ]),
    `Files left out, each counted as one skipped test: ${files.length}. They run after this command:`,
    `  ${BRING}`,
  ];
}
