/** Lists of checksums as sha256sum and its kin write them: one file to a line. */

export interface ListedChecksum {
  readonly fileName: string;
  readonly sha256: string;
}

/** `<hash>  name`, `<hash> *name`, and the BSD form `SHA256 (name) = <hash>`. */
const LINES = [
  /^(?<hash>[0-9a-f]{64})\s+\*?(?:\.\/)?(?<name>\S.*)$/i,
  /^SHA256 \((?:\.\/)?(?<name>.+)\) = (?<hash>[0-9a-f]{64})$/i,
  /^(?<name>\S+)\s+(?<hash>[0-9a-f]{64})$/i,
];

/** The checksums of a text; empty when it is no such list. */
export function parseChecksumList(text: string): readonly ListedChecksum[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const groups = LINES.map((pattern) => pattern.exec(line.trim())?.groups).find(Boolean);
    const { name, hash } = groups ?? {};
    return name && hash ? [{ fileName: name.trim(), sha256: hash.toLowerCase() }] : [];
  });
}
