/** Programs that download, by how their `User-Agent` begins or what it holds; the first that fits. */
const CLIENTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['curl', /^curl\//i],
  ['wget', /^wget/i],
  ['aria2', /^aria2\//i],
  ['apt', /^debian apt|^apt-/i],
  ['dnf', /libdnf|^dnf|^yum/i],
  ['zypper', /^zypp/i],
  ['pacman', /^pacman/i],
  ['pip', /^pip\//i],
  ['npm', /^npm\/|^pnpm\/|^yarn\//i],
  ['docker', /^docker\//i],
  ['gh', /^github cli/i],
  ['Python', /^python/i],
  ['PowerShell', /powershell/i],
  ['Electron', /electron/i],
  ['Go', /^go-http-client/i],
  ['Java', /^java|^apache-httpclient|^okhttp/i],
  ['Node', /^node|^undici|^axios/i],
  ['Browser', /^mozilla\//i],
];

/** The kind of program that asked, never its whole `User-Agent`: that could tell people apart. Null for one that is not known. */
export function clientName(userAgent: string): string | null {
  return CLIENTS.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null;
}
