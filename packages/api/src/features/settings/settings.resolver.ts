import { declarationOf } from '@slipway/shared';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import type { SettingsService, SettingsState } from './settings.service.js';
import { withoutSecrets } from './settings-values.js';
import { SettingsType, UpdateSettingsInput, type SettingsInput, type SettingsView } from './settings.schema.js';

interface SettingsResult {
  readonly settings: SettingsView;
}
const UpdateSettingsPayload = payloadType<SettingsResult>('UpdateSettings', {
  settings: { type: () => SettingsType, description: 'The settings after the change.' },
});

@Resolver(() => SettingsType)
export class SettingsResolver {
  constructor(private readonly service: SettingsService) {}

  @Access('settings:write')
  @Query(() => SettingsType, { description: 'What the vendor has set for everyone. Requires `settings:write`.' })
  async settings(@Ctx() context: RequestContext): Promise<SettingsView> {
    return this.#view(await this.service.show(context));
  }

  @Access('settings:write')
  @Mutation(() => UpdateSettingsPayload, { description: 'Changes settings. Replicas follow within two seconds.' })
  async updateSettings(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateSettingsInput) input: SettingsInput,
  ): Promise<PayloadOf<SettingsResult>> {
    const { lockVersion, ...changes } = input;
    return succeed({ settings: this.#view(await this.service.update(context, changes, lockVersion ?? null)) });
  }

  #view({ settings, ...state }: SettingsState): SettingsView {
    const fixed = this.service.fixedNames.map((name) => ({ name, variable: declarationOf(name).variable ?? '' }));
    return { ...withoutSecrets(settings), ...state, fixed };
  }
}
