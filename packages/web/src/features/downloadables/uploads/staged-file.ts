/** A file that was chosen but not sent yet. */
import {
  checkFileName,
  checkFileSize,
  cleanFileName,
  fileNameKey,
  guessTarget,
  isDebugArchive,
  isNameless,
  isReleaseList,
  sideSuffixOf,
  type Architecture,
  type AssetType,
  type Platform,
} from '@slipway/shared';
import { makeRandomKey } from './random-key';

export interface StagedFile {
  readonly key: string;
  readonly file: File;
  fileName: string;
  type: AssetType;
  platform: Platform;
  architecture: Architecture | null;
  /** What its SHA-256 must be, from a list; null: not known. */
  sha256: string | null;
  /** It is to take the place of a file of this name. */
  isReplacement: boolean;
}

export interface StagedProblem {
  readonly message: string;
  /** A name that would be accepted, where the name is what is wrong. */
  readonly proposal: string | null;
  /** The name belongs to a file that is there already, and this one may take its place. */
  readonly isTaken?: boolean;
}

/**
 * Takes a file as it was chosen; a name that the API would refuse is cleaned at once. Of those with nothing left of their name
 * each gets one of its own; others may be meant to take the place of the file that has it.
 */
export function stageFile(file: File, names: { readonly chosen: ReadonlySet<string>; readonly present: ReadonlySet<string> }): StagedFile {
  const taken = isNameless(file.name) ? new Set([...names.chosen, ...names.present]) : names.chosen;
  const fileName = cleanFileName(file.name, taken);
  return { key: makeRandomKey(), file, fileName, sha256: null, isReplacement: false, ...guessTarget(file.name) };
}

/** Whether the name says neither system nor kind. What speaks of another file, and debug symbols, need no more. */
export function saysNothing({ file, fileName, type, platform, architecture }: StagedFile): boolean {
  const isBlank = type === 'OTHER' && platform === 'ALL' && architecture === null;
  return isBlank && sideSuffixOf(fileName) === null && !isReleaseList(fileName) && !isDebugArchive(file.name);
}

/** Tells what the file is called on the person's computer when it gets another name here; null: the same. */
export function renameNote({ file, fileName }: Pick<StagedFile, 'file' | 'fileName'>): string | null {
  if (fileName === file.name) return null;
  if (checkFileName(file.name) === null) return `On your computer it is "${file.name}".`;
  return `Renamed, because "${file.name}" does not work in every link and on every system.`;
}

/** What the API would refuse, said before a byte is sent. @param takenKeys `fileNameKey` of the other files of the downloadable. */
export function checkStagedFile(staged: StagedFile, takenKeys: ReadonlySet<string>, limitBytes: number): StagedProblem | null {
  const badName = checkFileName(staged.fileName);
  if (badName) return { message: badName.message, proposal: cleanFileName(staged.fileName) };
  if (takenKeys.has(fileNameKey(staged.fileName))) {
    return {
      message: `There already is a file named "${staged.fileName}": replace it, or remove one of the two.`,
      proposal: null,
      isTaken: true,
    };
  }
  const badSize = checkFileSize(staged.file.size, limitBytes);
  return badSize ? { message: badSize.message, proposal: null } : null;
}
