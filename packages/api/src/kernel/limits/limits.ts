import { CHANGELOG_MAX_LENGTH, CHANNELS_MAX_COUNT, SETTINGS } from '@slipway/shared';
import { LICENSE_LIMITS } from './license-limits.js';

/** How much of something one request, person or release may have. */
export interface Limit {
  /** What is limited, as a heading: `Nesting of a query`. */
  readonly what: string;
  /** The largest amount that is taken. */
  readonly most: number;
  /** The smallest amount, where there is one. */
  readonly least?: number;
  /** What `most` counts: levels, characters, bytes, ... */
  readonly unit: string;
  /** What would happen without it, or whose recommendation it is. */
  readonly why: string;
}

/**
 * Every limit that a client can run into, in one table. `docs/limits.md` is written from it, and `testing/limits` exceeds each
 * of them: a limit that no probe exceeds does not compile.
 */
export const LIMITS = {
  queryDepth: { what: 'Nesting of a query', most: 10, unit: 'levels', why: 'Each level multiplies what the one above it answers.' },
  introspectionDepth: {
    what: 'Nesting of an introspection query',
    most: 20,
    unit: 'levels',
    why: 'Types wrap types by nature; explorers ask 13 levels.',
  },
  introspectionLists: {
    what: 'Lists of fields inside lists of fields in introspection',
    most: 1,
    unit: 'list',
    why: 'Each one multiplies the whole schema with itself; explorers ask each type once.',
  },
  queryAliases: { what: 'Renamed fields in one document', most: 15, unit: 'aliases', why: 'An alias asks for the same work again.' },
  queryTokens: {
    what: 'Length of a GraphQL document',
    most: 2_000,
    unit: 'tokens',
    why: 'Parsing and validating come before every other check.',
  },
  repeatedNames: {
    what: 'Fields of one name in a GraphQL document',
    most: 100,
    unit: 'times',
    why: 'Validation compares equal names pair by pair; no query of the console has one 30 times.',
  },
  queryObjects: {
    what: 'Objects that one query may ask for',
    most: 10_000,
    unit: 'objects',
    why: 'Nested pages multiply; counted before anything is read.',
  },
  queryBytes: {
    what: 'Usual size of the answer that one query may ask for',
    most: 5_000_000,
    unit: 'bytes',
    why: 'Long texts in many entries; each field weighs what it usually does, before anything is read.',
  },
  replyBytes: {
    what: 'Answer to one GraphQL request',
    most: 5_000_000,
    unit: 'bytes',
    why: 'Texts that are longer than usual; counted while the answer is made, which then stops.',
  },
  replyObjects: {
    what: 'Objects in one answer',
    most: 50_000,
    unit: 'objects',
    why: 'Lists that are longer than usual; counted while the answer is made, which then stops.',
  },
  requestBytes: { what: 'Body of a GraphQL request', most: 512 * 1_024, unit: 'bytes', why: 'It is read whole before anything else.' },
  filesPerRelease: {
    what: 'Files of one release',
    most: 2_000,
    unit: 'files',
    why: 'They are published, judged and shown together.',
  },
  announcedFiles: {
    what: 'Files announced with one release in one request',
    most: 500,
    unit: 'files',
    why: 'All of them are written in one transaction, in which other changes wait.',
  },
  openUploads: {
    what: 'Unfinished uploads of one person or token',
    most: 100,
    unit: 'unfinished uploads',
    why: 'Each holds parts in the store until it ends.',
  },
  openUploadGib: {
    what: 'Declared size of the unfinished uploads of one person or token',
    most: 1_000,
    unit: 'GiB',
    why: 'Room in the store that is taken and not used.',
  },
  signedParts: { what: 'Part URLs of one request', most: 100, unit: 'parts', why: 'Each is a signature; a page of them lasts a while.' },
  revisionsPerRelease: {
    what: 'Revisions of one release',
    most: 1_000,
    unit: 'revisions',
    why: 'All of them are kept with their files, and listed without pages.',
  },
  announcementsPerRelease: {
    what: 'Announcements and recalls of one release, drafts among them',
    most: 200,
    unit: 'announcements',
    why: 'Each is a mail to everybody; more than that nobody reads.',
  },
  shareLinks: {
    what: 'Working share links of one release, and of one product’s channels',
    most: 500,
    unit: 'working share links',
    why: 'Every one is a door; more than that nobody looks after.',
  },
  apiTokens: {
    what: 'Working API tokens of one person',
    most: 1_000,
    unit: 'working API tokens',
    why: 'Every one is a key; more than that nobody looks after.',
  },
  machineKeysPerCustomer: { what: 'Working machine keys of one customer', most: 100, unit: 'working machine keys', why: 'As for tokens.' },
  savedFilters: {
    what: 'Saved filters of one person',
    most: 50,
    unit: 'saved filters',
    why: 'More than anybody finds again in one menu.',
  },
  licensesPerCustomer: {
    what: 'Licenses of one customer that are not revoked',
    most: 1_000,
    unit: 'licenses',
    why: 'All of them are weighed for every download.',
  },
  peoplePerCustomer: {
    what: 'Accounts of one customer that are not disabled',
    most: 1_000,
    unit: 'accounts',
    why: 'They are listed without pages.',
  },
  productsPerPerson: {
    what: 'Products that one person is limited to',
    most: 100,
    unit: 'products',
    why: 'All of them are looked up with every request; without any, a person works on all.',
  },
  channelsPerProduct: {
    what: 'Channels of one product',
    most: CHANNELS_MAX_COUNT,
    unit: 'channels',
    why: 'They are looked through for every latest release.',
  },
  changelogLength: {
    what: 'Changelog of one revision',
    most: CHANGELOG_MAX_LENGTH,
    unit: 'characters',
    why: 'It is rendered, searched and sent as one text.',
  },
  bulkReleases: { what: 'Releases changed by one request', most: 100, unit: 'ids', why: 'Each is a transaction of its own.' },
  statisticsDays: {
    what: 'Days of one statistic',
    most: 1_096,
    unit: 'days',
    why: 'Three years, one of them a leap year; a row each.',
  },
  idText: { what: 'Length of an id', most: 26, unit: 'characters', why: 'Every id is a ULID.' },
  searchText: { what: 'Length of a search', most: 200, unit: 'characters', why: 'SQLite refuses longer patterns, and nobody types more.' },
  cursorText: { what: 'Length of a cursor', most: 2_000, unit: 'characters', why: 'Ours hold two values of a list.' },
  argumentText: {
    what: 'Length of a text that has a rule of its own',
    most: 2_000,
    unit: 'characters',
    why: 'Bounds what the rule is shown; descriptions, filters and changelogs may be longer.',
  },
  argumentList: { what: 'Entries of a list in a request', most: 2_000, unit: 'entries', why: 'Each is looked at, and some are looked up.' },
  failedGuesses: {
    what: 'Different wrong passwords, or license keys, in 15 minutes, by account, device, address, IPv6 /64 and /48',
    most: 10,
    unit: 'guesses',
    why: 'Guessing takes longer than anyone lives; tokens and generated keys pass all the same.',
  },
  mailedLinks: {
    what: 'Links to sign in or to reset a password, and invitations by customers, that are mailed to one address in 15 minutes',
    most: 5,
    unit: 'mails',
    why: 'More would flood a mailbox; a known device is counted by itself.',
  },
  mailedLinksByAddress: {
    what: 'Links to sign in or to reset a password that one address, IPv6 /64 or /48 asks for in 15 minutes',
    most: 30,
    unit: 'mails',
    why: 'An office forgets less than that; more would flood mailboxes of others.',
  },
  invitationsBySender: {
    what: 'Invitations that one person of a customer, or one license key, mails in 15 minutes',
    most: 50,
    unit: 'mails',
    why: 'They go to whoever is named, in the name of the vendor.',
  },
  bulkInvitations: {
    what: 'Customers invited by one request',
    most: 100,
    unit: 'ids',
    why: 'Each is a transaction and a mail of its own.',
  },
  anonymousRequests: {
    what: 'Requests without key, token or session from one address, IPv6 /64 or /48',
    most: SETTINGS.anonymousRequestsPerMinute.defaultValue,
    unit: 'requests a minute',
    why: 'One address should not take the server from all others; the settings or ANONYMOUS_REQUESTS_PER_MINUTE change it.',
  },
  credentialRequests: {
    what: 'Requests with one license key or API token, and of all sessions of a license',
    most: SETTINGS.credentialRequestsPerMinute.defaultValue,
    unit: 'requests a minute',
    why: 'Twenty a second are plenty for a program; the settings or CREDENTIAL_REQUESTS_PER_MINUTE change it.',
  },
  pathPart: {
    what: 'One part of the path of a URL',
    most: 600,
    unit: 'characters',
    why: 'The longest one of ours is the sealed address of a link to unsubscribe.',
  },
  headerBytes: {
    what: 'Headers of a request, its URL with them',
    most: 16_384,
    unit: 'bytes',
    why: 'Node keeps them in memory before anyone is asked who calls.',
  },
  bodySeconds: {
    what: 'Time for a body that is no file',
    most: 30,
    unit: 'seconds',
    why: 'A dripping body holds a connection; files have an idle limit instead.',
  },
  ...LICENSE_LIMITS,
  pageSize: { what: 'Entries of one page', most: 100, unit: 'entries', why: 'A page is read, judged and answered in one piece.' },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof LIMITS;
