import { checkName, PLATFORM_LABELS, PLATFORMS, type Platform } from '@slipway/shared';
import type { Transaction } from '../../database/transaction.js';
import { FieldProblems } from '../../kernel/problem/refusal.js';
import { PlatformNote } from './platform-note.entity.js';
import type { PlatformNoteInput } from './product.inputs.js';

export const REQUIREMENTS_MAX_LENGTH = 200;
export const INSTALL_NOTE_MAX_LENGTH = 300;

/** What a vendor tells of one platform; one of the two is there. */
export type NoteOfPlatform = Pick<PlatformNote, 'platform' | 'requirements' | 'installNote'>;

/** The notes of an input, one a platform, in the order of platforms; of two for the same the later counts. @throws Refusal for each text that breaks a rule */
export function platformNotesOf(inputs: readonly PlatformNoteInput[]): readonly NoteOfPlatform[] {
  const problems = new FieldProblems();
  const notes = new Map<Platform, NoteOfPlatform>();
  for (const { platform, requirements, installNote } of inputs) {
    const note = { platform, requirements: requirements?.trim() || null, installNote: installNote?.trim() || null };
    const where = PLATFORM_LABELS[platform];
    const texts = [
      { text: note.requirements, label: `What ${where} needs`, maxLength: REQUIREMENTS_MAX_LENGTH },
      { text: note.installNote, label: `The sentence on installing for ${where}`, maxLength: INSTALL_NOTE_MAX_LENGTH },
    ];
    for (const { text, ...rule } of texts) if (text !== null) problems.add('platformNotes', checkName(text, rule));
    notes.set(platform, note);
  }
  problems.throwIfAny();
  return PLATFORMS.flatMap((platform) => notes.get(platform) ?? []).filter(
    (note) => note.requirements !== null || note.installNote !== null,
  );
}

export async function readPlatformNotes(tx: Transaction, productId: string): Promise<readonly NoteOfPlatform[]> {
  const rows = await tx.manager.findBy(PlatformNote, { productId });
  return inOrder(rows).map(({ platform, requirements, installNote }) => ({ platform, requirements, installNote }));
}

export async function writePlatformNotes(tx: Transaction, productId: string, notes: readonly NoteOfPlatform[]): Promise<void> {
  await tx.manager.delete(PlatformNote, { productId });
  await tx.manager.insert(
    PlatformNote,
    notes.map((note) => ({ productId, ...note })),
  );
}

/** As platforms are listed everywhere. */
export const inOrder = <Note extends Pick<PlatformNote, 'platform'>>(notes: readonly Note[]): readonly Note[] =>
  PLATFORMS.flatMap((platform) => notes.find((note) => note.platform === platform) ?? []);
