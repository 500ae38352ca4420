import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Vitest runs this before its workers, once for each of its projects. The first makes the folder of the run: what a worker
 * makes there for all of them (`templates.ts`) stays until the end.
 */
export function setup(): (() => void) | undefined {
  if (process.env['TEST_TEMPLATE_FOLDER'] !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'slipway-templates-'));
  process.env['TEST_TEMPLATE_FOLDER'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
