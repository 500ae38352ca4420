import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { connectionType } from '../../../kernel/pagination.js';
import { ErrorCodeEnum } from '../../../kernel/problem/error-code.enum.js';
import type { ErrorCode } from '../../../kernel/problem/error-codes.js';
import { DateTime } from '../../../kernel/scalars.js';
import { membersOf } from '../tasks/license-task.schema.js';
import {
  LICENSE_IMPORT_OUTCOMES,
  LICENSE_IMPORT_STATES,
  type LicenseImportOutcome,
  type LicenseImportState,
} from './license-import.entity.js';

const LicenseImportStateEnum = membersOf(LICENSE_IMPORT_STATES);
registerEnumType(LicenseImportStateEnum, {
  name: 'LicenseImportState',
  description: 'How far an import is: `CHECKING` tries every line, `CHECKED` waits for `importLicenses`, `RUNNING` imports.',
});
export const LicenseImportOutcomeEnum = membersOf(LICENSE_IMPORT_OUTCOMES);
registerEnumType(LicenseImportOutcomeEnum, {
  name: 'LicenseImportOutcome',
  description: 'What a line of an import does or, once imported, did: `UNCHANGED` says what is so already.',
});

@ObjectType('LicenseImportColumn', { description: 'A column of a file that is imported.' })
@Access('public')
export class LicenseImportColumnType {
  @Field(() => String, { description: 'The header in the file.' })
  header!: string;

  @Field(() => String, { nullable: true, description: 'The column that it is understood as. Null if it is not imported.' })
  column!: string | null;
}

@ObjectType('LicenseImportChange', { description: 'What a line of an import changes of a license or its customer.' })
@Access('public')
export class LicenseImportChangeType {
  @Field(() => String, { description: 'The column, as the export names it.' })
  column!: string;

  @Field(() => String, { description: 'The cell before, as the export writes it.' })
  before!: string;

  @Field(() => String, { description: 'The cell afterwards, as the export writes it.' })
  after!: string;
}

@ObjectType('LicenseImportLine', { description: 'A line of a file that is imported, and what becomes of it.' })
@Access('public')
export class LicenseImportLineType {
  @Field(() => Int, { description: 'Where the line begins in the file; the header is line 1.' })
  line!: number;

  @Field(() => LicenseImportOutcomeEnum, { nullable: true, description: 'What the line does, or did. Null until it is checked.' })
  outcome!: LicenseImportOutcome | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the license. Null until the line is imported.' })
  licenseId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The column that is wrong, as the export names it. Null if none is, or the whole line.',
  })
  column!: string | null;

  @Field(() => ErrorCodeEnum, { nullable: true, description: 'The code of the error, for programs.' })
  code!: ErrorCode | null;

  @Weight({ bytes: 150 })
  @Field(() => String, { nullable: true, description: 'One sentence that says what is wrong and what to do.' })
  message!: string | null;
}

export const LicenseImportLineConnection = connectionType('LicenseImportLine', () => LicenseImportLineType);

@ObjectType('LicenseImport', { description: 'A file of licenses, checked and then imported in the background. Kept for 7 days.' })
@Access('public')
export class LicenseImportType {
  @Field(() => ID, { description: 'The ID of the import, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The name of the file.' })
  fileName!: string;

  @Field(() => LicenseImportStateEnum, { description: 'How far the import is.' })
  state!: LicenseImportState;

  @Field(() => Int, { description: 'The number of lines.' })
  total!: number;

  @Field(() => Int, { description: 'The number of lines that create a license, as far as they are checked or, once started, imported.' })
  created!: number;

  @Field(() => Int, { description: 'The number of lines that change a license.' })
  changed!: number;

  @Field(() => Int, { description: 'The number of lines that say what is so already.' })
  unchanged!: number;

  @Field(() => Int, { description: 'The number of lines that cannot be imported.' })
  failed!: number;

  @Weight({ bytes: 100 })
  @Field(() => String, { nullable: true, description: 'Why the import was stopped. Null if it was not, or somebody did.' })
  problem!: string | null;

  @Field(() => DateTime, { description: 'When the file was sent.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the import was done or stopped. Null before.' })
  endedAt!: Date | null;
}

export const LicenseImportConnection = connectionType('LicenseImport', () => LicenseImportType);

@InputType('ImportLicensesInput', { description: 'The checked file to import.' })
export class ImportLicensesInput {
  @Field(() => ID, { description: 'The ID of the import, from `POST /api/v1/license-imports`. Safe to repeat: a file is imported once.' })
  id!: string;
}

@InputType('StopLicenseImportInput', { description: 'The import to stop.' })
export class StopLicenseImportInput {
  @Field(() => ID, { description: 'The ID of the import.' })
  id!: string;
}
