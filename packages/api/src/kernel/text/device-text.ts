/** What a User-Agent calls itself, and what people call it; the first that is found counts: many name others as well. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPod)\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];
const NAME = /^[A-Za-z][\w.-]{0,39}/;

/** Browser and system of a User-Agent in a few words, `Firefox on Windows`; a program by its own name; null: it says nothing. */
export function deviceText(userAgent: string): string | null {
  const find = (known: typeof BROWSERS): string | null => known.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  if (browser !== null && system !== null) return `${browser} on ${system}`;
  return browser ?? system ?? NAME.exec(userAgent)?.[0] ?? null;
}
