import { Initial1764288000000 } from './1764288000000-initial.js';
import { Logs1764374400000 } from './1764374400000-logs.js';
import { AuditChain1764380000000 } from './1764380000000-audit-chain.js';
import { ObjectStores1764384000000 } from './1764384000000-object-stores.js';
import { Brand1764390000000 } from './1764390000000-brand.js';
import { StaffProducts1764400000000 } from './1764400000000-staff-products.js';
import { Concerns1764410000000 } from './1764410000000-concerns.js';
import { Mail1764420000000 } from './1764420000000-mail.js';
import { Alerts1764430000000 } from './1764430000000-alerts.js';
import { News1764440000000 } from './1764440000000-news.js';
import { Accounts1764450000000 } from './1764450000000-accounts.js';
import { Announcements1764460000000 } from './1764460000000-announcements.js';
import { SecondFactor1764470000000 } from './1764470000000-second-factor.js';
import { Portal1764480000000 } from './1764480000000-portal.js';
import { LicenseDetails1764490000000 } from './1764490000000-license-details.js';
import { MachineKeys1764500000000 } from './1764500000000-machine-keys.js';
import { LicenseImports1764520000000 } from './1764520000000-license-imports.js';
import { UpdateTargets1764560000000 } from './1764560000000-update-targets.js';
import { LimitLocks1764600000000 } from './1764600000000-limit-locks.js';
import { RevisionFiles1764640000000 } from './1764640000000-revision-files.js';
import type { Migration } from './migration.js';

/** Every migration, oldest first. Never change one that has been released; add the next. */
export const migrations: readonly (new () => Migration)[] = [
  Initial1764288000000,
  Logs1764374400000,
  AuditChain1764380000000,
  ObjectStores1764384000000,
  Brand1764390000000,
  StaffProducts1764400000000,
  Concerns1764410000000,
  Mail1764420000000,
  Alerts1764430000000,
  News1764440000000,
  Accounts1764450000000,
  Announcements1764460000000,
  SecondFactor1764470000000,
  Portal1764480000000,
  LicenseDetails1764490000000,
  MachineKeys1764500000000,
  LicenseImports1764520000000,
  UpdateTargets1764560000000,
  LimitLocks1764600000000,
  RevisionFiles1764640000000,
];
