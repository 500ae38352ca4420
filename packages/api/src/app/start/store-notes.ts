import type { Config } from '../../config.js';
import { TOLD_OFFSET_SECONDS } from '../../storage/ownership/store-guard.js';
import type { Log } from '../../kernel/log.js';
import type { UploadPermission } from '../../storage/object-store.js';
import type { OpenStore } from '../../storage/stores/file-stores.js';
import { uploadRule } from '../../storage/upload-rule.js';
import type { Features } from '../features.js';

export interface StoreNotesUse {
  readonly config: Pick<Config, 'publicUrl' | 's3'>;
  readonly features: Pick<Features, 'uploadOrigin'> & { readonly stores: Pick<Features['stores'], 'current'> };
  readonly log: Log;
}

/** What is wrong with the file store at the start; the server runs all the same. */
export async function storeNotes(use: StoreNotesUse): Promise<string[]> {
  const { guard, store } = await use.features.stores.current();
  if (guard.standing !== 'UNASKED') {
    const notes = await browserNotes(use);
    return [...clockNotes(store.clockOffsetSeconds), ...notes];
  }
  void tellLater(use, guard);
  return [`Warning: the file store cannot be used yet, so nothing is uploaded or deleted. ${guard.reason ?? ''}`.trim()];
}

/** Logs the notes as soon as the store answers, when nobody reads the console any more. The guard logs a wrong clock. */
async function tellLater(use: StoreNotesUse, guard: OpenStore['guard']): Promise<void> {
  try {
    await guard.whenOurs();
    for (const note of await browserNotes(use)) use.log.warn(note);
  } catch (error) {
    use.log.error({ err: error }, 'whether browsers may upload to the file store could not be found out');
  }
}

async function browserNotes({ config: { publicUrl, s3 }, features }: StoreNotesUse): Promise<string[]> {
  const permission = await features.uploadOrigin.allow(publicUrl);
  return permission && s3 ? uploadNotes(permission, { bucket: s3.bucket, origin: publicUrl }) : [];
}

function clockNotes(aheadSeconds: number): string[] {
  if (Math.abs(aheadSeconds) < TOLD_OFFSET_SECONDS) return [];
  const minutes = Math.max(1, Math.round(Math.abs(aheadSeconds) / 60));
  return [
    `Warning: the clock of this machine is ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${aheadSeconds > 0 ? 'behind' : 'ahead of'} the file store's. ` +
      'Download links are signed with the time of the store. Set the clock, and keep it set with NTP.',
  ];
}

const WHY: Readonly<Partial<Record<UploadPermission, string>>> = {
  UNREADABLE: 'does not let them in, and its CORS rules cannot be read with this key, so they were left alone',
  UNWRITABLE: 'has no CORS rule for them, and this key may not add one',
};

function uploadNotes(permission: UploadPermission, { bucket, origin }: { readonly bucket: string; readonly origin: string }): string[] {
  const why = WHY[permission];
  if (why === undefined) return [];
  return [
    `Warning: browsers at ${origin} cannot upload straight to the bucket ${bucket}: it ${why}. Until it has one, uploads go through this server.\n` +
      '  Add this rule (writing replaces all that the bucket has: put those beside it), then start again:\n' +
      `    aws s3api put-bucket-cors --bucket ${bucket} --cors-configuration '${JSON.stringify({ CORSRules: [uploadRule(origin)] })}'`,
  ];
}
