/** How side files are named: what is appended to the name of the file they speak of, and what lists of all files are called. */
import { fileNameKey } from './asset-name.js';

/** Appended to a main file's name. One may follow another: `app.exe.sha256.asc` speaks of `app.exe` too. */
export const SIDE_SUFFIXES = {
  signature: [
    '.sig',
    '.asc',
    '.minisig',
    '.gpg',
    '.p7s',
    '.tsr',
    '.sigstore',
    '.sigstore.json',
    '.bundle',
    '.cosign.bundle',
    '-keyless.sig',
    '-keyless.sigstore.json',
  ],
  certificate: ['.pem', '.crt', '.cert', '.cer', '.pub', '-keyless.pem'],
  checksum: ['sha', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'md5', 'b3', 'blake3'].flatMap((hash) =>
    ['', 'sum', 'sums', '.txt', 'sum.txt'].map((end) => `.${hash}${end}`),
  ),
  provenance: ['.intoto.jsonl', '.att', '.attestation', '.provenance', '.provenance.json'],
  sbom: ['.sbom', '.sbom.json', '.sbom.xml', '.spdx', '.spdx.json', '.cdx', '.cdx.json', '.cdx.xml', '.bom.json', '.cyclonedx.json'],
  /** Read by updaters, which fetch parts of the main file. */
  update: ['.blockmap', '.zsync'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SideKind = keyof typeof SIDE_SUFFIXES;

const KINDS = new Map<string, SideKind>(
  // The proof of the cast: the table's keys are exactly the kinds.
  (Object.keys(SIDE_SUFFIXES) as SideKind[]).flatMap((kind) => SIDE_SUFFIXES[kind].map((suffix) => [suffix, kind] as const)),
);
const SUFFIX = new RegExp(
  `(?:${[...KINDS.keys()]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|')})$`,
);

/** `SHA256SUMS`, `checksums.txt`, `app_1.2_checksums.txt`, `SHASUMS256.txt`, `checksums-linux.txt`, `sha256.txt`, `multiple.intoto.jsonl`. */
const LIST = new RegExp(
  [
    // Without an ending only in the plural: md5sum and checksum are programs.
    String.raw`(?:checksums|(?:^|[-_.+])(?:sha|md|b|blake)[-_]?[0-9]{0,3}[-_]?sums(?:[-_]?[0-9]{1,3})?)$`,
    String.raw`(?:checksums?|(?:^|[-_.+])(?:sha|md|b|blake)[-_]?[0-9]{0,3}[-_]?sums?(?:[-_]?[0-9]{1,3})?)(?:[-_.][a-z0-9._-]+)?\.txt$`,
    String.raw`^(?:sha(?:1|224|256|384|512)|md5)(?:\.txt)?$`,
    String.raw`^checksums[-_][a-z0-9]+$`,
    String.raw`^(?:multiple|provenance|attestations?|s?bom)(?:\.(?:intoto|spdx|cdx|cyclonedx|jsonl?|xml|txt))+$`,
  ].join('|'),
);

/** A hash within the name of a text: `app-linux-sha256-1.2.txt` speaks of `app-linux-1.2`. */
const WITHIN = /^(.+)[-_.](?:sha(?:1|224|256|384|512)|md5)(?:sums?)?([-_.].+)\.txt$/;

/** The name of which a checksum speaks that has the hash in its midst; null where it has none. */
export function nameAroundHash(fileName: string): string | null {
  const [, before, behind] = WITHIN.exec(fileNameKey(fileName)) ?? [];
  return before === undefined || behind === undefined ? null : before + behind;
}

/** A suffix, and what a file with it is. */
export interface SideSuffix {
  readonly suffix: string;
  readonly kind: SideKind;
}

/** The longest suffix of a side file that a name ends in; null when it has none, or is nothing else. */
export function sideSuffixOf(fileName: string): SideSuffix | null {
  const key = fileNameKey(fileName);
  const suffix = SUFFIX.exec(key)?.[0];
  const kind = suffix !== undefined && suffix.length < key.length ? KINDS.get(suffix) : undefined;
  return suffix === undefined || kind === undefined ? null : { suffix, kind };
}

/** Whether a name is that of a list for all files of a release: checksums, provenance, a bill of materials. */
export function isReleaseList(fileName: string): boolean {
  return LIST.test(fileNameKey(fileName));
}

function escaped(text: string): string {
  return text.replace(/[.-]/g, String.raw`\$&`);
}
