const HIDDEN = '[hidden]';
/** Times that a text may have been encoded over; a spelling that goes deeper is hidden whole. */
const MAX_ENCODINGS = 5;
/** Names of parameters whose values no log shows. A GraphQL document and its variables may hold a password, a search a key or a name. */
const SECRET_NAME =
  /^(?:key|license-?key|x-license-key|signature|token|access-?token|password|secret|search|query|variables|extensions|x-amz-[a-z-]+)$/;
const SECRET_INSIDE = /(?:^|[?&;\s])(?:key|license-?key|signature|token|access-?token|password|secret|x-amz-[a-z-]+)=/;
/** What follows these in a path lets in whoever has it: share links, links of mails, feeds. */
const SECRET_PATHS = ['s', 'unsubscribe', 'invitation', 'link', 'reset', 'address', 'sign-in', 'confirm', 'recall', 'feeds'];
const SECRET_PATH_INSIDE = new RegExp(`(?:^|[/\\\\])(?:${SECRET_PATHS.join('|')})[/\\\\]+[^/\\\\]`);
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*/i;

/** A URL as a log may show it: told by what it means, however it is spelled. */
export function redactUrl(url: string): string {
  const origin = (ORIGIN.exec(url)?.[0] ?? '').replace(/\/\/.*@/s, `//${HIDDEN}@`);
  const rest = url.slice(ORIGIN.exec(url)?.[0].length ?? 0);
  const queryAt = rest.search(/[?#]/);
  const path = queryAt < 0 ? rest : rest.slice(0, queryAt);
  return origin + redactPath(path) + (queryAt < 0 ? '' : rest[queryAt]! + redactQuery(rest.slice(queryAt + 1)));
}

/** What follows the name of a secret path is hidden; of a share link the name of the file stays. */
function redactPath(path: string): string {
  const meant = decodeFully(path);
  if (meant === null) return `/${HIDDEN}`;
  // An encoded question mark hides a query in the path.
  if (SECRET_INSIDE.test(meant.toLowerCase())) return `/${HIDDEN}`;
  const segments = segmentsOf(meant);
  const kind = segments[0]?.toLowerCase() ?? '';
  if (!SECRET_PATHS.includes(kind) || segments.length < 2) return path;
  const shown = kind === 's' ? segments.slice(2).map(encodeURIComponent) : [];
  return ['', kind, HIDDEN, ...shown].join('/');
}

/** What a client or a proxy makes of a path: no empty segments, no dots. */
function segmentsOf(path: string): string[] {
  const kept: string[] = [];
  for (const segment of path.split(/[/\\]+/)) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return kept;
}

function redactQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? ['', pair] : [pair.slice(0, at), pair.slice(at + 1)];
      return isSecretName(name) || holdsSecret(value) ? `${at < 0 ? '' : `${name}=`}${HIDDEN}` : pair;
    })
    .join('&');
}

function isSecretName(name: string): boolean {
  const meant = decodeFully(name);
  // `a;key` and `input[key]` are names to some; the last word counts.
  return meant === null || meant.split(/[\s;.[\]?&#]+/).some((word) => SECRET_NAME.test(word.trim().toLowerCase().replaceAll('_', '-')));
}

/** An address inside a value, such as where to go next. */
function holdsSecret(value: string): boolean {
  const meant = decodeFully(value)?.toLowerCase();
  return meant === undefined || SECRET_INSIDE.test(meant) || SECRET_PATH_INSIDE.test(meant);
}

/** Undoes every percent-encoding, one in another too; null when there is no end to it. */
function decodeFully(text: string): string | null {
  let meant = text;
  for (let round = 0; round < MAX_ENCODINGS; round += 1) {
    const decoded = decodeOnce(meant);
    if (decoded === meant) return meant;
    meant = decoded;
  }
  return decodeOnce(meant) === meant ? meant : null;
}

/** What cannot be decoded stays as it is. */
const decodeOnce = (text: string): string =>
  text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'));
