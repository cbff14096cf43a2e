import { refuse } from '../input-error.ts';

const SHOWN = 20;

/** The array that is meant in a file of several: the one that was named, or the only one. */
export function chosen(place: string, names: readonly string[], member: string | undefined): string {
  const [only] = names;
  if (only === undefined) refuse(place, 'it holds no array');
  const first = names.slice(0, SHOWN).map((name) => `${place}:${name}`);
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  const known = `allowed: ${first.join(', ')}${more}`;
  if (member !== undefined && !names.includes(member)) refuse(place, `no array ${member}; ${known}`);
  if (member === undefined && names.length > 1) refuse(place, `it holds ${names.length} arrays; ${known}`);
  return member ?? only;
}
