import type { ContractStore } from './contract-stores.cases.js';

const AT_ONCE = 8;
/** What may happen to one character. */
const CHANGES: readonly ((character: string) => string)[] = [
  (character) => (character === '0' ? '1' : '0'),
  (character) => (character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase()),
  () => '',
  (character) => character + character,
  () => '%00',
];

/**
 * URLs that differ from this one in one character of path or query, each character in turn, or in one parameter. Other
 * spellings of the same URL (`%2f` for `%2F`, say) are left out for S3, whose signature is over the meaning; the disk
 * store must refuse those too.
 */
export function alterationsOf(url: string, kind: ContractStore['kind']): string[] {
  const normalOf = kind === 'disk' ? (text: string): string => new URL(text).href : meaningOf;
  const candidates = [...characterAlterationsOf(url), ...parameterAlterationsOf(url)];
  return candidates.filter((candidate) => normalOf(candidate) !== normalOf(url));
}

/** Sends to every URL, several at once. */
export async function answersTo(
  urls: readonly string[],
  send: (url: string) => Promise<Response>,
): Promise<{ readonly url: string; readonly status: number }[]> {
  const answers: { url: string; status: number }[] = [];
  const rest = urls.values();
  const work = async (): Promise<void> => {
    for (const url of rest) {
      const answer = await send(url);
      await answer.arrayBuffer();
      answers.push({ url, status: answer.status });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}

function characterAlterationsOf(url: string): string[] {
  const start = new URL(url).origin.length + 1;
  return Array.from(url.slice(start)).flatMap((character, offset) => {
    const index = start + offset;
    // Two of the five changes for each character, so that every kind of character meets every change.
    return [CHANGES[index % CHANGES.length], CHANGES[(index + 2) % CHANGES.length]].map(
      (change) => url.slice(0, index) + (change?.(character) ?? '') + url.slice(index + 1),
    );
  });
}

function parameterAlterationsOf(url: string): string[] {
  const [base = '', query = ''] = url.split('?');
  const pairs = query.split('&');
  const shortened = pairs.map((pair) => `${base}?${pairs.filter((kept) => kept !== pair).join('&')}`);
  return [...shortened, base, `${url}%20`, `${base}/../x?${query}`, `${base}%2f?${query}`, `${base}/?${query}`, `${url}&partNumber=2`];
}

/** Equal for two spellings of the same URL: escapes resolved, parameter names in lower case, empty pairs and order ignored. */
function meaningOf(url: string): string {
  const { pathname, searchParams } = new URL(url);
  const pairs = [...searchParams].filter(([name]) => name !== '').map(([name, value]) => `${name.toLowerCase()}=${value}`);
  return [decodeURIComponent(pathname), ...pairs.sort()].join('\n');
}
