import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { newId } from '../../../kernel/ids.js';
import { mayUse, seesDrafts } from '../../../kernel/policy.js';
import { forbidden, notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { Mail } from '../../../machinery/mail/mail.entity.js';
import type { Outbox } from '../../../machinery/mail/outbox.js';
import { UserAccount } from '../../accounts/user-account.entity.js';
import type { JudgedRelease } from '../../downloads/access/access-facts.js';
import { License } from '../../licenses/license.entity.js';
import { recipientsOf } from '../../news/recipients.js';
import type { AudienceReader } from '../../downloads/audience/audience-reader.js';
import type { Replacements } from '../recalls/replacements.js';
import { composeMail, type ComposedMail } from '../text/announcement-mail.js';
import { valuesFor, type PersonFacts, type RecallFacts } from '../text/announcement-values.js';
import { readTelling, type ToldFactsUse } from '../text/told-facts.js';
import { customerNames } from '../sending/recipient-rows.js';
import type { PreviewAnnouncementInput } from './announcement.inputs.js';
import { checkContent } from './announcement.rules.js';

export interface AnnouncementTextsUse extends ToldFactsUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audience: AudienceReader;
  readonly replacements: Replacements;
  readonly outbox: Outbox;
  readonly jobs: Pick<JobRunner, 'nudge'>;
}

/** An announcement as one person would get it. */
export interface ShownAnnouncement extends ComposedMail {
  readonly to: string;
}

interface Shown {
  readonly person: PersonFacts;
  readonly customerId: string | null;
  readonly to: string;
}

/** Somebody who is nobody. */
const EXAMPLE: Shown = {
  person: { name: 'Alex Example', customer: 'Example Ltd', license: { id: '0', keyHint: '7K2Q', updatesUntil: null } },
  customerId: null,
  to: '',
};

/** Shows texts as they will be, and sends them to whoever writes them. Nothing of it is kept but the mail. */
export class AnnouncementTexts {
  constructor(private readonly use: AnnouncementTextsUse) {}

  async preview(context: RequestContext, input: PreviewAnnouncementInput): Promise<ShownAnnouncement> {
    const release = await this.#release(context, input.downloadableId);
    const kind = release.row.status === 'WITHDRAWN' ? 'RECALL' : 'ANNOUNCEMENT';
    checkContent(kind, { subject: input.subject, body: input.body, secondSubject: null, secondBody: null, perMinute: null });
    const shown = input.licenseId == null ? EXAMPLE : await this.#customer(context, release, input.licenseId);
    const { told, brand } = await readTelling(this.use, release);
    const values = valuesFor(told, shown.person, kind === 'RECALL' ? await this.#recall(release, shown) : null);
    const mail = composeMail({ brand, kind, text: input, values, unsubscribeUrl: null });
    return { ...mail, to: shown.to };
  }

  /** @throws Refusal PERSON_REQUIRED for a token, which has no address */
  async test(context: RequestContext, input: PreviewAnnouncementInput): Promise<Mail> {
    const { database, outbox, jobs } = this.use;
    const mail = await this.preview(context, input);
    const user = context.actor.kind === 'USER' ? await database.read.findOneBy(UserAccount, { id: context.actor.userId }) : null;
    if (!user) refuse('PERSON_REQUIRED', 'A test goes to the address of whoever asks for it: sign in with an account.');
    const to = { address: user.email, name: user.name, userId: user.id };
    const id = await database.transaction((tx) =>
      outbox.put(tx, {
        ...mail,
        subject: `[Test] ${mail.subject}`,
        kind: 'TEST',
        dedupeKey: `test:${newId()}`,
        to,
        downloadableId: input.downloadableId,
      }),
    );
    jobs.nudge();
    return database.read.findOneByOrFail(Mail, { id: id ?? '' });
  }

  /** The release that is told of: a draft as if it were published. @throws PublicFault NOT_FOUND, FORBIDDEN */
  async #release({ actor }: RequestContext, downloadableId: string): Promise<JudgedRelease> {
    const release = await this.use.audience.release(downloadableId, { ifPublished: true });
    if (!release || !seesDrafts(actor, release.product.id)) throw notFound('downloadable');
    if (!mayUse(actor, 'release:publish', release.product.id)) throw forbidden('release:publish');
    return release;
  }

  async #customer({ actor }: RequestContext, { product }: JudgedRelease, licenseId: string): Promise<Shown> {
    if (!mayUse(actor, 'license:read', product.id)) throw forbidden('license:read');
    const license = await this.use.database.read.findOneBy(License, { id: licenseId, productId: product.id });
    if (!license) throw notFound('license');
    const [recipient] = await recipientsOf(this.use.database, [license.customerId]);
    const names = await customerNames(this.use.database, [license.customerId]);
    const person = { name: recipient?.name ?? '', customer: names.get(license.customerId) ?? '', license };
    return { person, customerId: license.customerId, to: recipient?.address ?? '' };
  }

  async #recall(release: JudgedRelease, { customerId }: Shown): Promise<RecallFacts> {
    const replacements = customerId === null ? null : await this.use.replacements.of(release, [customerId]);
    const replacement = replacements === null ? (release.replacement?.version ?? null) : (replacements.get(customerId ?? '') ?? null);
    return { fileName: null, downloadedAt: this.use.clock.now(), replacement, acknowledgeUrl: `${this.use.publicUrl}/recall/example` };
  }
}
