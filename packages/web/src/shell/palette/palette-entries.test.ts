import { describe, expect, it } from 'vitest';
import type { DownloadableRowFragment, SearchPaletteQuery } from '../../graphql/documents.generated';
import { foundGroups } from './palette-entries';
import { parsePaletteText } from './palette-query';

const makeRow = (version: string, status: DownloadableRowFragment['status']): DownloadableRowFragment => ({
  id: version,
  version,
  name: null,
  channel: 'stable',
  isSecurityFix: false,
  changelogExcerpt: '',
  status,
  releaseDate: null,
  publishedAt: status === 'DRAFT' ? null : '2026-01-01T00:00:00.000Z',
  everPublishedAt: status === 'DRAFT' ? null : '2026-01-01T00:00:00.000Z',
  createdAt: '2026-01-01T00:00:00.000Z',
  lockVersion: 1,
  publishWhenReady: false,
  publishAt: null,
  scheduleFailure: null,
  assetCount: 1,
  platforms: [],
  product: { id: 'p', name: 'Aurora Studio', slug: 'aurora' },
  revision: { id: `r${version}`, number: 1, frozenAt: status === 'DRAFT' ? null : '2026-01-01T00:00:00.000Z' },
  draftRevision: status === 'DRAFT' ? { id: `r${version}`, number: 1 } : null,
});

const found = (...versions: string[]): SearchPaletteQuery => ({
  products: { nodes: [] },
  downloadables: { nodes: versions.map((version) => makeRow(version, 'PUBLISHED')) },
});
const labels = (text: string, answer: SearchPaletteQuery): readonly string[] =>
  foundGroups(parsePaletteText(text), answer, () => true).flatMap(({ entries }) => entries.map(({ label }) => label));

describe('what the palette offers', () => {
  it('an action is for the typed version alone, however new those are that only begin with it', () => {
    expect(labels('archive 2.0.1', found('2.0.12', '2.0.10', 'v2.0.1')).filter((label) => label.startsWith('Archive'))).toEqual([
      'Archive Aurora Studio v2.0.1',
    ]);
  });

  it('while the version is half typed, an action is for those that begin so, and for none that only mentions it', () => {
    const offered = labels('archive 2.0', found('2.0.2', '3.1.0'));
    expect(offered.filter((label) => label.startsWith('Archive'))).toEqual(['Archive Aurora Studio 2.0.2']);
  });

  it('the typed version comes first', () => {
    expect(labels('2.0.1', found('2.0.12', '2.0.1'))[0]).toBe('Aurora Studio 2.0.1');
  });
});
