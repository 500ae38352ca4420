import { portalPath } from '@slipway/shared';
import { PreviewAnnouncementDocument } from '../../graphql/documents.generated';
import { mutate } from '../../graphql/useMutation';
import { notify } from '../../ui/notify';

interface Copied {
  readonly downloadableId: string;
  readonly subject: string;
  readonly body: string;
  readonly slug: string;
  readonly version: string;
}

/** For whoever mails elsewhere: the announcement as plain text, and the address of the release. */
export function useCopying(given: () => Copied) {
  async function put(text: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return notify.failure('The browser did not allow copying.', 'Select the text and copy it by hand.');
    }
    await notify.success(done);
  }

  async function copyText(): Promise<void> {
    const { downloadableId, subject, body } = given();
    const outcome = await mutate(PreviewAnnouncementDocument, { input: { downloadableId, subject, body } });
    const refusal = outcome.problem ?? outcome.data.previewAnnouncement.userErrors[0];
    if (refusal) return notify.failure('The announcement could not be copied.', refusal.message);
    await put(outcome.data?.previewAnnouncement.preview?.text ?? '', 'Announcement copied.');
  }

  function copyLink(): Promise<void> {
    const { slug, version } = given();
    return put(`${location.origin}${portalPath(slug, version)}`, 'Link copied.');
  }

  return { copyText, copyLink };
}
