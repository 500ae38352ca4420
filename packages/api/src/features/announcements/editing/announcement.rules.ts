import { canStep, checkBody, checkSubject, type AnnouncementKind, type AnnouncementState, type AnnouncementStep } from '@slipway/shared';
import { FieldProblems, refuse } from '../../../kernel/problem/refusal.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { Announcement } from '../announcement.entity.js';

const PER_MINUTE_MAX = 10_000;
const DAYS_AHEAD_MAX = 366;
const DAY_MS = 86_400_000;

export type AnnouncementContent = Pick<Announcement, 'subject' | 'body' | 'secondSubject' | 'secondBody' | 'perMinute'>;

/** @throws Refusal with every field that breaks a rule */
export function checkContent(kind: AnnouncementKind, content: AnnouncementContent): void {
  const { subject, body, secondSubject, secondBody, perMinute } = content;
  const problems = new FieldProblems();
  problems.add('subject', checkSubject(subject, kind));
  problems.add('body', checkBody(body, kind));
  if (secondSubject !== null || secondBody !== null) {
    problems.add('secondSubject', checkSubject(secondSubject ?? '', kind));
    problems.add('secondBody', checkBody(secondBody ?? '', kind));
  }
  if (perMinute !== null && (perMinute < 1 || perMinute > PER_MINUTE_MAX))
    problems.add('perMinute', { code: 'VALUE_INVALID', message: 'The limit must be 1 to 10,000 mails a minute, or be left out.' });
  problems.throwIfAny();
}

/** What each state refuses to do. */
const REFUSED: Readonly<Record<AnnouncementStep, string>> = {
  EDIT: 'can only be edited as a draft: create another one',
  SEND: 'cannot be sent again: create another one',
  STOP: 'has nothing to stop: it is not going out',
};

/** @throws Refusal ANNOUNCEMENT_STATE unless the table allows the step */
export function requireStep(state: AnnouncementState, step: AnnouncementStep): void {
  if (!canStep(state, step)) refuse('ANNOUNCEMENT_STATE', `This announcement ${REFUSED[step]}.`, 'id');
}

/** @throws Refusal unless the release is in the state that is told of */
export function requireTellable(kind: AnnouncementKind, { status, version, publishAt }: Downloadable, sendAt: Date | null): void {
  if (kind === 'RECALL') {
    if (status !== 'WITHDRAWN')
      refuse('RELEASE_NOT_WITHDRAWN', `Version ${version} is not withdrawn: withdraw it before you recall it.`, 'downloadableId');
    return;
  }
  const isOutByThen = status === 'SCHEDULED' && sendAt !== null && publishAt !== null && sendAt >= publishAt;
  if (status === 'PUBLISHED' || isOutByThen) return;
  const advice = status === 'SCHEDULED' ? 'choose a time after it is published' : 'publish it first';
  refuse('RELEASE_NOT_PUBLISHED', `Version ${version} is not published: ${advice}.`, 'id');
}

/** @throws Refusal when the time is over, or too far ahead */
export function checkSendAt(sendAt: Date | null, now: Date): void {
  if (sendAt === null) return;
  const isAhead = sendAt > now && sendAt.getTime() - now.getTime() <= DAYS_AHEAD_MAX * DAY_MS;
  if (!isAhead) refuse('PUBLISH_AT_INVALID', `Choose a time from now on, at most ${DAYS_AHEAD_MAX} days ahead.`, 'sendAt');
}
