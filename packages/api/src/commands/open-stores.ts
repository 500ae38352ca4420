import type { Foundation } from '../app/foundation/foundation.js';
import type { ObjectStore } from '../storage/object-store.js';
import { BASE_STORE } from '../storage/ownership/object-rows.js';
import type { StorePlaces } from '../storage/ownership/store-refusal.js';
import { FileStores, type OpenStore } from '../storage/stores/file-stores.js';

/** The stores of an installation, for a command: nobody guards them, so that nothing is raised or refused. */
export function openStores(foundation: Foundation): FileStores {
  const { s3, allowedPrivateHosts = [] } = foundation.config;
  return new FileStores({ ...foundation, fixed: s3, allowedPrivateHosts });
}

/** A store as the examinations ask for it, without its guard. */
export const storeOf = ({ id, bare }: OpenStore): { readonly store: ObjectStore; readonly storeId: string } => ({
  store: bare,
  storeId: id,
});

/** Database and store in the operator's words. */
export const placesOf = ({ guarding }: Foundation, { id, place }: OpenStore): StorePlaces =>
  id === BASE_STORE ? guarding.places : { ...guarding.places, store: place };
