import type { Database } from '../../../database/database.js';
import { findByIds } from '../../../database/entity-rows.js';
import { announcementMessages as words } from '../../../messages/announcements.js';
import { Product } from '../../products/product.entity.js';
import type { JudgedRelease } from '../../downloads/access/access-facts.js';
import { Announcement, type AnnouncementRecipient } from '../announcement.entity.js';
import type { AudienceReader, JudgedCustomer } from '../../downloads/audience/audience-reader.js';
import type { Replacements } from '../recalls/replacements.js';
import { customerNames } from '../sending/recipient-rows.js';
import { releaseUrl, valuesFor, type AnnouncementValues } from '../text/announcement-values.js';
import { fillHtml, fillLine } from '../text/fill-in.js';
import { readTelling, type Telling, type ToldFactsUse } from '../text/told-facts.js';
import type { NoticeType, RecallNoticeType } from './notice.schema.js';

export interface NoticeViewUse extends ToldFactsUse {
  readonly database: Database;
  readonly audience: AudienceReader;
  readonly replacements: Replacements;
}

/** A release that is told of, as one customer has it now. */
interface Standing {
  readonly release: JudgedRelease;
  readonly telling: Telling;
  readonly customer: JudgedCustomer;
  readonly customerName: string;
  readonly replacement: string | null;
}

/** Makes notices of rows: what they say, and whether it still holds. */
export class NoticeView {
  constructor(private readonly use: NoticeViewUse) {}

  /** @param rows all of one customer */
  async show(rows: readonly AnnouncementRecipient[]): Promise<readonly NoticeType[]> {
    const announcements = new Map(
      (await findByIds(this.use.database, Announcement, [...new Set(rows.map((row) => row.announcementId))])).map((row) => [row.id, row]),
    );
    const standings = new Map<string, Standing | null>();
    const shown: NoticeType[] = [];
    for (const row of rows) {
      const announcement = announcements.get(row.announcementId);
      if (!announcement) continue;
      const { downloadableId } = announcement;
      if (!standings.has(downloadableId)) standings.set(downloadableId, await this.#standing(announcement, row.customerId));
      shown.push(await this.#notice(row, announcement, standings.get(downloadableId) ?? null));
    }
    return shown;
  }

  /** What whoever has the link of a recall sees; null: it is none. */
  async showRecall(row: AnnouncementRecipient): Promise<RecallNoticeType | null> {
    const [notice] = await this.show([row]);
    return notice?.kind === 'RECALL' ? notice : null;
  }

  async #standing({ kind, downloadableId }: Announcement, customerId: string): Promise<Standing | null> {
    const release = await this.use.audience.release(downloadableId);
    if (!release) return null;
    const [customer] = await this.use.audience.judge(release, [customerId]);
    if (!customer) return null;
    const replacements = kind === 'RECALL' ? await this.use.replacements.of(release, [customerId]) : new Map<string, string>();
    const names = await customerNames(this.use.database, [customerId]);
    return {
      release,
      customer,
      customerName: names.get(customerId) ?? '',
      telling: await readTelling(this.use, release),
      replacement: replacements.get(customerId) ?? null,
    };
  }

  async #notice(row: AnnouncementRecipient, announcement: Announcement, standing: Standing | null): Promise<NoticeType> {
    const shared = {
      id: row.id,
      kind: announcement.kind,
      version: announcement.version,
      createdAt: row.toldAt ?? announcement.createdAt,
      readAt: row.readAt,
      acknowledgedAt: row.acknowledgedAt,
      fileName: row.fileName,
      downloadedAt: row.downloadedAt,
    };
    if (!standing) return { ...shared, ...GONE, ...(await this.#goneNames(announcement)) };
    const values = valuesOf(row, standing);
    const text = textOf(row, announcement);
    const { release, telling, replacement } = standing;
    const pathOf = (version: string): string => releaseUrl({ ...telling.told, publicUrl: '' }, version);
    return {
      ...shared,
      productName: release.product.name,
      title: fillLine(text.subject, values),
      // The notice has buttons of its own.
      html: fillHtml(text.body, { ...values, buttons: {} }, () => ''),
      reason: release.row.withdrawReason,
      severity: release.row.withdrawSeverity,
      replacementVersion: replacement,
      replacementPath: replacement === null ? null : pathOf(replacement),
      releasePath: pathOf(announcement.version),
      hint: hintOf(row, announcement, standing),
    };
  }

  async #goneNames({ productId, version }: Announcement): Promise<Pick<NoticeType, 'productName' | 'title'>> {
    const product = await this.use.database.read.findOneBy(Product, { id: productId });
    const productName = product?.name ?? '';
    return { productName, title: `${productName} ${version}` };
  }
}

const GONE = {
  html: '',
  reason: null,
  severity: null,
  replacementVersion: null,
  replacementPath: null,
  releasePath: null,
  hint: words.gone,
};

function valuesOf(row: AnnouncementRecipient, { telling, customer, customerName, replacement }: Standing): AnnouncementValues {
  const license = customer.licenses.find(({ id }) => id === row.licenseId) ?? null;
  const { fileName, downloadedAt } = row;
  return valuesFor(
    telling.told,
    { name: row.name, customer: customerName, license },
    { fileName, downloadedAt, replacement, acknowledgeUrl: null },
  );
}

const textOf = ({ text }: AnnouncementRecipient, { subject, body, secondSubject, secondBody }: Announcement) =>
  text === 'SECOND' ? { subject: secondSubject ?? subject, body: secondBody ?? body } : { subject, body };

/** Said of a release that was open to them when they were told. */
function hintOf({ text }: AnnouncementRecipient, { kind }: Announcement, { customer: { decision } }: Standing): string | null {
  return kind === 'RECALL' || text === 'SECOND' || decision.allowed ? null : decision.message;
}
