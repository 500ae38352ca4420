import { LicenseKeys } from '../features/licenses/license-keys.js';
import { LicenseList } from '../features/licenses/license-list.js';
import { LicenseService, type LicenseDependencies } from '../features/licenses/license.service.js';
import { KeyHolders } from '../features/machine-keys/key-holders.js';
import { MachineKeyService } from '../features/machine-keys/machine-key.service.js';
import type { Secrets } from '../kernel/secret/secrets.js';

/** Makes what gives customers licenses, and keys to use them with. */
export function composeLicenses(given: Omit<LicenseDependencies, 'keys'> & { readonly secrets: Secrets }) {
  const licenseKeys = new LicenseKeys(given.secrets);
  const licenses = new LicenseService({ ...given, keys: licenseKeys });
  const licenseList = new LicenseList({ ...given, keys: licenseKeys });
  return {
    licenseKeys,
    licenses,
    licenseList,
    keyHolders: new KeyHolders({ ...given, licenses }),
    machineKeys: new MachineKeyService(given),
  };
}
