import { declarationOf, rangeText, SETTING_GROUPS, SETTING_NAMES, sizeText, type SettingGroup, type SettingName } from '@slipway/shared';
import { expect, it } from 'vitest';

const TITLES: Readonly<Record<SettingGroup, string>> = {
  GENERAL: 'General',
  LIMITS: 'Limits',
  MAIL: 'Mail',
  SECURITY: 'Security',
  RETENTION: 'Retention',
};

function valuesOf(name: SettingName): { readonly range: string; readonly usual: string } {
  const declaration = declarationOf(name);
  if (declaration.kind === 'CHOICE')
    return {
      range: Object.keys(declaration.choices ?? {})
        .map((one) => `\`${one}\``)
        .join(', '),
      usual: `\`${declaration.defaultValue}\``,
    };
  if (declaration.kind === 'IMAGE') return { range: `${declaration.formats} ${declaration.dimensions}`, usual: 'empty' };
  if (declaration.kind === 'SECRET') return { range: `up to ${declaration.maxLength} characters`, usual: 'empty' };
  if (declaration.kind !== 'NUMBER')
    return {
      range: `up to ${declaration.maxLength} characters, for example \`${declaration.example}\``,
      usual: declaration.defaultValue || 'empty',
    };
  const { unit, defaultValue } = declaration;
  return { range: rangeText(declaration), usual: unit === 'bytes' ? sizeText(defaultValue) : defaultValue.toLocaleString('en-US') };
}

function rowOf(name: SettingName): string {
  const { label, help, variable } = declarationOf(name);
  const { range, usual } = valuesOf(name);
  return `| ${label} | \`${name}\` | ${help} | ${range} | ${usual} | ${variable ? `\`${variable}\`` : ''} |`;
}

const partOf = (group: SettingGroup): string => `## ${TITLES[group]}

| setting | in GraphQL | what it does | values | default | variable that wins |
| --- | --- | --- | --- | --- | --- |
${SETTING_NAMES.filter((name) => declarationOf(name).group === group)
  .map(rowOf)
  .join('\n')}
`;

const page = `# Settings

An administrator sets these in the console under Settings, a token with \`settings:write\` by \`updateSettings\`. They act on the
next request; other replicas follow within two seconds. Every change is in the audit trail, and \`settings { saved }\` says who last
saved each of them. The logo is sent as its bytes in base64 and read as their SHA-256; it is kept in the database, and everybody gets it
at \`/vendor/logo/<SHA-256>\`, the path that \`vendor { logo }\` gives. Written from
\`packages/shared/src/setting/setting.ts\` by \`pnpm --filter @slipway/api vitest run settings-page -u\`.

${SETTING_GROUPS.map(partOf).join('\n')}`;

it('the page about settings says what their declarations say', async () => {
  await expect(page).toMatchFileSnapshot('../../../../../docs/settings.md');
});
