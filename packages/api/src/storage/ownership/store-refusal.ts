/** Why a store is not used (DESIGN.md, section 9.1). */
export type StoreRefusalReason = 'OTHER_INSTALLATION' | 'OTHER_CLAIM' | 'EMPTY_STORE' | 'UNKNOWN_FILES' | 'FILES_DIFFER';

/** Database and store in the words of the operator, with the variables that name them. */
export interface StorePlaces {
  /** For example `slipway at db.example.com (DATABASE_URL)`. */
  readonly database: string;
  /** For example `the bucket releases (S3_BUCKET)`. */
  readonly store: string;
  /** The same without folders and variables, for whoever sees the console; `store` when absent. */
  readonly plainStore?: string;
}

/** What was found, for the sentence. */
export interface StoreFindings {
  readonly ownId: string | null;
  readonly foundId: string | null;
  readonly ownClaim: number;
  readonly foundClaim: number;
  readonly checked: number;
  readonly present: number;
}

const NOTHING_LOST = 'Nothing was changed or deleted.';
const ADOPT = 'npx -y pnpm@12.21.0 slipway adopt-store';

const SENTENCES: Readonly<Record<StoreRefusalReason, (places: StorePlaces, found: StoreFindings) => string>> = {
  OTHER_INSTALLATION: ({ database, store }, { foundId, ownId }) =>
    `The files in ${store} belong to ${foundId === null ? 'an installation whose id cannot be read' : `installation ${foundId}`}, ` +
    `and ${database} is ${ownId === null ? 'not its database' : `the database of installation ${ownId}`}; ` +
    `use the database of those files, give this one an empty store of its own, or, if it is a restored backup of theirs, stop every other copy and run ${ADOPT}.`,
  OTHER_CLAIM: ({ database, store }, { foundClaim, ownClaim }) =>
    `The files in ${store} were last used by another copy of ${database} (claim ${foundClaim} there, ${ownClaim} here): ` +
    `one of them was cloned or restored from a backup, so give a clone a store of its own, ` +
    `or, to go on with this database and these files, stop every other copy and run ${ADOPT}.`,
  EMPTY_STORE: ({ database, store }) =>
    `There are no files in ${store}, but ${database} has releases with files: check that this is the right store, ` +
    `or, if its files are lost, run ${ADOPT} --force (each is shown as missing until it is back).`,
  UNKNOWN_FILES: ({ database, store }) =>
    `There are files in ${store}, but ${database} knows none: check that this is the right database, ` +
    `give it an empty store of its own, or, if both are right, run ${ADOPT} --force.`,
  FILES_DIFFER: ({ database, store }, { checked, present }) =>
    `Of ${checked} files of ${database}, ${present === 0 ? 'none is' : `only ${present} ${present === 1 ? 'is' : 'are'}`} whole in ${store}, ` +
    `and nothing there says whose it is: check that this is the right store, and if it is, run ${ADOPT} --force (what is not there is shown as missing).`,
};

/** The store and the database do not belong together, as far as Slipway can see. The message is for the operator. */
export class StoreRefused extends Error {
  constructor(
    readonly reason: StoreRefusalReason,
    places: StorePlaces,
    readonly findings: StoreFindings,
  ) {
    super(`${SENTENCES[reason](places, findings)}\n${NOTHING_LOST}`);
    this.name = 'StoreRefused';
  }
}
