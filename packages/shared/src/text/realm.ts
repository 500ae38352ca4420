const NAMELESS = 'downloads';

/** A name as the header of a challenge can hold it: printable ASCII without quotes. */
export function realmOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^ -~]|["\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? NAMELESS : plain;
}
