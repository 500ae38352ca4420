/** What bounds licenses; rows of `LIMITS`. */
export const LICENSE_LIMITS = {
  ownLicenseKey: {
    what: 'A license key of the vendor’s own making',
    least: 16,
    most: 100,
    unit: 'characters',
    why: 'Shorter ones can be guessed; those that exist already keep working.',
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
