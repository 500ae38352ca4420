import { differOnlyInBuild, parseVersion, STATUS_LABELS, versionsAfterBuild, versionSortKey, type VersionScheme } from '@slipway/shared';
import { In } from 'typeorm';
import { isUniqueViolation } from '../../../database/errors.js';
import type { Transaction } from '../../../database/transaction.js';
import { refuseWith } from '../../../kernel/problem/refusal.js';
import { Product } from '../../products/product.entity.js';
import { Downloadable } from '../downloadable.entity.js';

type Version = Pick<Downloadable, 'productId' | 'version' | 'versionKey'>;

/** Writes a row with a version that may turn out to be taken. @throws Refusal VERSION_TAKEN, which says what has it */
export async function takeVersion(tx: Transaction, version: Version, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await refuseTaken(tx, version);
  }
}

/** Only who may write releases of the product comes here, and they see its drafts. */
async function refuseTaken(tx: Transaction, wanted: Version): Promise<never> {
  const { productId, version, versionKey } = wanted;
  const holder = await tx.manager.findOneBy(Downloadable, { productId, versionKey });
  const suggestion = holder && (await freeNumber(tx, wanted, holder));
  const name = holder ? `${holder.version} (${STATUS_LABELS[holder.status].toLowerCase()})` : version;
  return refuseWith({
    code: 'VERSION_TAKEN',
    message: suggestion
      ? `${version} differs from ${name} only in its +build, which does not count: use ${suggestion}.`
      : `This product already has version ${name}; a leading v, +build and trailing zeros do not count: go on with that one, or use a higher number.`,
    field: 'version',
    params: holder && {
      downloadableId: holder.id,
      version: holder.version,
      status: holder.status,
      ...(suggestion === null ? {} : { suggestion }),
    },
  });
}

/** How many numbers are tried at once; who has made more builds of one version counts on. */
const TRIED_NUMBERS = 50;

/** Where nothing but the build is new, the first free version that says the same with a number; otherwise null. */
async function freeNumber(tx: Transaction, { productId, version }: Version, holder: Downloadable): Promise<string | null> {
  const { versionScheme } = await tx.manager.findOneByOrFail(Product, { id: productId });
  const [own, taken] = [parseVersion(version, versionScheme), parseVersion(holder.version)];
  if (!own.ok || !taken.ok || !differOnlyInBuild(own.value, taken.value)) return null;
  const texts = versionsAfterBuild(own.value, versionScheme, TRIED_NUMBERS);
  const candidates = texts.map((text) => ({ text, versionKey: keyOf(text, versionScheme) }));
  const rows = await tx.manager.find(Downloadable, {
    select: { versionKey: true },
    where: { productId, versionKey: In(candidates.map((one) => one.versionKey)) },
  });
  const keys = new Set(rows.map((row) => row.versionKey));
  return candidates.find((one) => !keys.has(one.versionKey))?.text ?? null;
}

function keyOf(text: string, scheme: VersionScheme): string {
  const parsed = parseVersion(text, scheme);
  // `versionsAfterBuild` returns what the scheme takes.
  return parsed.ok ? versionSortKey(parsed.value) : '';
}
