import type { Platform } from '@slipway/shared';

/** The command that prints a file's SHA-256 with what the system already has. */
export function verifyCommand(platform: Platform, fileName: string): string {
  if (platform === 'WINDOWS') return `certutil -hashfile ${fileName} SHA256`;
  return platform === 'MACOS' || platform === 'IOS' ? `shasum -a 256 ${fileName}` : `sha256sum ${fileName}`;
}
