import type { AnnouncementKind, RecipientReason } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { groupBy } from '../../../kernel/grouping.js';
import { recipientsOf, type Recipient } from '../../news/recipients.js';
import type { JudgedRelease } from '../../downloads/access/access-facts.js';
import type { AudienceReader, JudgedCustomer } from '../../downloads/audience/audience-reader.js';
import type { AudienceEntry, AudienceStep, AudienceTally } from './audience.schema.js';
import { placeOf, type Placement } from './placement.js';
import type { Reach } from './reach.js';
import { whoDownloaded } from '../../downloads/audience/who-downloaded.js';

/** What one request judges at most. */
const STEP = { customers: 200, licenses: 2_000 };
/** People and customers that a step shows of each group. */
const SAMPLE_SIZE = 20;

export interface PreviewUse {
  readonly database: Database;
  readonly audience: AudienceReader;
  readonly reach: Reach;
}

interface PreviewOptions {
  readonly hasSecondText: boolean;
  readonly isToldExcluded: boolean;
  /** Whether names and addresses may be shown. */
  readonly showsPeople: boolean;
}

interface Placed extends JudgedCustomer {
  readonly placement: Placement;
}

/** Tells whom an announcement would reach, and whom not and why, a bounded part of the customers at a time. */
export class AudiencePreview {
  constructor(private readonly use: PreviewUse) {}

  async step(release: JudgedRelease, after: string | null, options: PreviewOptions): Promise<AudienceStep> {
    const { audience } = this.use;
    const slice = await audience.slice(release.product.id, after, STEP);
    const judged = await audience.judge(release, slice.customerIds);
    const entries = await this.#entries(release, await this.#placed(release, judged, options), options);
    return {
      judgedLicenses: judged.reduce((sum, { licenses }) => sum + licenses.length, 0),
      totalLicenses: await audience.countLicenses(release.product.id),
      first: tallyOf(entries, (entry) => entry.text === 'FIRST'),
      second: tallyOf(entries, (entry) => entry.text === 'SECOND'),
      reasons: reasonsOf(entries),
      sample: options.showsPeople ? sampleOf(entries) : [],
      endCursor: slice.until,
    };
  }

  /** A recall is for those who downloaded the release, whatever they may have now. */
  async #placed(release: JudgedRelease, judged: readonly JudgedCustomer[], { hasSecondText }: PreviewOptions): Promise<readonly Placed[]> {
    if (kindOf(release) === 'ANNOUNCEMENT') return judged.map((one) => ({ ...one, placement: placeOf(one.decision, hasSecondText) }));
    const customerIds = judged.map(({ customerId }) => customerId);
    const { customerIds: downloaded } = await whoDownloaded(this.use.database, release, customerIds);
    return judged
      .filter(({ customerId }) => downloaded.has(customerId))
      .map((one) => ({ ...one, placement: { text: 'FIRST', reason: null } }));
  }

  async #entries(release: JudgedRelease, placed: readonly Placed[], options: PreviewOptions): Promise<readonly PreviewEntry[]> {
    const told = { kind: kindOf(release), row: release.row };
    const { database } = this.use;
    const customerIds = placed.map(({ customerId }) => customerId);
    const people = await recipientsOf(database, customerIds);
    const peopleOf = groupBy(people, ({ customerId }) => customerId);
    const addresses = [...new Set(people.map(({ address }) => address))];
    const barred = await this.use.reach.barred(database, addresses, told);
    const hashes = addresses.map((address) => this.use.reach.addressHash(address));
    const before = options.isToldExcluded ? await this.use.reach.told(database, told, { announcementId: null, hashes }) : new Set<string>();
    const reasonOf = ({ address }: Recipient): RecipientReason | null =>
      before.has(this.use.reach.addressHash(address)) ? 'ALREADY_TOLD' : (barred.get(address) ?? null);
    return placed.flatMap((one) => entriesOf(one, peopleOf(one.customerId), reasonOf));
  }
}

const kindOf = ({ row }: JudgedRelease): AnnouncementKind => (row.status === 'WITHDRAWN' ? 'RECALL' : 'ANNOUNCEMENT');

interface PreviewEntry extends AudienceEntry {
  /** Licenses that this entry stands for: those of a customer are counted once. */
  readonly licenses: number;
}

function entriesOf(one: Placed, people: readonly Recipient[], reasonOf: (recipient: Recipient) => RecipientReason | null): PreviewEntry[] {
  const { customerId, licenses, decision, placement } = one;
  const shared = { customerId, licenseId: decision.licenseId };
  const [contact] = people;
  if (placement.text === null || !contact) {
    const { name = '', address = '' } = contact ?? {};
    return [{ ...shared, name, address, text: null, reason: placement.reason ?? 'NO_ADDRESS', licenses: licenses.length }];
  }
  return people.map((recipient, index) => ({
    ...shared,
    name: recipient.name,
    address: recipient.address,
    text: placement.text,
    reason: reasonOf(recipient),
    licenses: index === 0 ? licenses.length : 0,
  }));
}

function tallyOf(entries: readonly PreviewEntry[], isMeant: (entry: PreviewEntry) => boolean): AudienceTally {
  const meant = entries.filter(isMeant);
  return {
    licenses: meant.reduce((sum, { licenses }) => sum + licenses, 0),
    people: meant.filter(({ reason }) => reason === null).length,
  };
}

function reasonsOf(entries: readonly PreviewEntry[]): AudienceStep['reasons'] {
  const reasons = new Set(entries.flatMap(({ reason }) => reason ?? []));
  return [...reasons].map((reason) => ({ reason, ...countOf(entries.filter((entry) => entry.reason === reason)) }));
}

const countOf = (entries: readonly PreviewEntry[]): AudienceTally => ({
  licenses: entries.reduce((sum, { licenses }) => sum + licenses, 0),
  people: entries.length,
});

/** The first of each group. */
function sampleOf(entries: readonly PreviewEntry[]): readonly AudienceEntry[] {
  const groups = new Map<string, number>();
  return entries.filter((entry) => {
    const group = entry.reason ?? entry.text ?? '';
    const count = (groups.get(group) ?? 0) + 1;
    groups.set(group, count);
    return count <= SAMPLE_SIZE;
  });
}
