import { SETTING_NAMES, SETTINGS, type SettingName } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeDraft, makeFile, makeLicense, makePublished, makeToken } from '../../testing/make.js';

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

const FIELDS = SETTING_NAMES.join(' ');

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('settings on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const read = async (client = harness.admin) =>
    (await client.query<{ settings: Record<string, unknown> }>(`{ settings { ${FIELDS} lockVersion fixed { name variable } } }`)).settings;
  const update = (input: Record<string, unknown>) =>
    harness.admin.run<{ settings: Record<string, unknown> }>('updateSettings', input, `settings { ${FIELDS} lockVersion }`);
  const errorsOf = async (input: object, client: Client = harness.admin): Promise<readonly UserError[]> => {
    const mutation = 'mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) { userErrors { code message field } } }';
    const { data } = await client.graphql<{ updateSettings: { userErrors: readonly UserError[] } }>(mutation, { input });
    return data?.updateSettings.userErrors ?? [];
  };

  const passwordErrors = async (client: Client, input: Record<string, string>): Promise<readonly UserError[]> => {
    const mutation = 'mutation($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code message field } } }';
    const { data } = await client.graphql<{ changePassword: { userErrors: readonly UserError[] } }>(mutation, { input });
    return data?.changePassword.userErrors ?? [];
  };

  it('are their defaults until somebody sets them, and again after null', async () => {
    const names = SETTING_NAMES.filter((name) => !name.endsWith('PerMinute')); // the tests' own are given by their environment
    const defaults = Object.fromEntries(names.map((name) => [name, SETTINGS[name].defaultValue]));
    expect(await read()).toMatchObject(defaults);
    await update({ vendorName: '  Comet Works ', downloadUrlSeconds: 120, maxFileSizeBytes: 3 * 1024 ** 4 });
    expect(await read()).toMatchObject({
      ...defaults,
      vendorName: 'Comet Works',
      downloadUrlSeconds: 120,
      maxFileSizeBytes: 3 * 1024 ** 4,
    });
    await update({ vendorName: null, downloadUrlSeconds: null, maxFileSizeBytes: null });
    expect(await read()).toMatchObject(defaults);
  });

  it.each<[SettingName, unknown, string]>([
    ['vendorName', ' ', 'NAME_REQUIRED'],
    ['vendorName', 'x'.repeat(61), 'TOO_LONG'],
    ['supportEmail', 'help at aurora', 'EMAIL_INVALID'],
    ['supportUrl', 'http://aurora.example', 'URL_INVALID'],
    ['renewalUrl', 'https://aurora.example/{key}', 'URL_INVALID'],
    ['websiteUrl', 'javascript:alert(1)', 'URL_INVALID'],
    ['timeZone', 'Mars/Olympus', 'VALUE_INVALID'],
    ['maxFileSizeBytes', 1, 'VALUE_INVALID'],
    ['downloadUrlSeconds', 59, 'VALUE_INVALID'],
    ['downloadUrlSeconds', 86_401, 'VALUE_INVALID'],
    ['shareLinkDays', 0, 'VALUE_INVALID'],
    ['passwordMinLength', 7, 'VALUE_INVALID'],
    ['staffIdleMinutes', 721, 'VALUE_INVALID'], // longer than the session of 12 hours
    ['customerIdleDays', 91, 'VALUE_INVALID'],
  ])('%s cannot be %j: %s at its field, with what to write, and nothing is saved', async (field, value, code) => {
    const before = await read();
    const errors = await errorsOf({ [field]: value, websiteUrl: field === 'websiteUrl' ? value : 'https://saved.example' });
    expect(errors).toEqual([{ code, field, message: expect.stringMatching(/^[^a-z].*[.]$/) }]);
    expect(await read()).toEqual(before);
  });

  it('of two admins who save at once the second hears of the first', async () => {
    const { lockVersion } = await read();
    const outcomes = await Promise.all(['One', 'Two', 'Three'].map((vendorName) => errorsOf({ vendorName, lockVersion })));
    expect(outcomes.filter((errors) => errors.length === 0)).toHaveLength(1);
    expect(outcomes.flat().map(({ code }) => code)).toEqual(['EDIT_CONFLICT', 'EDIT_CONFLICT']);
    expect((await read())['lockVersion']).toBe(Number(lockVersion) + 1);
    await update({ vendorName: null });
  });

  it('are in the audit trail with what changed and nothing else; saving what is there already is not', async () => {
    await update({ supportEmail: 'help@aurora.example', supportUrl: 'https://aurora.example/help' });
    await update({ supportEmail: 'help@aurora.example', supportUrl: 'https://aurora.example/ask' });
    const { lockVersion } = await read();
    await update({ supportUrl: 'https://aurora.example/ask' });
    expect((await read())['lockVersion']).toBe(lockVersion);
    const { auditEvents } = await harness.admin.query<{ auditEvents: { nodes: unknown[] } }>(
      '{ auditEvents(first: 1, filter: { subjectType: SETTINGS, subjectId: "settings" }) { nodes { action change { before after } } } }',
    );
    expect(auditEvents.nodes).toEqual([
      {
        action: 'SETTINGS_UPDATE',
        change: { before: { supportUrl: 'https://aurora.example/help' }, after: { supportUrl: 'https://aurora.example/ask' } },
      },
    ]);
    await update({ supportEmail: null, supportUrl: null });
  });

  it('that the environment gives are shown as such and refused with the variable to change', async () => {
    expect((await read())['fixed']).toContainEqual({ name: 'ANONYMOUS_REQUESTS_PER_MINUTE', variable: 'ANONYMOUS_REQUESTS_PER_MINUTE' });
    expect(await errorsOf({ anonymousRequestsPerMinute: 5 })).toEqual([
      {
        code: 'SETTING_FIXED',
        field: 'anonymousRequestsPerMinute',
        message: 'Requests without a credential is set by ANONYMOUS_REQUESTS_PER_MINUTE: change it there, then restart Slipway.',
      },
    ]);
  });

  it('are for administrators: neither support, publishers, customers nor a token for one product sees or changes them', async () => {
    const { id, productId } = await makeDraft(harness.admin);
    expect(id).toBeTruthy();
    const token = await makeToken(harness.admin, { scopes: ['settings:write'], productId });
    const { client: license, customerId } = await makeLicense(harness, { productId });
    const others = [
      harness.nobody,
      token,
      await makeToken(harness.admin, { scopes: ['release:read', 'user:write'] }),
      license,
      await harness.makeUser('CUSTOMER', { customerId }),
      await harness.makeUser('SUPPORT'),
      await harness.makeUser('PUBLISHER'),
    ];
    for (const client of others)
      for (const query of [
        '{ settings { vendorName } }',
        'mutation { updateSettings(input: { vendorName: "Mine" }) { userErrors { code } } }',
      ]) {
        const { errors } = await client.graphql(query);
        expect(errors[0]?.extensions.code).toMatch(/^(FORBIDDEN|UNAUTHENTICATED)$/);
      }
    const whole = await makeToken(harness.admin, { scopes: ['settings:write'] });
    expect((await read(whole))['vendorName']).toBe('Slipway');
  });

  it('act on the next request: the size of files, the life of URLs and of share links, the shortest password', async () => {
    await update({ maxFileSizeBytes: 1_048_576, shareLinkDays: 2, passwordMinLength: 20, downloadUrlSeconds: 3_600 });
    const { id } = await makeDraft(harness.admin);
    const refused = await harness.admin.graphql<{ createUpload: { userErrors: UserError[] } }>(
      'mutation($input: CreateUploadInput!) { createUpload(input: $input) { userErrors { code message field } } }',
      { input: { downloadableId: id, fileName: 'a.zip', size: 1_048_577 } },
    );
    expect(refused.data?.createUpload.userErrors).toMatchObject([{ code: 'FILE_TOO_LARGE' }]);
    await makeFile(harness, id);
    const days = (count: number): string => new Date(harness.clock.now().getTime() + count * 86_400_000).toISOString();
    const share = (expiresAt: string | null) =>
      harness.admin.graphql<{ createShareLink: { shareLink: { expiresAt: string } | null; userErrors: UserError[] } }>(
        'mutation($input: CreateShareLinkInput!) { createShareLink(input: $input) { shareLink { expiresAt } userErrors { code message field } } }',
        { input: { downloadableId: id, expiresAt } },
      );
    expect((await share(days(3))).data?.createShareLink.userErrors).toMatchObject([
      { code: 'DATE_INVALID', message: 'A share link must expire between now and 2 days from now: choose another time.' },
    ]);
    expect(Date.parse((await share(null)).data?.createShareLink.shareLink?.expiresAt ?? '')).toBeLessThanOrEqual(Date.parse(days(2)));
    const release = await makePublished(harness);
    const granted = await harness.admin.run<{ download: { expiresAt: string } }>(
      'createDownload',
      { assetId: release.file.id },
      'download { expiresAt }',
    );
    const lifeMs = Date.parse(granted.download.expiresAt) - harness.clock.now().getTime();
    expect(lifeMs).toBeGreaterThan(3_500_000);
    expect(lifeMs).toBeLessThanOrEqual(3_600_000);
    const change = { currentPassword: TEST_PASSWORD, newPassword: 'nineteen characters' };
    expect(await passwordErrors(await harness.makeUser('SUPPORT'), change)).toEqual([
      { code: 'PASSWORD_TOO_SHORT', message: 'The password is too short: use at least 20 characters.', field: 'newPassword' },
    ]);
    await update({ maxFileSizeBytes: null, shareLinkDays: null, passwordMinLength: null, downloadUrlSeconds: null });
  });

  it('say how long staff and customers stay signed in, and bring back nobody whose session ended', async () => {
    const isIn = async (client: Client): Promise<boolean> =>
      (await client.query<{ viewer: object | null }>('{ viewer { permissions } }')).viewer !== null;
    await update({ staffIdleMinutes: 5, staffSessionHours: 1, customerIdleDays: 1, customerSessionDays: 2 });
    const customer = await harness.makeUser('CUSTOMER', { customerId: (await makeCustomer(harness.admin)).id });
    const [support, other] = [await harness.makeUser('SUPPORT'), await harness.makeUser('ADMIN')];
    harness.clock.advance({ seconds: 299 });
    expect([await isIn(support), await isIn(other)]).toEqual([true, true]);
    harness.clock.advance({ seconds: 301 });
    expect([await isIn(support), await isIn(customer)]).toEqual([false, true]);
    harness.clock.advance({ hours: 23 });
    expect(await isIn(customer)).toBe(true);
    harness.clock.advance({ hours: 23 });
    expect(await isIn(customer)).toBe(true);
    harness.clock.advance({ hours: 2 });
    expect(await isIn(customer)).toBe(false);
    await harness.database.transaction(async (tx) => {
      for (const name of ['staffIdleMinutes', 'customerIdleDays', 'customerSessionDays'] as const)
        await harness.app.features.settings.write(tx, name, String(SETTINGS[name].most));
    });
    expect([await isIn(support), await isIn(customer)]).toEqual([false, false]);
  });

  it('that somebody wrote by hand and cannot be are the defaults, so that the page that mends them opens', async () => {
    await harness.database.transaction((tx) => harness.app.features.settings.write(tx, 'downloadUrlSeconds', 'soon'));
    expect(await read(await harness.makeUser('ADMIN'))).toMatchObject({ downloadUrlSeconds: 300 });
  });
});
