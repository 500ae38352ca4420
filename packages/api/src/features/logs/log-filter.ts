import { Field, ID, InputType } from 'type-graphql';
import type { RequestContext } from '../../kernel/context.js';
import { mayUse } from '../../kernel/policy.js';
import { badInput, forbidden } from '../../kernel/problem/faults.js';
import { DateTime } from '../../kernel/scalars.js';
import type { LogSearch } from './log-search.js';
import type { Condition, LogQuestion } from './log-table.js';

/** What every log of single events can be asked for. */
@InputType('LogFilterFields')
export abstract class LogFilterFields {
  @Field(() => String, {
    nullable: true,
    description:
      'A name or e-mail address of a customer, the name of a product, a version, the end of a license key, a request ID, or an IP address.',
  })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what concerned the product with this ID.' })
  productId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what concerned the downloadable with this ID.' })
  downloadableId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only what happened then or later.' })
  since?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only what happened before.' })
  until?: Date | null;
}

/** What can be asked of what customers and programs do. */
@InputType('CallerLogFilterFields')
export abstract class CallerLogFilterFields extends LogFilterFields {
  @Field(() => ID, { nullable: true, description: 'Only what concerned the customer with this ID.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what concerned the license with this ID.' })
  licenseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what the person, token, machine key or license with this ID asked for.' })
  actorId?: string | null;
}

/** Logs belong to no product: a token for one product reads none of them. @throws PublicFault FORBIDDEN */
export function requireLogs({ actor }: RequestContext): void {
  if (!mayUse(actor, 'log:read', null)) throw forbidden('log:read');
}

/** A filter as a question. @param own what only this log can be asked, rarest first */
export async function questionOf(
  search: LogSearch,
  filter: LogFilterFields & Partial<CallerLogFilterFields>,
  own: readonly Condition[] = [],
): Promise<LogQuestion> {
  const { since = null, until = null } = filter;
  if (since && until && since >= until) throw badInput('Give a since that is before until.');
  const found = await search.read(filter.search);
  const isOne = (columns: readonly string[], id: string | null | undefined): Condition => ({ columns, values: id == null ? [] : [id] });
  return {
    meanings: found?.meanings ?? null,
    since,
    until,
    conditions: [
      isOne(['license_id'], filter.licenseId),
      isOne(['customer_id'], filter.customerId),
      isOne(['user_id', 'token_id', 'machine_key_id', 'license_id'], filter.actorId),
      isOne(['downloadable_id'], filter.downloadableId),
      ...(found?.narrowedTo ? [found.narrowedTo] : []),
      ...own,
      isOne(['product_id'], filter.productId),
    ],
  };
}
