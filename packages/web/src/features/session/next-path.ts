/** Where to go after signing in: a path of this site only, so that a prepared link cannot lead elsewhere. */
export function safeNextPath(next: unknown, origin: string): string | null {
  if (typeof next !== 'string' || !next.startsWith('/')) return null;
  const url = URL.canParse(next, origin) ? new URL(next, origin) : null;
  if (url?.origin !== origin || url.pathname === '/login') return null;
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Dots are gone now, and what they hid may lead elsewhere: `/.//evil.example/` has become `//evil.example/`.
  return URL.canParse(path, origin) && new URL(path, origin).href === url.href ? path : null;
}
