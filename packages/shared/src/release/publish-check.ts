/** What must be true of a release's files at the moment it is published (DESIGN.md, section 3). */
import { fileNameKey } from '../file/asset-name.js';
import { type Problem } from '../problem.js';
import { quote } from '../text/quote.js';

/** Life of one file: bytes arriving, being hashed, served, or rejected. Only READY files are ever served. */
export const ASSET_STATES = ['UPLOADING', 'VERIFYING', 'READY', 'FAILED'] as const;

export type AssetState = (typeof ASSET_STATES)[number];

export interface PublishableContent {
  readonly assets: readonly {
    readonly fileName: string;
    readonly state: AssetState;
    /** How far the bytes have come that will take its place; null when none are on their way. */
    readonly replacement?: AssetState | null;
  }[];
}

/** Whether nothing is missing but the check of files that have arrived: it is then published automatically. */
export function isOnlyVerifying(assets: PublishableContent['assets']): boolean {
  const states = assets.map((asset) => asset.replacement ?? asset.state);
  return states.includes('VERIFYING') && states.every((state) => state === 'VERIFYING' || state === 'READY');
}

/** Everything that stops this content from being published, in the order of its files; empty when it may be. */
export function checkPublishable(content: PublishableContent): readonly Problem[] {
  if (content.assets.length === 0) {
    return [{ code: 'NO_ASSETS', message: 'This release has no files yet: add at least one, then publish.' }];
  }
  const seen = new Set<string>();
  return content.assets.flatMap((asset) => {
    const key = fileNameKey(asset.fileName);
    const isTaken = seen.has(key);
    seen.add(key);
    const problems: Problem[] = [];
    if (asset.state !== 'READY') problems.push(notReady(asset.fileName, asset.state));
    else if (asset.replacement) problems.push(beingReplaced(asset.fileName, asset.replacement));
    if (isTaken) problems.push(nameTaken(asset.fileName));
    return problems;
  });
}

function notReady(fileName: string, state: Exclude<AssetState, 'READY'>): Problem {
  return { code: 'ASSET_NOT_READY', message: `${quote(fileName)} ${NOT_READY[state]}`, params: { fileName } };
}

/** An upload may be under way anywhere, or given up: only whoever began it knows. */
const NOT_READY: Readonly<Record<Exclude<AssetState, 'READY'>, string>> = {
  UPLOADING: 'has not arrived: let its upload finish, choose the file again, or remove it.',
  VERIFYING: 'is being checked: wait until it is ready.',
  FAILED: 'failed its check: upload it again or remove it.',
};

function beingReplaced(fileName: string, replacement: AssetState): Problem {
  const advice =
    replacement === 'FAILED'
      ? 'could not be replaced, its new file failed the check: upload that again or cancel the replacement.'
      : 'is being replaced: wait until the new file is ready, or cancel the replacement.';
  return { code: 'ASSET_NOT_READY', message: `${quote(fileName)} ${advice}`, params: { fileName } };
}

function nameTaken(fileName: string): Problem {
  return {
    code: 'ASSET_NAME_TAKEN',
    message: `Two files are named ${quote(fileName)} (capitals do not count): rename or remove one.`,
    params: { fileName },
  };
}

/** An archived product takes no new releases. */
export const PRODUCT_ARCHIVED: Problem = {
  code: 'PRODUCT_ARCHIVED',
  message: 'The product is archived and takes no new releases: choose another product.',
};
