import {
  calendarDate,
  checkCalendarDate,
  checkChangelog,
  checkName,
  parseVersion,
  resolveChannel,
  SUMMARY_MAX_LENGTH,
  versionSortKey,
  type Channel,
  type VersionScheme,
} from '@slipway/shared';
import { FieldProblems } from '../../kernel/problem/refusal.js';
import type { Downloadable } from './downloadable.entity.js';
import type { Revision, RevisionContent } from './revision.entity.js';

const NAME_MAX_LENGTH = 200;

/** What an admin types about a release. */
export interface DraftContent {
  readonly version: string;
  readonly name: string | null;
  readonly summary: string | null;
  readonly isSecurityFix: boolean;
  /** Null: inferred from the version. */
  readonly channel: string | null;
  readonly changelog: string;
  readonly releaseDate: string | null;
}

/** The same after the rules: what is stored. */
export interface CheckedContent {
  readonly downloadable: Pick<Downloadable, 'version' | 'versionKey'>;
  readonly revision: RevisionContent;
}

/** The product's part in the rules. */
export interface ProductRules {
  readonly versionScheme: VersionScheme;
  readonly channels: readonly Channel[];
}

/** Checks everything an admin typed, by the shared rules. @throws Refusal with every field that breaks one */
export function checkContent(content: DraftContent, product: ProductRules): CheckedContent {
  const problems = new FieldProblems();
  if (content.name) problems.add('name', checkName(content.name, { label: 'The name', maxLength: NAME_MAX_LENGTH }));
  if (content.summary) problems.add('summary', checkName(content.summary, { label: 'The summary', maxLength: SUMMARY_MAX_LENGTH }));
  problems.add('changelog', checkChangelog(content.changelog));
  if (content.releaseDate !== null) problems.add('releaseDate', checkCalendarDate(content.releaseDate));
  const version = parseVersion(content.version, product.versionScheme);
  if (!version.ok) problems.add('version', version.problem);
  const channel = version.ok ? resolveChannel(version.value, content.channel, product.channels) : null;
  if (channel && !channel.ok) problems.add('channel', channel.problem);
  problems.throwIfAny();
  if (!version.ok || !channel?.ok) throw new Error('A broken rule was not reported.');
  return {
    downloadable: { version: content.version, versionKey: versionSortKey(version.value) },
    revision: {
      name: content.name || null,
      summary: content.summary || null,
      isSecurityFix: content.isSecurityFix,
      channel: channel.value,
      changelog: content.changelog,
      releaseDate: content.releaseDate,
    },
  };
}

/** The release date that a revision gets at its publish: its own, else the publish day in the vendor's zone. */
export function releaseDateAt(revision: Pick<Revision, 'releaseDate'>, now: Date, timeZone: string): string {
  return revision.releaseDate ?? calendarDate(now, timeZone);
}
