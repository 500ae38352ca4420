import { onBeforeUnmount, onMounted } from 'vue';
import { countText } from '../../../ui/date-text';
import { notify } from '../../../ui/notify';
import { parseChecksumList, type ListedChecksum } from './checksum-list';
import type { StagedFiles } from './useStagedFiles';

/** Takes pasted files, and pasted lists of checksums for the files that are chosen. Text pasted into a field stays text. */
export function usePastedFiles(staged: StagedFiles): void {
  function onPaste(event: ClipboardEvent): void {
    const isTyping = event.target instanceof HTMLElement && event.target.matches('textarea, input:not([type=file])');
    const files = [...(event.clipboardData?.files ?? [])];
    const listed = isTyping ? [] : parseChecksumList(event.clipboardData?.getData('text/plain') ?? '');
    if (files.length === 0 && listed.length === 0) return;
    event.preventDefault();
    if (files.length > 0) staged.add(files);
    else declare(listed);
  }

  function declare(listed: readonly ListedChecksum[]): void {
    const known = staged.declareChecksums(listed);
    if (known > 0) void notify.success(`${countText(known, 'file')} will be checked against the list.`);
    else void notify.failure('The list names none of these files.', 'Choose the files first, then paste their checksums.');
  }

  onMounted(() => addEventListener('paste', onPaste));
  onBeforeUnmount(() => removeEventListener('paste', onPaste));
}
