import { LOST_FILES } from '@slipway/shared';
import { expect, it } from 'vitest';
import { listConcerns } from './concerns.rules';
import { isAnythingWrong } from './overview.rules';

const draft = (id: string) => ({ label: 'Open draft', path: `/admin/downloadables/${id}` });
const product = { id: 'p', name: 'Aurora' };

it('drafts with a failed schedule or failed files are told with the reason', () => {
  const asset = (state: 'READY' | 'FAILED') => ({ id: state, state });
  const nodes = [
    { id: 'a', version: '1.0', product, scheduleFailure: null, assets: [asset('READY')] },
    { id: 'b', version: '1.1', product, scheduleFailure: 'It has no files.', assets: [] },
    { id: 'c', version: '1.2', product, scheduleFailure: null, assets: [asset('FAILED'), asset('READY')] },
    { id: 'd', version: '1.3', product, scheduleFailure: null, assets: [asset('FAILED'), asset('FAILED')] },
  ];
  expect(
    listConcerns(
      { drafts: { totalCount: 4, nodes } },
      { systemConcerns: [], storage: { missingFiles: { totalCount: 0, nodes: [] } } },
      () => true,
    ),
  ).toEqual([
    { label: 'Aurora 1.1', reason: 'It has no files.', action: draft('b') },
    { label: 'Aurora 1.2', reason: 'A file failed its check.', action: draft('c') },
    { label: 'Aurora 1.3', reason: '2 files failed their check.', action: draft('d') },
  ]);
});

it('what has failed comes first, then files that the store has lost release by release, and what only warns comes last', () => {
  const file = (id: string, version: string) => ({ asset: { id, fileName: `${id}.exe` }, downloadable: { id: version, version, product } });
  const missingFiles = { totalCount: 7, nodes: [file('x', '1.0'), file('y', '1.0'), file('z', '2.0')] };
  const action = { label: 'Test the store', path: '/admin/settings/storage' };
  const systemConcerns = [
    { kind: 'CLOCK' as const, message: 'It is off.', action },
    { kind: 'STORE_UNUSED' as const, message: 'It does not answer.', action: null },
  ];
  const release = (id: string) => ({ label: 'Open release', path: `/admin/downloadables/${id}` });
  const drafts = { totalCount: 0, nodes: [] };
  const state = { systemConcerns, storage: { missingFiles } };
  expect(listConcerns({ drafts }, state, () => true)).toEqual([
    { label: 'File store', reason: 'It does not answer.', action: null, isWarning: false },
    { label: 'Aurora 1.0', reason: '2 files are missing from the store.', action: release('1.0') },
    { label: 'Aurora 2.0', reason: 'A file is missing from the store.', action: release('2.0') },
    { label: 'File store', reason: '4 more files are missing; "slipway doctor --all" lists them.', action: LOST_FILES },
    { label: 'Clock', reason: 'It is off.', action, isWarning: true },
  ]);
  expect(listConcerns({ drafts }, null, () => true)).toEqual([]);
  expect(listConcerns({ drafts }, state, () => false).map((concern) => concern.action)).toContainEqual(null);
});

it('the part that tells is fetched exactly when there is something to tell', () => {
  const well = { systemConcerns: [], storage: { missingFiles: { totalCount: 0, nodes: [] } } };
  const draft = { id: 'a', version: '1', product, scheduleFailure: null, assets: [{ id: 'x', state: 'READY' as const }] };
  const failed = { ...draft, assets: [{ id: 'x', state: 'FAILED' as const }] };
  const clock = { ...well, systemConcerns: [{ kind: 'CLOCK' as const, message: 'It is off.', action: null }] };
  const lost = { ...well, storage: { missingFiles: { totalCount: 1, nodes: [] } } };
  for (const state of [null, well, clock, lost])
    for (const node of [draft, failed, { ...draft, scheduleFailure: 'It has no files.' }]) {
      const work = { drafts: { totalCount: 1, nodes: [node] } };
      expect(isAnythingWrong(work, state)).toBe(listConcerns(work, state, () => true).length > 0);
    }
});
