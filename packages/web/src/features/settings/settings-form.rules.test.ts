import { SETTING_GROUPS, SETTING_NAMES, SETTINGS, type Settings } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { changedNames, checkTexts, hintOf, settingsIn, textsOf, theirsNotice, valueOf, warningOf } from './settings-form.rules';

// Every name is given.
const DEFAULTS = Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].defaultValue])) as unknown as Settings;
const texts = (change: object = {}) => ({ ...textsOf(DEFAULTS), ...change });

describe('the form of the settings', () => {
  it('shows what is saved so that saving it changes nothing', () => {
    expect(texts()).toMatchObject({ maxFileSizeBytes: '2 GiB', downloadUrlSeconds: '300', supportEmail: '' });
    expect(changedNames(DEFAULTS, texts())).toEqual([]);
    expect(checkTexts(DEFAULTS, texts())).toEqual({});
  });

  it('takes the same value in another spelling for no change', () => {
    expect(
      changedNames(
        DEFAULTS,
        texts({ maxFileSizeBytes: '2048 mib', vendorName: ' Slipway ', accentColor: ' #3A4FD8', downloadUrlSeconds: '0300' }),
      ),
    ).toEqual([]);
  });

  it.each([
    ['500 MB', 500_000_000],
    ['1.5 TiB', 1.5 * 1_024 ** 4],
    ['2147483648', 2_147_483_648],
    ['2 GiBs', Number.NaN],
    ['much', Number.NaN],
    ['', Number.NaN],
  ])('reads the size %j as %d bytes', (text, bytes) => {
    expect(valueOf('maxFileSizeBytes', text)).toBe(bytes);
  });

  it('tells what is wrong at the field of what was changed, with what to write', () => {
    expect(checkTexts(DEFAULTS, texts({ downloadUrlSeconds: '1e3', maxFileSizeBytes: '6 TiB' }))).toEqual({
      downloadUrlSeconds: 'Life of a signed URL must be a whole number, 60 to 86,400 seconds, for example 300 seconds.',
      maxFileSizeBytes: 'Maximum file size must be 1 MiB to 5 TiB, for example 2 GiB.',
    });
    expect(checkTexts(DEFAULTS, texts({ staffSessionHours: '1', staffIdleMinutes: '61' }))).toEqual({
      staffIdleMinutes: 'Staff cannot idle longer than their session lasts: choose a shorter time.',
    });
  });

  it('warns of a signed URL that lives longer than an hour', () => {
    expect([3_600, 3_601].map((seconds) => warningOf(SETTINGS.downloadUrlSeconds, seconds) === undefined)).toEqual([true, false]);
  });

  it('says what somebody else saved meanwhile, of a logo without its digest', () => {
    expect([theirsNotice('vendorName', 'Comet'), theirsNotice('logo', 'ab12'), theirsNotice('logo', '')]).toEqual([
      'Somebody else saved “Comet” here meanwhile. Saving puts yours in its place.',
      'Somebody else replaced it meanwhile. Saving puts yours in its place.',
      'Somebody else removed it meanwhile. Saving puts yours in its place.',
    ]);
  });

  it('says of each number its range and its default, and has each setting on one tab', () => {
    expect(hintOf(SETTINGS.shareLinkDays)).toBe('Links that exist keep theirs. 1 to 366 days, 366 by default.');
    expect(SETTING_GROUPS.flatMap(settingsIn).toSorted()).toEqual(SETTING_NAMES.toSorted());
  });
});
