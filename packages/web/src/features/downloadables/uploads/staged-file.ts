/** A file that was chosen but not sent yet. */
import {
  checkFileName,
  checkFileSize,
  cleanFileName,
  fileNameKey,
  guessTarget,
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
}

export interface StagedProblem {
  readonly message: string;
  /** A name that would be accepted, where the name is what is wrong. */
  readonly proposal: string | null;
}

export function stageFile(file: File): StagedFile {
  return { key: makeRandomKey(), file, fileName: file.name, ...guessTarget(file.name) };
}

/** What the API would refuse, said before a byte is sent. @param takenKeys `fileNameKey` of the other files of the downloadable. */
export function checkStagedFile(staged: StagedFile, takenKeys: ReadonlySet<string>, limitBytes: number): StagedProblem | null {
  const badName = checkFileName(staged.fileName);
  if (badName) return { message: badName.message, proposal: cleanFileName(staged.fileName) };
  if (takenKeys.has(fileNameKey(staged.fileName))) {
    return { message: `There already is a file named "${staged.fileName}": remove one of the two.`, proposal: null };
  }
  const badSize = checkFileSize(staged.file.size, limitBytes);
  return badSize ? { message: badSize.message, proposal: null } : null;
}
