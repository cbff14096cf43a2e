/** A sample as a module that exports what its lines gave, and what they are said to give. */
export function asModule(code: string): { text: string; wanted: RegExp[] } {
  const wanted: RegExp[] = [];
  const lines = code
    .trim()
    .split('\n')
    .map((line) => {
      const match = /^(?!const |let |import |\/\/)(.*?);\s*\/\/ (.*)$/.exec(line);
      if (!match) return line;
      wanted.push(pattern(match[2] as string));
      return `got.push(show(await (${match[1]})));`;
    });
  return { text: `${SHOW}\n${lines.join('\n')}\n`, wanted };
}

/** `…` stands for more digits. */
function pattern(value: string): RegExp {
  const parts = value.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[0-9e-]*')}$`);
}

/** As JavaScript writes them: arrays of any kind in brackets, texts in quotes, infinities by name. */
const SHOW = `
export const got: string[] = [];
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return '[' + Array.from(value as ArrayLike<unknown> as unknown[], show).join(', ') + ']';
  const entries = Object.entries(value).map(([name, one]) => name + ': ' + show(one));
  return '{ ' + entries.join(', ') + ' }';
}`;
