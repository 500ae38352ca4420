import { checkName, coversProduct, effectiveProducts, effectiveScopes, ROLE_SCOPES, SCOPES, type Role, type Scope } from '@slipway/shared';
import { IsNull, MoreThan } from 'typeorm';
import { mayUse, productScopeOf } from '../../kernel/policy.js';
import { splitList } from '../../database/columns.js';
import type { Database } from '../../database/database.js';
import { ownerPages, type OwnerPage } from '../../database/owner-pages.js';
import { EVERYTHING, oneOf, type Transaction } from '../../database/transaction.js';
import { fromSqlInstantOrNull, toSqlInstant } from '../../database/instants.js';
import type { Actor, TokenActor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import { newId } from '../../kernel/ids.js';
import type { Connection, ForwardPageArgs } from '../../kernel/pagination.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import { hashToken, randomToken, TOKEN_PREFIX } from '../../kernel/secret/secrets.js';
import { requireRoom } from '../../kernel/limit-room.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { UserAccount } from '../accounts/user-account.entity.js';
import { scopeOfRows, type UserProductRow } from '../accounts/user-products.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../../machinery/idempotency/idempotency.service.js';
import { Product } from '../products/product.entity.js';
import { ApiToken } from './api-token.entity.js';
import type { CreateApiTokenInput } from './token.schema.js';

const NAME_MAX_LENGTH = 100;
/** The longest life of a token, in days. */
const MAX_DAYS = 366;
const SEEN_EVERY_SECONDS = 60;

interface TokenRow extends UserProductRow {
  readonly id: string;
  readonly scopes: string;
  readonly product_id: string | null;
  readonly created_by: string;
  readonly last_used_at: string | Date | null;
  readonly role: Role;
}

const TOKENS = `
  SELECT t.id, t.scopes, t.product_id, t.created_by, t.last_used_at, u.role, p.product_id AS limited_to
  FROM api_token t JOIN user_account u ON u.id = t.created_by AND u.disabled_at IS NULL
  LEFT JOIN user_product p ON p.user_id = u.id
  WHERE t.revoked_at IS NULL AND t.expires_at > ?`;

/** Makes, checks and revokes API tokens. Only their hashes are stored. */
export class TokenService {
  readonly #pages: LoaderDefinition<OwnerPage, Connection<ApiToken>>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: IdempotencyKeys,
  ) {
    this.#pages = ownerPages(database, { name: 'api-token', table: 'api_token', entity: ApiToken });
  }

  /** Tokens, newest first; who is limited sees those of their products. */
  list(context: RequestContext, args: ForwardPageArgs): Promise<Connection<ApiToken>> {
    const productIds = productScopeOf(context.actor);
    const { sql: where, parameters } = productIds === null ? EVERYTHING : oneOf('product_id', productIds);
    return context.loader(this.#pages).load({ where, parameters, args });
  }

  /** @returns the token's row, and the token itself when this call made it: it is shown once */
  async create(context: RequestContext, input: CreateApiTokenInput): Promise<{ apiToken: ApiToken; token: string | null }> {
    const creator = context.actor;
    // A token cannot create tokens: they would outlive its revocation.
    if (creator.kind !== 'USER') throw forbidden('token:write');
    const token = `${TOKEN_PREFIX}${randomToken()}`;
    const { idempotencyKey, ...rest } = input;
    return this.database.transaction(async (tx) => {
      const call = { operation: 'createApiToken', key: idempotencyKey, input: rest, made: { entity: ApiToken, noun: 'API token' } };
      const { id, isNew } = await this.idempotency.once(tx, context, call, async () => {
        const scopes = this.#check(input, creator.scopes);
        await this.#requireRoom(tx, creator.userId);
        await this.#requireProduct(tx, creator, input.productId ?? null);
        const row = {
          id: newId(),
          name: input.name.trim(),
          scopes: [...scopes],
          productId: input.productId ?? null,
          createdBy: creator.userId,
        };
        const times = { createdAt: this.clock.now(), expiresAt: input.expiresAt, lastUsedAt: null, revokedAt: null };
        await tx.manager.insert(ApiToken, { ...row, ...times, tokenHash: hashToken(token) });
        await this.audit.record(tx, context, {
          action: 'token.create',
          subjectType: 'token',
          subjectId: row.id,
          after: { ...row, ...times },
        });
        return row.id;
      });
      return { apiToken: await tx.manager.findOneByOrFail(ApiToken, { id }), token: isNew ? token : null };
    });
  }

  async revoke(context: RequestContext, id: string): Promise<ApiToken> {
    return this.database.transaction(async (tx) => {
      const before = await tx.lock(ApiToken, { id });
      if (!before || !mayUse(context.actor, 'token:write', before.productId)) throw notFound('API token');
      if (before.revokedAt) return before;
      const after = { ...before, revokedAt: this.clock.now() };
      await tx.manager.update(ApiToken, { id }, after);
      await this.audit.record(tx, context, {
        action: 'token.revoke',
        subjectType: 'token',
        subjectId: id,
        after: { revokedAt: after.revokedAt },
      });
      return after;
    });
  }

  /** The actor behind a token, with no more rights than its creator has today; null when it is unknown, revoked or expired. */
  async authenticate(token: string): Promise<TokenActor | null> {
    const now = this.clock.now();
    const rows = await this.database.query<TokenRow>(`${TOKENS} AND t.token_hash = ?`, [toSqlInstant(now), hashToken(token)]);
    const [row] = rows;
    if (!row) return null;
    const lastUsedAt = fromSqlInstantOrNull(row.last_used_at);
    if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() > SEEN_EVERY_SECONDS * 1_000) {
      await this.database.transaction((tx) =>
        tx.execute('UPDATE api_token SET last_used_at = ? WHERE id = ?', [toSqlInstant(now), row.id]),
      );
    }
    return actorOfRows(row, rows);
  }

  /** The same of a token whose work goes on without it. */
  async actorOf(id: string): Promise<TokenActor | null> {
    const rows = await this.database.query<TokenRow>(`${TOKENS} AND t.id = ?`, [toSqlInstant(this.clock.now()), id]);
    return rows[0] ? actorOfRows(rows[0], rows) : null;
  }
  /** A token is for a product of its creator's, or for all that they work on. */
  async #requireProduct(tx: Transaction, creator: Actor, productId: string | null): Promise<void> {
    if (productId === null) return;
    const isOwn = coversProduct(productScopeOf(creator), productId);
    if (!isOwn || !(await tx.manager.existsBy(Product, { id: productId }))) throw notFound('product');
  }

  /** One at a time per person, so that two windows cannot both make the last one. */
  async #requireRoom(tx: Transaction, userId: string): Promise<void> {
    await tx.lock(UserAccount, { id: userId });
    const working = { createdBy: userId, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    const place = { who: 'You have', advice: 'revoke one first', field: 'name' };
    requireRoom(LIMITS.apiTokens, await tx.manager.countBy(ApiToken, working), place);
  }

  #check(input: CreateApiTokenInput, allowed: ReadonlySet<Scope>): readonly Scope[] {
    const problems = new FieldProblems();
    problems.add('name', checkName(input.name, { label: 'The name', maxLength: NAME_MAX_LENGTH }));
    problems.throwIfAny();
    const latest = this.clock.now().getTime() + MAX_DAYS * 86_400_000;
    if (input.expiresAt <= this.clock.now() || input.expiresAt.getTime() > latest) {
      refuse('DATE_INVALID', `A token must expire between now and ${MAX_DAYS} days from now.`, 'expiresAt');
    }
    const scopes = SCOPES.filter((scope) => input.scopes.includes(scope));
    const unknown = input.scopes.find((scope) => !SCOPES.some((known) => known === scope));
    if (unknown !== undefined || scopes.length === 0) {
      refuse('SCOPE_INVALID', `Choose one or more of these scopes: ${SCOPES.join(', ')}.`, 'scopes');
    }
    const beyond = scopes.find((scope) => !allowed.has(scope));
    if (beyond)
      refuse('SCOPE_NOT_ALLOWED', `You do not have the permission ${beyond} yourself, so a token of yours cannot have it.`, 'scopes');
    return scopes;
  }
}

function actorOfRows(row: TokenRow, rows: readonly TokenRow[]): TokenActor {
  // Scopes were checked when they were stored.
  const scopes = new Set(effectiveScopes(splitList(row.scopes) as Scope[], ROLE_SCOPES[row.role]));
  const productIds = effectiveProducts(row.product_id === null ? null : [row.product_id], scopeOfRows(rows));
  return { kind: 'TOKEN', tokenId: row.id, createdBy: row.created_by, scopes, productIds };
}
