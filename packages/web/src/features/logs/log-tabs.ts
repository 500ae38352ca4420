/** The logs, each with its own question and its own lines. */
import { computed, type ComputedRef } from 'vue';
import {
  ListAuditEventsDocument,
  ListDownloadEventsDocument,
  ListMailsDocument,
  ListRefusalsDocument,
  ListStoreEventsDocument,
  type AuditAction,
  SendMailAgainDocument,
  type LoggedDownloadSource,
  type MailState,
  type StoreEventKind,
} from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { mutate } from '../../graphql/useMutation';
import { notify } from '../../ui/notify';
import { ACTION_LABELS } from '../../ui/audit-text';
import { auditLine } from './audit-line';
import { downloadLine, SOURCE_LABELS } from './download-line';
import { mailSubjectOf, subjectOf, type LogAddress } from './log-address';
import type { LogLine } from './log-line';
import { MAIL_STATE_LABELS, mailLine } from './mail-line';
import { refusalLine } from './refusal-line';
import { REFUSAL_TEXTS } from './refusal-texts';
import { STORE_LABELS, storeLine } from './store-line';
import { useLog } from './useLog';

type Dates = { readonly since?: string; readonly until?: string };
type Asked = () => { readonly address: LogAddress; readonly dates: Dates };

interface Option {
  readonly value: string;
  readonly label: string;
}

/** A log that was opened: its lines, and the way to more of them. */
export type OpenLog = Omit<ReturnType<typeof useLog>, 'nodes'> & { readonly lines: ComputedRef<readonly LogLine[] | null> };

export interface LogTab {
  readonly key: string;
  readonly label: string;
  readonly noun: string;
  /** What the kinds of its events are called, and which there are. */
  readonly kindLabel: string;
  readonly kinds: readonly Option[];
  /** What it is empty of. */
  readonly empty: { readonly title: string; readonly text: string };
  /** How the route of its export calls it, and its kind. */
  readonly file: string;
  readonly kindName: string;
  readonly open: (asked: Asked) => OpenLog;
}

const optionsOf = (labels: Readonly<Record<string, string>>): readonly Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label: `${label.charAt(0).toUpperCase()}${label.slice(1)}` }));
const known = <T extends string>(labels: Readonly<Record<T, string>>, value: string): T | null =>
  Object.hasOwn(labels, value) ? (value as T) : null; // it is a key of them

const UPLOADS = Object.fromEntries(Object.entries(ACTION_LABELS).filter(([action]) => action.startsWith('ASSET_')));
export const UPLOAD_ACTIONS = Object.keys(UPLOADS) as AuditAction[]; // as the object above has them

const commonOf = ({ address, dates }: ReturnType<Asked>) => ({
  search: address.q || null,
  productId: address.product || null,
  customerId: address.customer || null,
  ...dates,
});

function openAudit(asked: Asked, actions: AuditAction[] | null): OpenLog {
  const variables = () => {
    const { address } = asked();
    const { subjectType = null, subjectId = null } = subjectOf(address);
    const about =
      address.license && !subjectId ? ({ subjectType: 'LICENSE', subjectId: address.license } as const) : { subjectType, subjectId };
    const kind = known(ACTION_LABELS, address.kind);
    const who = about.subjectId === null && address.by ? { actorId: address.by } : {};
    return { filter: { ...commonOf(asked()), ...about, ...who, actions: kind ? [kind] : actions } };
  };
  const { nodes, ...log } = useLog({ document: ListAuditEventsDocument, variables, pageOf: (data) => data.auditEvents });
  return { ...log, lines: computed(() => nodes.value?.map(auditLine) ?? null) };
}

const callerOf = ({ license, by, about }: LogAddress) => ({
  licenseId: license || (about.startsWith('license:') ? about.slice('license:'.length) : null),
  actorId: by || null,
});

function openDownloads(asked: Asked): OpenLog {
  const variables = () => {
    const { address } = asked();
    const source: LoggedDownloadSource | null = known(SOURCE_LABELS, address.kind);
    return { filter: { ...commonOf(asked()), ...callerOf(address), source } };
  };
  const { nodes, ...log } = useLog({ document: ListDownloadEventsDocument, variables, pageOf: (data) => data.downloadEvents });
  return { ...log, lines: computed(() => nodes.value?.map(downloadLine) ?? null) };
}

function openRefusals(asked: Asked): OpenLog {
  const variables = () => {
    const { address } = asked();
    return { filter: { ...commonOf(asked()), ...callerOf(address), code: address.kind || null } };
  };
  const { nodes, ...log } = useLog({ document: ListRefusalsDocument, variables, pageOf: (data) => data.refusals });
  return { ...log, lines: computed(() => nodes.value?.map(refusalLine) ?? null) };
}

function openStore(asked: Asked): OpenLog {
  const variables = () => {
    const { customerId: _customerId, ...common } = commonOf(asked());
    const kind: StoreEventKind | null = known(STORE_LABELS, asked().address.kind);
    return { filter: { ...common, kind } };
  };
  const { nodes, ...log } = useLog({ document: ListStoreEventsDocument, variables, pageOf: (data) => data.storeEvents });
  return { ...log, lines: computed(() => nodes.value?.map(storeLine) ?? null) };
}

function openMails(asked: Asked): OpenLog {
  const { can } = useSession();
  const variables = () => {
    const { address, dates } = asked();
    const state: MailState | null = known(MAIL_STATE_LABELS, address.kind);
    return { filter: { search: address.q || null, state, customerId: address.customer || null, ...mailSubjectOf(address), ...dates } };
  };
  const { nodes, ...log } = useLog({ document: ListMailsDocument, variables, pageOf: (data) => data.mails });
  const sendAgain = can('settings:write') ? sendMailAgain : null;
  return { ...log, lines: computed(() => nodes.value?.map((mail) => mailLine(mail, sendAgain)) ?? null) };
}

/** The answer has the mail as it is now, and the line follows. */
async function sendMailAgain(id: string): Promise<void> {
  const { data, problem } = await mutate(SendMailAgainDocument, { input: { id } });
  const message = problem?.message ?? data?.sendMailAgain.userErrors[0]?.message;
  void (message === undefined ? notify.success('The mail is on its way.') : notify.failure(message));
}

export const LOG_TABS: readonly LogTab[] = [
  {
    key: 'audit',
    label: 'Audit',
    noun: 'event',
    kindLabel: 'Action',
    kinds: optionsOf(ACTION_LABELS),
    empty: { title: 'Nothing was done yet', text: 'Every change by a person, a token or Slipway itself is kept here, before and after.' },
    file: 'audit',
    kindName: 'actions',
    open: (asked) => openAudit(asked, null),
  },
  {
    key: 'downloads',
    label: 'Downloads',
    noun: 'download',
    kindLabel: 'Way',
    kinds: optionsOf(SOURCE_LABELS),
    empty: { title: 'Nothing was downloaded yet', text: 'Each download is a line here: who got which file, when, and by which license.' },
    file: 'downloads',
    kindName: 'source',
    open: openDownloads,
  },
  {
    key: 'refusals',
    label: 'Refusals',
    noun: 'refusal',
    kindLabel: 'Reason',
    kinds: optionsOf(Object.fromEntries(Object.entries(REFUSAL_TEXTS).map(([code, { label }]) => [code, label]))),
    empty: {
      title: 'Nothing was refused',
      text: 'Whoever could not download, or met an error, is a line here, with the reason and the way out.',
    },
    file: 'refusals',
    kindName: 'code',
    open: openRefusals,
  },
  {
    key: 'uploads',
    label: 'Uploads',
    noun: 'event',
    kindLabel: 'Action',
    kinds: optionsOf(UPLOADS),
    empty: { title: 'No file was uploaded yet', text: 'Files that were added, replaced, removed or never sent are lines here.' },
    file: 'audit',
    kindName: 'actions',
    open: (asked) => openAudit(asked, UPLOAD_ACTIONS),
  },
  {
    key: 'store',
    label: 'Storage',
    noun: 'event',
    kindLabel: 'Kind',
    kinds: optionsOf(STORE_LABELS),
    empty: {
      title: 'Nothing happened to the store yet',
      text: 'Faults, missing files, deletions and comparisons with the database are lines here.',
    },
    file: 'store',
    kindName: 'kind',
    open: openStore,
  },
  {
    key: 'mail',
    label: 'Mail',
    noun: 'mail',
    kindLabel: 'State',
    kinds: optionsOf(MAIL_STATE_LABELS),
    empty: { title: 'No mail was written yet', text: 'Every mail is a line here, with what became of it and what the server said.' },
    file: 'mail',
    kindName: 'state',
    open: openMails,
  },
];
