import { partRange, planUpload } from '@slipway/shared';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { StoredPart } from '../../../storage/object-store.js';
import type { StoredObject } from '../../assets/stored-object.entity.js';

/** Refuses to complete an upload while a part is missing or has another size than planned; names the first such part. */
export function requireAllParts(object: StoredObject, parts: readonly StoredPart[]): void {
  const plan = planUpload(object.declaredSize);
  const sizes = new Map(parts.map((part) => [part.number, part.size]));
  for (let number = 1; number <= plan.partCount; number += 1) {
    const { start, end } = partRange(plan, object.declaredSize, number);
    if (sizes.get(number) !== end - start) {
      refuse(
        'UPLOAD_INCOMPLETE',
        `Part ${number} of ${plan.partCount} has not arrived: send it, then complete the upload again.`,
        'uploadId',
      );
    }
  }
}

/** The upload of an object in its store. @throws Refusal while it is being opened */
export function openUploadOf(object: StoredObject): { objectKey: string; uploadId: string } {
  if (object.uploadId === null) refuse('IDEMPOTENCY_IN_PROGRESS', 'The upload is still being opened: try again in a moment.', 'uploadId');
  return { objectKey: object.objectKey, uploadId: object.uploadId };
}
