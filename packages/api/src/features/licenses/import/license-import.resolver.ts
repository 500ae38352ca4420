import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { ForwardPageArgs, type Connection } from '../../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import type { ImportHeader } from './csv-file.js';
import type { LineChange } from './import-line.js';
import type { LicenseImport, LicenseImportLine, LicenseImportOutcome } from './license-import.entity.js';
import type { LicenseImports } from './license-imports.js';
import {
  ImportLicensesInput,
  LicenseImportChangeType,
  LicenseImportColumnType,
  LicenseImportConnection,
  LicenseImportLineConnection,
  LicenseImportLineType,
  LicenseImportOutcomeEnum,
  LicenseImportType,
  StopLicenseImportInput,
} from './license-import.schema.js';
import { headerOf } from './line-content.js';

interface ImportResult {
  readonly licenseImport: LicenseImport;
}

const IMPORT = { licenseImport: { type: () => LicenseImportType, description: 'The import, as far as it is.' } };
const ImportLicensesPayload = payloadType<ImportResult>('ImportLicenses', IMPORT);
const StopLicenseImportPayload = payloadType<ImportResult>('StopLicenseImport', IMPORT);

@Resolver(() => LicenseImportType)
export class LicenseImportResolver {
  constructor(private readonly imports: LicenseImports) {}

  @Weight({ items: 20 })
  @FieldResolver(() => [LicenseImportColumnType], { description: 'The columns of the file, in their order.' })
  columns(@Root() one: LicenseImport): readonly ImportHeader[] {
    return headerOf(one);
  }

  @FieldResolver(() => LicenseImportLineConnection, { description: 'The lines of the file, in their order.' })
  lines(
    @Root() one: LicenseImport,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Arg('outcome', () => LicenseImportOutcomeEnum, { nullable: true, description: 'Only lines with this outcome.' })
    outcome: LicenseImportOutcome | null = null,
  ): Promise<Connection<LicenseImportLine>> {
    return this.imports.lines(one, page, outcome);
  }

  @Access('license:write')
  @Query(() => LicenseImportType, {
    nullable: true,
    description: 'Finds an import of licenses by its ID; null if there is none or you may not see it.',
  })
  licenseImport(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The ID of the import.' }) id: string,
  ): Promise<LicenseImport | null> {
    return this.imports.find(context, id);
  }

  @Access('license:write')
  @Query(() => LicenseImportConnection, {
    description:
      'Lists the imports of licenses of the last 7 days, the latest first: all of them if you may change the licenses of all products, else yours.',
  })
  licenseImports(@Ctx() context: RequestContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs): Promise<Connection<LicenseImport>> {
    return this.imports.list(context, page);
  }

  @Access('license:write')
  @Mutation(() => ImportLicensesPayload, {
    description:
      'Imports a file of licenses that was sent to `POST /api/v1/license-imports` and is checked, in the background. Ask `licenseImport` how far it is.',
  })
  async importLicenses(
    @Ctx() context: RequestContext,
    @Arg('input', () => ImportLicensesInput) input: ImportLicensesInput,
  ): Promise<PayloadOf<ImportResult>> {
    return succeed({ licenseImport: await this.imports.run(context, input.id) });
  }

  @Access('license:write')
  @Mutation(() => StopLicenseImportPayload, { description: 'Stops an import of licenses. What is imported stays.' })
  async stopLicenseImport(
    @Ctx() context: RequestContext,
    @Arg('input', () => StopLicenseImportInput) input: StopLicenseImportInput,
  ): Promise<PayloadOf<ImportResult>> {
    return succeed({ licenseImport: await this.imports.stop(context, input.id) });
  }
}

/** What a line says, to be told from others. */
@Resolver(() => LicenseImportLineType)
export class LicenseImportLineResolver {
  @Weight({ bytes: 30 })
  @FieldResolver(() => String, { description: 'The e-mail address in the line, in small letters.' })
  email(@Root() line: LicenseImportLine): string {
    return line.emailKey;
  }

  @Weight({ items: 2 })
  @FieldResolver(() => [LicenseImportChangeType], { description: 'What the line changes, cell by cell.' })
  changes(@Root() { changes }: LicenseImportLine): readonly LineChange[] {
    return changes === null ? [] : (JSON.parse(changes) as LineChange[]); // written by the job
  }
}
