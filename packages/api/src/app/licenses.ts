import type { Database } from '../database/database.js';
import { LicenseChanges } from '../features/licenses/license-changes.js';
import { LicenseKeys } from '../features/licenses/license-keys.js';
import { LicenseList } from '../features/licenses/license-list.js';
import { LicenseService } from '../features/licenses/license.service.js';
import type { CustomerService } from '../features/customers/customer.service.js';
import { ProvisionService } from '../features/licenses/shop/provision.service.js';
import { ImportRetention } from '../features/licenses/import/forget-imports.js';
import { LICENSE_IMPORT_JOB, licenseImportJob } from '../features/licenses/import/license-import.job.js';
import { LicenseImports } from '../features/licenses/import/license-imports.js';
import { LineContents } from '../features/licenses/import/line-content.js';
import { LICENSE_TASK_JOB, licenseTaskJob, type TaskJobUse } from '../features/licenses/tasks/license-task.job.js';
import { LicenseTasks } from '../features/licenses/tasks/license-tasks.js';
import { KeyHolders } from '../features/machine-keys/key-holders.js';
import { MachineKeyService } from '../features/machine-keys/machine-key.service.js';
import type { ProductService } from '../features/products/product.service.js';
import type { SettingsService } from '../features/settings/settings.service.js';
import type { Clock } from '../kernel/clock.js';
import type { Secrets } from '../kernel/secret/secrets.js';
import type { Audit } from '../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../machinery/idempotency/idempotency.service.js';
import type { JobRunner } from '../machinery/jobs/job-runner.js';
import type { GuessThrottle } from '../machinery/throttle/guess-throttle.js';

type Composing = Pick<TaskJobUse, 'actorOf' | 'faultOf'> & {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
  readonly customers: CustomerService;
  readonly products: ProductService;
  readonly settings: SettingsService;
  readonly throttle: GuessThrottle;
  readonly jobs: JobRunner;
};

/** Makes what gives customers licenses, and keys to use them with. */
export function composeLicenses(use: Composing) {
  const licenseKeys = new LicenseKeys(use.secrets);
  const changes = new LicenseChanges(use);
  const licenses = new LicenseService({ ...use, keys: licenseKeys, changes });
  const licenseList = new LicenseList({ ...use, keys: licenseKeys });
  use.jobs.register('licenses', LICENSE_TASK_JOB, { handler: licenseTaskJob({ ...use, changes, list: licenseList }) });
  const lineContents = new LineContents(use.secrets);
  const importing = { ...use, licenses, licenseKeys, changes, contents: lineContents };
  use.jobs.register('licenses', LICENSE_IMPORT_JOB, { handler: licenseImportJob(importing) });
  return {
    lineContents,
    licenseImports: new LicenseImports(importing),
    importRetention: new ImportRetention(use.database, use.clock),
    licenseKeys,
    licenseList,
    licenses,
    provisioning: new ProvisionService({ ...use, licenses, changes }),
    licenseTasks: new LicenseTasks(use),
    keyHolders: new KeyHolders({ ...use, licenses }),
    machineKeys: new MachineKeyService(use),
  };
}
