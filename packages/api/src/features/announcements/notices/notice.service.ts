import type { Database } from '../../../database/database.js';
import { toSqlInstant } from '../../../database/instants.js';
import { readKeysetList, type KeysetList } from '../../../database/keyset-list.js';
import { oneOf, type Transaction } from '../../../database/transaction.js';
import type { RequestContext } from '../../../kernel/context.js';
import { COUNT_CAP, type Connection, type ForwardPageArgs } from '../../../kernel/pagination.js';
import { badInput, notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { databaseNow } from '../../../machinery/jobs/job-queue.js';
import { noticeRefusals as words } from '../../../messages/refusals.js';
import { AnnouncementRecipient } from '../announcement.entity.js';
import type { RecallTokens } from '../recalls/recall-tokens.js';
import { isTheirs, noticeOwnerOf, rowsOf, shownOf, type NoticeOwner } from './notice-owner.js';
import type { AcknowledgeRecallInput, NoticeType, RecallNoticeType } from './notice.schema.js';
import type { NoticeView } from './notice-view.js';

export interface NoticeServiceUse {
  readonly database: Database;
  readonly view: NoticeView;
  readonly tokens: RecallTokens;
}

const NEWEST: KeysetList<AnnouncementRecipient> = {
  name: 'notice',
  table: 'announcement_recipient',
  entity: AnnouncementRecipient,
  order: { columns: ['id'], isDescending: true },
  cursorOf: ({ id }) => [id],
};
const NOBODY: NoticeOwner = { customerId: '', userId: null, productIds: [] };
/** Rows that are marked in one transaction. */
const MARKED_AT_ONCE = 50;
const IDS_MAX_COUNT = 100;

/** What people were told, as they find it in the portal. Nobody sees, reads or confirms what is another's. */
export class NoticeService {
  constructor(private readonly use: NoticeServiceUse) {}

  /** Newest first; none for whoever is no customer. */
  async list({ actor }: RequestContext, args: ForwardPageArgs): Promise<Connection<NoticeType>> {
    const owner = noticeOwnerOf(actor) ?? NOBODY;
    const each = rowsOf(owner);
    const either = {
      sql: `(${each.map(({ sql }) => `(${sql})`).join(' OR ')})`,
      parameters: each.flatMap(({ parameters }) => parameters),
    };
    const page = await readKeysetList(this.use.database, NEWEST, { args, where: shownOf(owner), split: { each, either } });
    const shown = new Map((await this.use.view.show(page.nodes)).map((notice) => [notice.id, notice]));
    const edges = page.edges.flatMap(({ cursor, node }) => {
      const notice = shown.get(node.id);
      return notice ? [{ cursor, node: notice }] : [];
    });
    return { ...page, edges, nodes: edges.map(({ node }) => node) };
  }

  /** How many they have not read, at most 1,000. */
  async countUnread({ actor }: RequestContext): Promise<number> {
    const owner = noticeOwnerOf(actor);
    if (!owner) return 0;
    const { sql, parameters } = isTheirs(owner);
    const [row] = await this.use.database.query<{ total: number | string }>(
      `SELECT COUNT(*) AS total FROM (SELECT 1 FROM announcement_recipient WHERE ${sql} AND read_at IS NULL LIMIT ?) AS unread`,
      [...parameters, COUNT_CAP],
    );
    return Number(row?.total ?? 0);
  }

  /** @param ids null: all */
  async markRead({ actor }: RequestContext, ids: readonly string[] | null): Promise<void> {
    if (ids !== null && ids.length > IDS_MAX_COUNT) throw badInput(words.tooMany(IDS_MAX_COUNT));
    const owner = noticeOwnerOf(actor);
    if (!owner) throw notFound('notice');
    for (;;) {
      const marked = await this.use.database.transaction((tx) => markSome(tx, owner, ids));
      if (marked < MARKED_AT_ONCE) return;
    }
  }

  /** Says that the release was replaced: by its person in the portal, or by whoever has the link of the mail. Once said, it stays. */
  async acknowledge(context: RequestContext, { id = null, token = null }: AcknowledgeRecallInput): Promise<RecallNoticeType> {
    if ((id === null) === (token === null)) refuse('ONE_OF', words.idOrToken, 'id');
    const row = token === null ? await this.#own(context, id ?? '') : await this.#byToken(token);
    if (!row || !(await this.use.view.showRecall(row))) throw notFound('recall');
    await this.use.database.transaction(async (tx) => {
      const at = toSqlInstant(await databaseNow(tx));
      await tx.execute(
        'UPDATE announcement_recipient SET acknowledged_at = COALESCE(acknowledged_at, ?), read_at = COALESCE(read_at, ?) WHERE id = ?',
        [at, at, row.id],
      );
    });
    const notice = await this.use.view.showRecall(await this.use.database.read.findOneByOrFail(AnnouncementRecipient, { id: row.id }));
    if (!notice) throw notFound('recall');
    return notice;
  }

  /** What the link of a mail shows; looking changes nothing. */
  async findRecall(token: string): Promise<RecallNoticeType | null> {
    const row = await this.#byToken(token);
    return row && this.use.view.showRecall(row);
  }

  async #byToken(token: string): Promise<AnnouncementRecipient | null> {
    const id = this.use.tokens.open(token);
    return id === null ? null : this.use.database.read.findOneBy(AnnouncementRecipient, { id });
  }

  async #own({ actor }: RequestContext, id: string): Promise<AnnouncementRecipient | null> {
    const { sql, parameters } = isTheirs(noticeOwnerOf(actor) ?? NOBODY);
    const [row] = await this.use.database.query<{ id: string }>(`SELECT id FROM announcement_recipient WHERE id = ? AND ${sql}`, [
      id,
      ...parameters,
    ]);
    return row ? this.use.database.read.findOneBy(AnnouncementRecipient, { id: row.id }) : null;
  }
}

async function markSome(tx: Transaction, owner: NoticeOwner, ids: readonly string[] | null): Promise<number> {
  const { sql, parameters } = isTheirs(owner);
  const named = ids === null ? { sql: '1 = 1', parameters: [] } : oneOf('id', ids);
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM announcement_recipient WHERE ${sql} AND ${named.sql} AND read_at IS NULL ORDER BY id LIMIT ?`,
    [...parameters, ...named.parameters, MARKED_AT_ONCE],
  );
  const at = toSqlInstant(await databaseNow(tx));
  for (const { id } of rows) await tx.execute('UPDATE announcement_recipient SET read_at = ? WHERE id = ? AND read_at IS NULL', [at, id]);
  return rows.length;
}
