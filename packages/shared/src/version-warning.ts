/** Traps in a version that is allowed all the same. */
import { type Problem } from './problem.js';
import { type Version } from './version.js';

const WORD_WITH_NUMBER = /^([A-Za-z-]*[A-Za-z])([0-9]+)$/;

/** PRERELEASE_NUMBER_ORDER for `beta10` and the like, which sort as text (beta10 before beta2); `params.suggestion` does not. */
export function versionWarnings(version: Version): readonly Problem[] {
  const word = version.prerelease.map((identifier) => WORD_WITH_NUMBER.exec(identifier)?.[1]).find((found) => found !== undefined);
  if (word === undefined) return [];
  const suggestion = separateNumbers(version);
  const message = `In this version ${word}10 would sort before ${word}2, because letters and digits together compare as text: write ${suggestion} instead.`;
  return [{ code: 'PRERELEASE_NUMBER_ORDER', message, params: { suggestion } }];
}

/** The same version with a dot between each word and its number, and without leading zeros in that number. */
function separateNumbers({ raw, prerelease, build }: Version): string {
  const head = raw.slice(0, raw.indexOf('-') + 1);
  const separated = prerelease.map((identifier) => {
    const [, word, digits] = WORD_WITH_NUMBER.exec(identifier) ?? [];
    return word === undefined || digits === undefined ? identifier : `${word}.${BigInt(digits).toString()}`;
  });
  return head + separated.join('.') + (build === null ? '' : `+${build}`);
}
