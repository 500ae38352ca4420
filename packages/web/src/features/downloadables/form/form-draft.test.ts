import { beforeEach, describe, expect, it } from 'vitest';
import { makeDraftStore, type FormDraft } from './form-draft';

const kept = new Map<string, string>();
const storage = (): Storage =>
  ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }) as unknown as Storage; // the three methods that the store uses

const draft: FormDraft = {
  values: {
    productId: 'p',
    version: '2.0',
    name: '',
    summary: 'Faster',
    isSecurityFix: true,
    channel: '',
    changelog: '- New',
    releaseDate: '',
    intent: 'DRAFT',
  },
  fileNames: ['app.exe'],
  lockVersion: 3,
  savedAt: '2026-11-21T10:00:00.000Z',
};

describe('the kept form', () => {
  beforeEach(() => kept.clear());

  it('comes back as it was, and is gone once forgotten', () => {
    const store = makeDraftStore('me', 'new', storage);
    store.write(draft);
    expect(store.read()).toEqual(draft);
    store.forget();
    expect(store.read()).toBeNull();
  });

  it('is one person’s and one form’s', () => {
    makeDraftStore('me', 'new', storage).write(draft);
    expect(makeDraftStore('you', 'new', storage).read()).toBeNull();
    expect(makeDraftStore('me', 'd1', storage).read()).toBeNull();
  });

  it.each([
    ['not JSON'],
    ['null'],
    ['[]'],
    ['{"values":{"version":1}}'],
    [JSON.stringify({ ...draft, values: { ...draft.values, intent: 'X' } })],
  ])('%s is no draft', (text) => {
    kept.set('slipway.form.me.new', text);
    expect(makeDraftStore('me', 'new', storage).read()).toBeNull();
  });

  it('that was kept before it had all of its fields is complete', () => {
    const { summary: _summary, isSecurityFix: _isSecurityFix, ...values } = draft.values;
    kept.set('slipway.form.me.new', JSON.stringify({ ...draft, values }));
    expect(makeDraftStore('me', 'new', storage).read()?.values).toEqual({ ...draft.values, summary: '', isSecurityFix: false });
  });

  it('does without storage', () => {
    const blocked = makeDraftStore('me', 'new', () => {
      throw new Error('blocked');
    });
    blocked.write(draft);
    expect(blocked.read()).toBeNull();
  });
});
