import { planUpload } from '@slipway/shared';
import type { StoredObject, StoredObjectState } from '../../assets/stored-object.entity.js';
import { UPLOAD_HOURS } from '../draft/file-declaration.js';

/** An upload as the schema shows it. */
export interface Upload {
  readonly id: string;
  readonly assetId: string;
  readonly partSize: number;
  readonly partCount: number;
  readonly expiresAt: Date;
  /** When URLs for parts were last requested. */
  readonly movedAt: Date;
  readonly state: StoredObjectState;
  readonly fingerprint: string | null;
  readonly failureCode: string | null;
}

/** An upload as the schema shows it. */
export function uploadOf(assetId: string, object: StoredObject, now: Date): Upload {
  const { id, partSize, state, fingerprint, failureCode, expiresAt } = object;
  const { partCount } = planUpload(object.declaredSize);
  const until = expiresAt ?? now;
  const movedAt = new Date(until.getTime() - UPLOAD_HOURS * 3_600_000);
  return { id, assetId, partSize, partCount, expiresAt: until, movedAt, state, fingerprint, failureCode };
}
