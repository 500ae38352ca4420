/** The form for a file on the vendor's own server. */
import { checkFileName, checkFileSize, checkHttpsUrl, checkSha256, cleanFileName, guessTarget } from '@slipway/shared';
import type { TargetChoice } from './target-options';

export interface ExternalFileValues {
  readonly url: string;
  readonly fileName: string;
  readonly size: string;
  readonly sha256: string;
}

export type ExternalFileErrors = Partial<Record<keyof ExternalFileValues, string>>;

/** The name at the end of a URL, cleaned; empty when there is none. */
export function nameFromUrl(url: string): string {
  const path = url.trim().split(/[?#]/)[0] ?? '';
  const last = /^https?:\/\/[^/]+\/(?:.*\/)?([^/]+)$/i.exec(path)?.[1];
  return last ? cleanFileName(decode(last)) : '';
}

const BYTES = /^\d+$|^\d{1,3}(?:[\s,._']\d{3})+$/;

/** "155 189 248" or "155,189,248" as a number of bytes; NaN for anything else, "1.5" included. */
export function parseSize(text: string): number {
  return BYTES.test(text.trim()) ? Number(text.replace(/\D/g, '')) : Number.NaN;
}

/** What the API would refuse, by field. */
export function checkExternalFile(values: ExternalFileValues): ExternalFileErrors {
  const size = parseSize(values.size);
  const found = {
    url:
      values.url.trim() === ''
        ? 'Enter where the file is, for example https://downloads.example.com/app.zip.'
        : checkHttpsUrl(values.url.trim())?.message,
    fileName: checkFileName(values.fileName.trim())?.message,
    size: Number.isNaN(size) ? 'Enter the size in bytes, for example 155189248.' : checkFileSize(size, Number.MAX_SAFE_INTEGER)?.message,
    sha256: values.sha256.trim() === '' ? undefined : checkSha256(values.sha256.trim())?.message,
  };
  return Object.fromEntries(Object.entries(found).filter(([, message]) => message !== undefined));
}

/** What is sent. @param target null: what the name says */
export function externalFileInput(values: ExternalFileValues, target: TargetChoice | null) {
  const fileName = values.fileName.trim();
  const { type, platform, architecture } = target ?? guessTarget(fileName);
  return {
    url: values.url.trim(),
    fileName,
    size: parseSize(values.size),
    sha256: values.sha256.trim() || null,
    type,
    platform,
    architecture,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
