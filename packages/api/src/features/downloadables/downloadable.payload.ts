import { payloadType } from '../../kernel/payload.js';
import type { Downloadable } from './downloadable.entity.js';
import { DownloadableType } from './downloadable.type.js';

/** What most mutations of this feature answer. */
export interface DownloadableResult {
  readonly downloadable: Downloadable;
}

/** The payload type of a mutation that answers with the downloadable. @param name of the mutation, for example "CreateDownloadable" */
export const downloadablePayload = (name: string) =>
  payloadType<DownloadableResult>(name, {
    downloadable: { type: () => DownloadableType, description: 'The downloadable after the change.' },
  });
