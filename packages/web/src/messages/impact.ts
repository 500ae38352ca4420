/** What a change would do, in one line for staff. */
import { countText, numberText } from '../ui/date-text';

export type ImpactEffect = 'GAINS' | 'KEEPS' | 'LOSES' | 'STAYS_WITHOUT';
export type ImpactSums = Readonly<Record<ImpactEffect, number>>;

/** What is changed: a release, which licenses get or lose, or a license, which gets or loses releases. ACCESS: who has a release as it is. */
export type ImpactSubject = 'RELEASE' | 'LICENSE' | 'ACCESS';

/** For example "312 licenses get it, 20 do not." @param sums what was counted so far */
export function impactSentence(subject: ImpactSubject, sums: ImpactSums): string {
  switch (subject) {
    case 'RELEASE':
      return ofRelease(sums);
    case 'LICENSE':
      return ofLicense(sums);
    case 'ACCESS':
      return ofRelease({ GAINS: sums.GAINS + sums.KEEPS, KEEPS: 0, LOSES: 0, STAYS_WITHOUT: sums.LOSES + sums.STAYS_WITHOUT });
  }
}

function ofRelease({ GAINS: gains, KEEPS: keeps, LOSES: loses, STAYS_WITHOUT: without }: ImpactSums): string {
  if (gains + keeps + loses + without === 0) return 'No license is for this product.';
  const parts = [
    [gains, gains === 1 ? 'gets it' : 'get it'],
    [loses, loses === 1 ? 'loses it' : 'lose it'],
    [keeps, keeps === 1 ? 'keeps it' : 'keep it'],
    [without, gains > 0 ? (without === 1 ? 'does not' : 'do not') : 'did not have it'],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  if (gains + loses + keeps === 0) return `No license gets it, of ${numberText(without)}.`;
  return `${said.map(([count, verb], index) => `${index === 0 ? countText(count, 'license') : numberText(count)} ${verb}`).join(', ')}.`;
}

function ofLicense({ GAINS: gains, KEEPS: keeps, LOSES: loses, STAYS_WITHOUT: without }: ImpactSums): string {
  if (gains + keeps + loses + without === 0) return 'The product has no release yet.';
  if (gains + loses === 0)
    return keeps === 0 ? 'It has no release, before and after.' : `It keeps ${countText(keeps, 'release')}, and nothing changes.`;
  const parts = [
    [gains, 'gains'],
    [loses, 'loses'],
    [keeps, 'keeps'],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  return `It ${said.map(([count, verb], index) => `${verb} ${index === 0 ? countText(count, 'release') : numberText(count)}`).join(', ')}.`;
}

const GROUPS: Readonly<Record<ImpactSubject, Readonly<Record<ImpactEffect, string>>>> = {
  RELEASE: { GAINS: 'Get it', KEEPS: 'Keep it', LOSES: 'Lose it', STAYS_WITHOUT: 'Without it' },
  ACCESS: { GAINS: 'Get it', KEEPS: 'Get it', LOSES: 'Without it', STAYS_WITHOUT: 'Without it' },
  LICENSE: { GAINS: 'Gained', KEEPS: 'Kept', LOSES: 'Lost', STAYS_WITHOUT: 'Not covered' },
};

export const effectText = (subject: ImpactSubject, effect: ImpactEffect): string => GROUPS[subject][effect];
