/** What a file's name says of version and product; for hints, never for decisions. */
import { guessTarget } from './target-guess.js';
import { parseVersion, type Version } from '../version/version.js';
import { compareNumbers } from '../version/version-order.js';

/** A number with dots that stands apart, with a known prerelease word behind it; `2.4` in `app-2.4.7z`, nothing in `macos11.0`. */
const VERSION_IN_NAME =
  /(?<![a-z0-9.])v?([0-9]{1,24}(?:\.[0-9]{1,24}){1,3})(?:[-._]?(alpha|beta|rc|pre|preview|dev|nightly|canary|snapshot|eap)[-._]?([0-9]*(?:\.[0-9]+)*))?(?![a-z0-9])/gi;

/** What a file was built with, or runs on: a number behind it is not the release's (`app-go-1.21-linux`, `app-qt-6.5`). */
const SURROUNDINGS =
  /[-_.+~ ](?:go|golang|rust|rustc|gcc|clang|llvm|msvc|vc|vs|mingw|ucrt|glibc|musl|libc|python|py|cp|pypy|jdk|jre|java|kotlin|scala|node|nodejs|electron|qt|gtk|wx|php|ruby|perl|lua|net|dotnet|netcoreapp|netframework|cuda|cudnn|rocm|opencl|openssl|boost|llama|macos|osx|darwin|mac|windows|win|ubuntu|debian|fedora|centos|rhel|el|suse|sles|opensuse|alpine|linux|kernel|freebsd|android|ios|api|sdk)[-_.]?$/i;

/** Words that name a system, a processor or a kind of file, not a product. */
const GENERAL_WORDS =
  /^(?:setup|installer?|install|update|updater|full|portable|standalone|release|debug|signed|package|pkg|app|desktop|client|server|cli|win|windows|mac|macos|osx|darwin|apple|linux|unknown|gnu|gnueabi|gnueabihf|musl|msvc|mingw|ubuntu|debian|android|ios|x64|x86|amd64|arm64|arm|armv6|armv7|armhf|aarch64|i386|i686|386|ppc64le|riscv64|s390x|universal|intel|bit|all|bin|static|tar|tgz|zip|exe)$/;
const SHORTEST_WORD = 3;

/** The versions that a file's name carries, as texts: `app-3.0.0-beta.2-macos.dmg` has `3.0.0-beta.2`. */
export function versionsInFileName(fileName: string): readonly string[] {
  return [...fileName.matchAll(VERSION_IN_NAME)]
    .filter(({ index }) => !SURROUNDINGS.test(fileName.slice(Math.max(0, index - 20), index)))
    .map(([, numbers = '', word, count = '']) =>
      word === undefined ? numbers : `${numbers}-${word.toLowerCase()}${count === '' ? '' : `.${count}`}`,
    );
}

/** Whether a version in a file's name can mean this release. A name without a suffix fits its prereleases too. */
export function isSameVersion(inName: string, release: Version): boolean {
  const named = parseVersion(inName);
  if (!named.ok) return false;
  if (compareNumbers(named.value.numbers, release.numbers) !== 0) return false;
  const [own, its] = [piecesOf(named.value.prerelease), piecesOf(release.prerelease)];
  // `-preview.7` of `-preview.7.24405.2`, and the other way round: builds of one prerelease.
  return (
    own.length === 0 ||
    (its.length > 0 && own.slice(0, Math.max(2, its.length)).every((piece, at) => piece === (its[at] ?? (at > 1 ? piece : null))))
  );
}

/**
 * Whether the numbers and words of the release are in the name in a row, whatever is between them: `11.0.9.1` in `jdk_11.0.9_1`.
 * @param named what `versionsInFileName` reads there: it is less than the release, or it is to be believed (`2.4.0-rc.1` for 2.4.0)
 */
export function isWrittenIn(fileName: string, named: readonly string[], release: Version): boolean {
  const [wanted, found] = [piecesOf([release.raw.replace(/^v/i, '')]), piecesOf([fileName])];
  return (
    named.every((one) => piecesOf([one]).length < wanted.length) &&
    found.some((_, start) => wanted.every((piece, at) => piece === found[start + at]))
  );
}

/** `beta.2`, `beta2`, `beta-02` are written for the same thing: words and numbers in turn. */
const piecesOf = (texts: readonly string[]): readonly string[] =>
  (
    texts
      .join('.')
      .toLowerCase()
      .match(/[a-z]+|[0-9]+/g) ?? []
  ).map((piece) => piece.replace(/^0+(?=[0-9])/, ''));

/** The words of an installer's name that name its product; empty when the name has none, or the file is no program. */
export function productWordsOf(fileName: string): readonly string[] {
  const { type } = guessTarget(fileName);
  if (type !== 'INSTALLER' && type !== 'UPDATE') return [];
  const [front = ''] = fileName.split(/[-_.+~ ]v?[0-9]+\./, 1);
  const isWholeName = front === fileName;
  const stem = isWholeName ? fileName.replace(/\.[A-Za-z0-9]+$/, '') : front;
  return words(stem).filter((word) => word.length >= SHORTEST_WORD && !GENERAL_WORDS.test(word));
}

/**
 * Whether a word of a file may be short for a product's name: its letters are in the name in this order, beginning with the
 * same (`hcloud`, `nsc`), or it ends or begins like one of the name's words (`k10tools`, `xmllint`).
 */
export function isShortFor(word: string, name: readonly string[]): boolean {
  const joined = name.join('');
  const bare = word.replace(/(?<=..)(?:cli|ctl|tools?|gui|app)$/, '');
  if (word[0] === joined[0] && isSpelledIn(bare, joined)) return true;
  return name.some(
    (own) => own.length >= SHORTEST_WORD && (word.startsWith(own.slice(0, 4)) || (own.length > SHORTEST_WORD && word.endsWith(own))),
  );
}

function isSpelledIn(word: string, text: string): boolean {
  let from = 0;
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** The words of a text in lower case; letters and digits only. */
export function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
