/** What bounds licenses; rows of `LIMITS`. */
export const LICENSE_LIMITS = {
  ownLicenseKey: {
    what: 'A license key of the vendor’s own making',
    least: 16,
    most: 100,
    unit: 'characters',
    why: 'Shorter ones can be guessed; those that exist already keep working.',
  },
  importedLicenseKey: {
    what: 'A license key in an imported file',
    least: 8,
    most: 100,
    unit: 'characters',
    why: 'Systems of before made short ones; those below 16 are weak and are refused where too many wrong keys were tried.',
  },
  importBytes: { what: 'A file of licenses to import', most: 10_000_000, unit: 'bytes', why: 'It is read whole before anything else.' },
  importLines: {
    what: 'Lines of a file of licenses to import',
    most: 20_000,
    unit: 'lines',
    why: 'Each is tried, then written, in a transaction of its own.',
  },
  importColumns: {
    what: 'Cells of a line of a file of licenses to import',
    most: 500,
    unit: 'cells',
    why: 'Licenses have 22 columns; files of other systems have some more, which are shown as passed over.',
  },
  licenseImports: {
    what: 'Imports of licenses that are being checked or run',
    most: 5,
    unit: 'imports',
    why: 'They are worked on one after the other.',
  },
  bulkLicenses: { what: 'IDs of one change of many licenses', most: 1_000, unit: 'ids', why: 'A filter names more, without sending them.' },
  licenseTasks: {
    what: 'Changes of many licenses that are not done',
    most: 20,
    unit: 'tasks',
    why: 'They are worked on one after the other.',
  },
  endsWithinDays: {
    what: 'Days within which licenses are looked for that end soon',
    most: 3_650,
    unit: 'days',
    why: 'Ten years are further than anybody renews.',
  },
} as const;
