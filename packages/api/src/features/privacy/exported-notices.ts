import { In, MoreThan } from 'typeorm';
import type { Database } from '../../database/database.js';
import { Announcement, AnnouncementRecipient } from '../announcements/announcement.entity.js';

/** Rows in memory at a time. */
const BATCH = 500;

/** What a customer and its people were told of releases, oldest first, and what they did with it. */
export async function* listNotices(database: Database, customerId: string): AsyncGenerator<object[]> {
  for (let last = ''; ;) {
    const page = await database.read.find(AnnouncementRecipient, {
      where: { customerId, id: MoreThan(last) },
      order: { id: 'ASC' },
      take: BATCH,
    });
    const told = await database.read.find(Announcement, {
      select: { id: true, kind: true, version: true },
      where: { id: In([...new Set(page.map(({ announcementId }) => announcementId))]) },
    });
    const known = new Map(told.map(({ id, kind, version }) => [id, { kind, version }]));
    yield page.map(({ id: _id, announcementId, addressHash: _hash, customerId: _customer, mailId: _mail, ...row }) => ({
      ...known.get(announcementId),
      ...row,
    }));
    if (page.length < BATCH) return;
    last = page.at(-1)?.id ?? '';
  }
}
