import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import { actorId, type Actor } from '../../kernel/actor.js';
import type { RequestContext } from '../../kernel/context.js';
import { amountOf, requireRoom } from '../../kernel/limit-room.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { refuse } from '../../kernel/problem/refusal.js';
import { UserAccount } from '../accounts/user-account.entity.js';
import { hashOf } from '../../machinery/idempotency/idempotency.service.js';
import { ApiToken } from '../tokens/api-token.entity.js';

/** What was done under these rows: somebody opened an upload, whose object is the result. */
const OPERATION = 'openUpload';
/** An upload that moves for longer is not counted any more; one that does not is swept after a day. */
const REMEMBERED_DAYS = 30;
const GIB = 2 ** 30;

interface OpenedUpload {
  readonly storedObjectId: string;
  readonly sizeBytes: number;
  readonly now: Date;
}

interface OwnUpload {
  readonly key_hash: string;
  readonly state: string | null;
  readonly declared_size: number | string | null;
}

/**
 * Counts an upload that was just opened against those that its person or token has left unfinished, and remembers whose it is:
 * beside the idempotency keys, which say who did what with which result. Called in the transaction that opens it, under a
 * lock of the person or token. @throws Refusal TOO_MANY
 */
export async function claimUploadRoom(tx: Transaction, context: RequestContext, opened: OpenedUpload): Promise<void> {
  const owner = actorId(context.actor);
  await lockOwner(tx, context.actor);
  const own = await tx.query<OwnUpload>(
    `SELECT i.key_hash, o.state, o.declared_size FROM idempotency i LEFT JOIN stored_object o ON o.id = i.result_id
     WHERE i.actor_id = ? AND i.operation = ?`,
    [owner, OPERATION],
  );
  const isOpen = ({ state }: OwnUpload): boolean => state === 'UPLOADING';
  requireRoomFor(own.filter(isOpen), opened.sizeBytes);
  const over = own.filter((upload) => !isOpen(upload)).map(({ key_hash }) => key_hash);
  if (over.length > 0)
    await tx.execute(`DELETE FROM idempotency WHERE actor_id = ? AND key_hash IN (${over.map(() => '?').join(', ')})`, [owner, ...over]);
  const key = hashOf(`${OPERATION} ${opened.storedObjectId}`);
  await tx.insertIfAbsent('idempotency', {
    actor_id: owner,
    key_hash: key,
    operation: OPERATION,
    input_hash: key,
    result_id: opened.storedObjectId,
    expires_at: toSqlInstant(new Date(opened.now.getTime() + REMEMBERED_DAYS * 86_400_000)),
  });
}

function requireRoomFor(open: readonly OwnUpload[], sizeBytes: number): void {
  const advice = 'finish or cancel one first';
  requireRoom(LIMITS.openUploads, open.length, { who: 'You have', advice, field: 'fileName' });
  const declaredBytes = open.reduce((sum, upload) => sum + Number(upload.declared_size), sizeBytes);
  if (declaredBytes <= LIMITS.openUploadGib.most * GIB) return;
  refuse('TOO_MANY', `With this file your unfinished uploads come to more than ${amountOf(LIMITS.openUploadGib)}: ${advice}.`, 'size');
}

/** One upload at a time per owner: two cannot both take the last place. */
async function lockOwner(tx: Transaction, actor: Actor): Promise<void> {
  if (actor.kind === 'USER') await tx.lock(UserAccount, { id: actor.userId });
  if (actor.kind === 'TOKEN') await tx.lock(ApiToken, { id: actor.tokenId });
}
