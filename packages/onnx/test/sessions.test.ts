import { expect, test } from 'vitest';
import { Sessions } from '../src/runtime/sessions.ts';

/** Sessions that only remember what happened to them. */
function counted(limit: number) {
  const log: string[] = [];
  const sessions = new Sessions<{ name: string; release: () => Promise<void> }>(limit);
  const create = (name: string) => async () => {
    log.push(`+${name}`);
    return { name, release: async () => void log.push(`-${name}`) };
  };
  const use = (name: string) => sessions.use(name, create(name), async (session) => session.name);
  return { log, sessions, create, use };
}

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
};

test('calls that come at once share one session', async () => {
  const { log, use } = counted(4);
  await Promise.all(Array.from({ length: 50 }, () => use('a')));
  expect(log).toEqual(['+a']);
});

test('the cache does not grow past its bound: the session used longest ago goes', async () => {
  const { log, sessions, use } = counted(2);
  for (const name of ['a', 'b', 'a', 'c', 'a']) await use(name);
  await sessions.clear();
  expect(log).toEqual(['+a', '+b', '+c', '-b', '-c', '-a']);
});

test('a session in use is not released under its user', async () => {
  const { log, sessions, create, use } = counted(1);
  const { open, opened } = gate();
  const slow = sessions.use('slow', create('slow'), () => opened.then(() => log.push('done')));
  await use('other');
  expect(log).not.toContain('-slow');
  open();
  await slow;
  await sessions.clear();
  expect(log.indexOf('-slow')).toBeGreaterThan(log.indexOf('done'));
});

test('a session that could not be made does not poison the next call', async () => {
  const { log, sessions, use } = counted(4);
  const failing = () => Promise.reject(new Error('no'));
  const both = [0, 1].map(() => sessions.use('a', failing, async () => 1));
  for (const call of both) await expect(call).rejects.toThrow('no');
  expect(await use('a')).toBe('a');
  expect(log).toEqual(['+a']);
});

test('clearing waits until everything is released, once each', async () => {
  const { log, sessions, use } = counted(8);
  await Promise.all(['a', 'b', 'c', 'a'].map(use));
  await Promise.all([sessions.clear(), sessions.clear()]);
  expect(log.filter((entry) => entry.startsWith('-')).sort()).toEqual(['-a', '-b', '-c']);
});

test('making, running and disposing again and again keeps nothing', async () => {
  const { log, sessions, use } = counted(3);
  for (let cycle = 0; cycle < 1000; cycle++) await use(`session ${cycle % 7}`);
  await sessions.clear();
  const made = log.filter((entry) => entry.startsWith('+'));
  expect(log.filter((entry) => entry.startsWith('-'))).toHaveLength(made.length);
  expect(made.length).toBeGreaterThan(900);
});
