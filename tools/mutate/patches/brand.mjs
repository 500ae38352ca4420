/** The vendor's logo and color, and who saved what. */
const ACCENT = ['accent.test.ts'];
const LOGO = ['logo.test.ts'];
const BRAND = ['brand.test.ts'];

export const PATCHES = [
  {
    name: 'accent-less-readable',
    file: 'setting/accent.ts',
    find: 'export const READABLE = 4.5;',
    replace: 'export const READABLE = 3;',
    fault: 'text on the accent has the contrast of large text only',
    tests: ['accent.test.ts', 'ui/styles.test.ts', 'brand.rules.test.ts'],
  },
  {
    name: 'accent-forgets-soft',
    file: 'setting/accent.ts',
    find: 'readableOn([...SURFACES.dark, soft], hover, STEP)',
    replace: 'hover',
    fault: 'links are not judged on the ground of what is chosen',
    tests: ACCENT,
  },
  {
    name: 'accent-steps-over',
    file: 'setting/accent.ts',
    find: 'const STEP = 0.005;',
    replace: 'const STEP = 0.1;',
    fault: 'a color becomes much darker than it has to',
    tests: ACCENT,
  },
  {
    name: 'logo-with-tail',
    file: 'setting/logo.ts',
    find: 'hasPixels && at + 12 === bytes.length',
    replace: 'hasPixels',
    fault: 'something rides along behind a PNG',
    tests: LOGO,
  },
  {
    name: 'logo-any-size',
    file: 'setting/logo.ts',
    find: 'pixels <= LOGO_MOST_PIXELS',
    replace: 'pixels <= 2 * LOGO_MOST_PIXELS',
    fault: 'a logo has more pixels than it may',
    tests: LOGO,
  },
  {
    name: 'logo-opens-as-page',
    file: 'vendor.routes.ts',
    find: "default-src 'none'; sandbox; frame-ancestors 'none'",
    replace: "default-src 'self'",
    fault: 'a logo that is opened by itself is not in a sandbox',
    tests: BRAND,
  },
  {
    name: 'logos-pile-up',
    file: 'vendor-logos.ts',
    find: "await tx.execute('DELETE FROM vendor_logo WHERE digest NOT IN (?, ?)', [before, after]);",
    replace: '',
    fault: 'logos of long ago stay in the database',
    tests: BRAND,
  },
  {
    name: 'event-for-all',
    file: 'saved-setting.resolver.ts',
    find: "if (eventId === null || !mayUse(context.actor, 'log:read', null)) return null;",
    replace: 'if (eventId === null) return null;',
    fault: 'a token without log:read reads the audit trail through the settings',
    tests: BRAND,
  },
  {
    name: 'brand-of-capitals',
    file: 'setting-check.ts',
    find: "declarationOf(name).kind === 'COLOR' ? text.trim().toLowerCase() : text.trim()",
    replace: 'text.trim()',
    fault: 'the same color in capitals is another value',
    tests: BRAND,
  },
];
