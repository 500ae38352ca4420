import type { Database } from '../../../database/database.js';
import type { RequestContext } from '../../../kernel/context.js';
import { PublicFault } from '../../../kernel/problem/faults.js';
import { FieldProblems } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { UserAccount } from '../user-account.entity.js';
import { checkUserName } from '../user.rules.js';
import { withoutPassword } from '../user.service.js';

/** What people change of their own account without anybody's leave. */
export class OwnAccount {
  constructor(private readonly use: { readonly database: Database; readonly audit: Audit }) {}

  async hasPassword({ actor }: RequestContext): Promise<boolean> {
    if (actor.kind !== 'USER') return false;
    const user = await this.use.database.read.findOneBy(UserAccount, { id: actor.userId });
    return Boolean(user?.passwordHash);
  }

  async rename(context: RequestContext, name: string): Promise<UserAccount> {
    const { actor } = context;
    if (actor.kind !== 'USER') throw new PublicFault('FORBIDDEN', 'Only somebody who signed in with an account can change its name.');
    const problems = new FieldProblems();
    problems.add('name', checkUserName(name));
    problems.throwIfAny();
    return this.use.database.transaction(async (tx) => {
      const before = await tx.manager.findOneByOrFail(UserAccount, { id: actor.userId });
      const after = { ...before, name: name.trim() };
      await tx.manager.update(UserAccount, { id: before.id }, { name: after.name });
      const entry = { action: 'user.update', subjectType: 'user', subjectId: before.id } as const;
      await this.use.audit.record(tx, context, { ...entry, before: withoutPassword(before), after: withoutPassword(after) });
      return after;
    });
  }
}
