import type { Secrets } from '../../../kernel/secret/secrets.js';
import type { ImportHeader } from './csv-file.js';
import type { LicenseImport, LicenseImportLine } from './license-import.entity.js';

const PURPOSE = 'license-import-line';

/** Keeps the cells of lines sealed: they have addresses and keys. */
export class LineContents {
  constructor(private readonly secrets: Secrets) {}

  seal(lineId: string, cells: readonly string[]): string {
    return this.secrets.encrypt(PURPOSE, lineId, JSON.stringify(cells));
  }

  open({ id, content }: Pick<LicenseImportLine, 'id' | 'content'>): readonly string[] {
    return JSON.parse(this.secrets.decrypt(PURPOSE, id, content)) as string[]; // written by `seal`
  }

  /** The content without the key, once it is used. */
  withoutKey(line: Pick<LicenseImportLine, 'id' | 'content'>, header: readonly ImportHeader[]): string {
    return this.seal(
      line.id,
      this.open(line).map((cell, index) => (header[index]?.column === 'key' ? '' : cell)),
    );
  }
}

/** The headers of an import; written by `LicenseImports`. */
export const headerOf = ({ header }: Pick<LicenseImport, 'header'>): readonly ImportHeader[] => JSON.parse(header) as ImportHeader[];
