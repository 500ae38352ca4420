import { SETTING_NAMES } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import type { SettingsFieldsFragment } from '../../graphql/documents.generated';
import { savedNotes } from './saved-notes';

type Saved = SettingsFieldsFragment['saved'][number];
const saved: Saved = {
  name: 'SUPPORT_EMAIL',
  savedAt: '2026-11-12T23:30:00Z',
  savedBy: { name: 'An admin' },
  event: { id: '01', requestId: 'a+b' },
};

describe('what stands below a setting that was changed', () => {
  it('is who saved it, the day in the vendor’s zone, and the way to its line in the logs', () => {
    expect([...savedNotes([saved], 'UTC')]).toEqual([
      ['supportEmail', { text: 'Changed by An admin on Nov 12, 2026', to: '/admin/logs?q=a%2Bb' }],
    ]);
    expect(savedNotes([saved], 'Europe/Oslo').get('supportEmail')?.text).toBe('Changed by An admin on Nov 13, 2026');
  });

  it('says no more than is known', () => {
    const unknown = { ...saved, savedBy: null, event: null };
    expect(savedNotes([unknown], 'UTC').get('supportEmail')).toEqual({ text: 'Changed on Nov 12, 2026', to: null });
  });

  it('finds every setting by its code', () => {
    const codes = SETTING_NAMES.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase());
    const all = codes.map((name) => ({ ...saved, name: name as Saved['name'] })); // the codes of the schema
    expect([...savedNotes(all, 'UTC').keys()]).toEqual(SETTING_NAMES);
  });
});
