import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { Weight } from '../../kernel/limits/weight.js';
import { OFFERED_WEIGHT } from '../downloads/access/offered-release.js';
import { resultOf, updateFileOf } from './update-answers.js';
import type { UpdateCallers } from './update-callers.js';
import type { UpdateCheck } from './update-check.js';
import { UpdateCheckInput, UpdateCheckResult, UpdateFile, UpdateReleaseType } from './update-check.schema.js';
import type { UpdateDetails } from './update-details.js';
import { targetOf } from './update-question.js';

export interface UpdateUse {
  readonly updates: UpdateCheck;
  readonly updateCallers: UpdateCallers;
  readonly updateDetails: UpdateDetails;
  readonly publicUrl: string;
}

@Resolver(() => UpdateReleaseType)
export class UpdateCheckResolver {
  constructor(private readonly use: UpdateUse) {}

  @Access('public')
  @Weight(OFFERED_WEIGHT)
  @Query(() => UpdateCheckResult, {
    description: 'Checks whether there is an update for an installed program, and whether its license covers it.',
  })
  async updateCheck(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateCheckInput, { description: 'The installed program.' }) input: UpdateCheckInput,
  ): Promise<UpdateCheckResult> {
    const target = targetOf(input.platform ?? null, input.architecture ?? null);
    const checked = await this.use.updateCallers.contextFor(context, input);
    const question = { ...input, channel: input.channel ?? null, constraint: input.constraint ?? null, target };
    return resultOf(await this.use.updates.check(checked, question), { context: checked, target });
  }

  @Weight({ bytes: 2_000 })
  @FieldResolver(() => String, { description: 'The changelog in Markdown.' })
  notes(@Root() { found }: UpdateReleaseType): Promise<string> {
    return this.use.updateDetails.notes(found);
  }

  @Weight({ items: 10 })
  @FieldResolver(() => [UpdateFile], {
    description: 'The files for the program’s computer, the best first, each followed by its signatures.',
  })
  async assets(@Root() { found }: UpdateReleaseType): Promise<readonly UpdateFile[]> {
    return (await this.use.updateDetails.files(found)).map((file) => updateFileOf(found, file, this.use.publicUrl));
  }
}

@Resolver(() => UpdateFile)
export class UpdateFileResolver {
  constructor(private readonly use: Pick<UpdateUse, 'updateDetails'>) {}

  @Weight({ bytes: 130 })
  @FieldResolver(() => String, { nullable: true, description: 'The SHA-512 in hexadecimal. Null for an external file.' })
  sha512(@Root() { found, id }: UpdateFile): Promise<string | null> {
    return this.use.updateDetails.sha512(found, id);
  }
}
