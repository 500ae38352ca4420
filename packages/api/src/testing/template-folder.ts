import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Vitest runs this once, before its workers: what one of them makes for all (`templates.ts`) is there until the run ends. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-templates-'));
  process.env['TEST_TEMPLATE_FOLDER'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
