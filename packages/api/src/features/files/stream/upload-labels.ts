import { ASSET_TYPES, parseArchitecture, parsePlatform } from '@slipway/shared';
import { badInput } from '../../../kernel/problem/faults.js';
import type { DeclaredFile } from '../draft/draft-files.js';

/** Longer than any spelling of a type, platform or architecture. */
export const LABEL_MAX_LENGTH = 100;

/** What a URL's query or a form's fields say about a file. */
export interface FileLabels {
  readonly type?: string;
  readonly platform?: string;
  readonly architecture?: string;
}

/** Reads the labels, in any of the spellings that integrators use. @throws PublicFault BAD_USER_INPUT naming the possible values */
export function labelsOf({ type, platform, architecture }: FileLabels): Pick<DeclaredFile, 'type' | 'platform' | 'architecture'> {
  return {
    ...(type === undefined ? {} : { type: known('type', type, parseType) }),
    ...(platform === undefined ? {} : { platform: known('platform', platform, parsePlatform) }),
    ...(architecture === undefined ? {} : { architecture: known('architecture', architecture, parseArchitecture) }),
  };
}

const VALUES = {
  type: 'installer, update, documentation, source_code or other',
  platform: 'windows, macos, linux, android, ios, web or all',
  architecture: 'x64, arm64, x86, arm or universal',
} as const;

const parseType = (text: string) => ASSET_TYPES.find((type) => type === text.trim().toUpperCase().replaceAll('-', '_')) ?? null;

function known<T>(label: keyof typeof VALUES, text: string, parse: (text: string) => T | null): T {
  const value = parse(text);
  if (value === null) throw badInput(`The ${label} "${text.slice(0, 40)}" is unknown: use ${VALUES[label]}.`);
  return value;
}
