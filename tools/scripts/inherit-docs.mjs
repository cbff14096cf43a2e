// Neither editors nor typedoc resolve {@inheritDoc ops.x}: the declarations that are built get the documentation of the
// operation itself, which is written once, in src/ops.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** @type {(folder: string, start?: string) => string[]} */
const declarations = (folder, start = '') =>
  readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith('.d.ts'))
    .map((name) => `${folder}/${name}`);

const COMMENT = String.raw`/\*\*(?:(?!\*/)[\s\S])*\*/`;
/** @type {Map<string, string>} */
const docs = new Map();
for (const file of declarations('dist/ops'))
  for (const [, comment = '', name = ''] of readFileSync(file, 'utf8').matchAll(
    new RegExp(String.raw`(${COMMENT})\nexport declare function (\w+)[(<]`, 'g'),
  ))
    if (!docs.has(name)) docs.set(name, comment);

for (const file of declarations('dist', 'reference')) {
  const text = readFileSync(file, 'utf8');
  const found = text.replace(new RegExp(COMMENT, 'g'), (comment) => {
    const [, name] = /\{@inheritDoc ops\.(\w+)\}/.exec(comment) ?? [];
    if (name === undefined) return comment;
    const inherited = docs.get(name);
    if (inherited === undefined) throw new Error(`${file}: ops.${name} has no documentation to inherit`);
    return inherited;
  });
  // Its map would lead to other lines.
  writeFileSync(file, found.replace(/^\/\/# sourceMappingURL=.*\n?/m, ''));
  rmSync(`${file}.map`, { force: true });
}
