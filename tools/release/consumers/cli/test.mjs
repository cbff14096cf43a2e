import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

const softmax = (...args) => spawnSync('npx', ['--no-install', 'softmax', ...args], { encoding: 'utf8' });

const checked = softmax('check', 'cpu', '--quick', '--op', 'softmax');
assert.equal(checked.status, 0, checked.stderr);
assert.match(checked.stdout, /S3/);
assert.equal(softmax('--help').status, 0);
const mistaken = softmax('chek');
assert.notEqual(mistaken.status, 0);
assert.match(mistaken.stderr, /chek/);
