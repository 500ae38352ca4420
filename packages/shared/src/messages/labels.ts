/** What things are called. */

export const assetTypeLabels = {
  INSTALLER: 'Installer',
  UPDATE: 'Update',
  DOCUMENTATION: 'Documentation',
  SOURCE_CODE: 'Source code',
  OTHER: 'Other',
} as const;

export const platformLabels = {
  WINDOWS: 'Windows',
  MACOS: 'macOS',
  LINUX: 'Linux',
  ANDROID: 'Android',
  IOS: 'iOS',
  WEB: 'Web',
  ALL: 'All platforms',
} as const;

export const architectureLabels = {
  X64: 'x64',
  ARM64: 'Arm64',
  X86: 'x86',
  ARM: 'Arm',
  UNIVERSAL: 'Universal',
} as const;

/** How people call the processors of Macs. */
export const macLabels = { X64: 'Intel', ARM64: 'Apple silicon' } as const;

export const licenseStateLabels = {
  ACTIVE: 'Active',
  ENDING: 'Ends soon',
  EXPIRED: 'Expired',
  NOT_STARTED: 'Not started',
  SUSPENDED: 'Suspended',
  REVOKED: 'Revoked',
} as const;
