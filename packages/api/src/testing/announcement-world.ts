import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from './client.js';
import type { Harness } from './harness.js';
import type { Mailbox } from './mailbox.js';

/** An announcement as tests read it. */
export interface SeenAnnouncement {
  readonly id: string;
  readonly state: string;
  readonly problem: string | null;
  readonly judged: number;
  readonly waiting: number;
  readonly mailed: number;
  readonly noticeOnly: number;
  readonly leftOut: number;
  readonly recipients: { readonly nodes: readonly SeenRecipient[]; readonly totalCount: number };
}

export interface SeenRecipient {
  readonly name: string;
  readonly address: string;
  readonly text: string;
  readonly state: string;
  readonly reason: string | null;
  readonly mailState: string | null;
  readonly readAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly fileName: string | null;
}

const FIELDS = `id state problem judged waiting mailed noticeOnly leftOut
  recipients(first: 100) { totalCount nodes { name address text state reason mailState readAt acknowledgedAt fileName } }`;
/** Of 50 ms each: two minutes, or an hour. */
const MOST_WAITS = process.env['PROVE'] ? 72_000 : 2_400;

export async function seeAnnouncement(admin: Client, id: string): Promise<SeenAnnouncement> {
  const { announcement } = await admin.query<{ announcement: SeenAnnouncement }>(
    `query($id: ID!) { announcement(id: $id) { ${FIELDS} } }`,
    { id },
  );
  return announcement;
}

/** Runs what is due until an announcement is over. */
export async function untilOver(harness: Pick<Harness, 'admin' | 'settle'>, id: string): Promise<SeenAnnouncement> {
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    await harness.settle();
    const seen = await seeAnnouncement(harness.admin, id);
    if (!['SCHEDULED', 'PREPARING', 'SENDING'].includes(seen.state)) {
      await harness.settle();
      return seeAnnouncement(harness.admin, id);
    }
    await delay(50);
  }
  throw new Error('The announcement does not end.');
}

/** A draft of an announcement. */
export async function writeAnnouncement(admin: Client, downloadableId: string, input: Record<string, unknown> = {}): Promise<string> {
  const texts = { subject: '{product} {version} is out', body: 'Hello {name},\n\n{changelog}\n\n{download}' };
  const { announcement } = await admin.run<{ announcement: { id: string } }>(
    'createAnnouncement',
    { downloadableId, ...texts, ...input },
    'announcement { id }',
  );
  return announcement.id;
}

/** Has mail go to a server. */
export async function mailThrough(admin: Client, { port }: Mailbox): Promise<void> {
  await admin.run(
    'updateSettings',
    { smtpHost: '127.0.0.1', smtpPort: port, smtpSecurity: 'NONE', mailFrom: 'news@aurora.example', mailsPerMinute: 10_000 },
    'settings { lockVersion }',
  );
}
