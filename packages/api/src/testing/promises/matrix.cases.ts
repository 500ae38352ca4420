/** Who looks. */
export type ViewerName =
  | 'nobody'
  | 'customer with an active license'
  | 'customer with an expired license'
  | 'customer with a suspended license'
  | 'customer of another product'
  | 'customer without a license'
  | 'holder of a license key'
  | 'holder of a license key by Basic'
  | 'machine key'
  | 'machine key by Basic'
  | 'machine key of another customer'
  | 'machine key of a suspended license'
  | 'revoked machine key'
  | 'expired machine key'
  | 'token that reads'
  | 'token that writes'
  | 'token that writes by Basic'
  | 'revoked token'
  | 'revoked token by Basic'
  | 'expired token'
  | 'token of a demoted creator'
  | 'support'
  | 'publisher'
  | 'support limited to the product'
  | 'publisher limited to the product'
  | 'admin';

/** The state of a release of a LICENSED product; with an open revision: the file that is looked at is of that one. */
export type ReleaseState =
  'draft' | 'scheduled' | 'published' | 'published with an open revision' | 'unpublished' | 'archived' | 'withdrawn' | 'deleted';

/** What somebody sees of a release and its file, way by way. */
export interface SeenAccess {
  readonly permalink: number;
  readonly head: number;
  readonly download: string;
  readonly isVisible: boolean;
  readonly isAssetVisible: boolean;
  readonly isListed: boolean;
}

const HIDDEN: SeenAccess = { permalink: 404, head: 404, download: 'NOT_FOUND', isVisible: false, isAssetVisible: false, isListed: false };
const OPEN: SeenAccess = { permalink: 302, head: 200, download: 'ALLOWED', isVisible: true, isAssetVisible: true, isListed: true };
/** A token that does not work gets no further than the door. */
const NO_ENTRY: SeenAccess = {
  permalink: 401,
  head: 401,
  download: 'UNAUTHENTICATED',
  isVisible: false,
  isAssetVisible: false,
  isListed: false,
};

const refused = (status: number, code: string, isVisible: boolean): SeenAccess => ({
  permalink: status,
  head: status,
  download: code,
  isVisible,
  isAssetVisible: isVisible,
  isListed: isVisible,
});

const STAFF: ReadonlySet<ViewerName> = new Set([
  'token that reads',
  'token that writes',
  'token that writes by Basic',
  'token of a demoted creator',
  'support',
  'publisher',
  'support limited to the product',
  'publisher limited to the product',
  'admin',
]);

const BARRED: ReadonlySet<ViewerName> = new Set(['revoked token', 'revoked token by Basic', 'expired token']);

/** What DESIGN.md, sections 4 and 5, promise for a published release of a LICENSED product. */
const ON_PUBLISHED: Readonly<Partial<Record<ViewerName, SeenAccess>>> = {
  nobody: refused(401, 'AUTH_REQUIRED', false),
  'customer with an active license': OPEN,
  'holder of a license key': OPEN,
  'holder of a license key by Basic': OPEN,
  'machine key': OPEN,
  'machine key by Basic': OPEN,
  'machine key of another customer': refused(403, 'PRODUCT_NOT_LICENSED', false),
  'machine key of a suspended license': refused(403, 'LICENSE_SUSPENDED', true),
  // Nobody holds them any more.
  'revoked machine key': refused(403, 'LICENSE_KEY_INVALID', false),
  'expired machine key': refused(403, 'LICENSE_KEY_INVALID', false),
  'customer with an expired license': refused(403, 'LICENSE_EXPIRED', true),
  'customer with a suspended license': refused(403, 'LICENSE_SUSPENDED', true),
  'customer of another product': refused(403, 'PRODUCT_NOT_LICENSED', false),
  'customer without a license': refused(403, 'PRODUCT_NOT_LICENSED', false),
};

/** A withdrawn release differs only for those who could download it. */
const WITHDRAWN = refused(410, 'RELEASE_WITHDRAWN', true);

/** What a viewer must see of a release in a state. */
export function expectedAccess(viewer: ViewerName, state: ReleaseState): SeenAccess {
  if (BARRED.has(viewer)) return NO_ENTRY;
  if (state === 'deleted') return HIDDEN;
  if (STAFF.has(viewer)) return OPEN;
  if (state === 'draft' || state === 'scheduled' || state === 'unpublished') return HIDDEN;
  const onPublished = ON_PUBLISHED[viewer] ?? HIDDEN;
  // The release is there, its next file is not.
  if (state === 'published with an open revision') return { ...HIDDEN, isVisible: onPublished.isVisible, isListed: onPublished.isListed };
  return state === 'withdrawn' && onPublished === OPEN ? WITHDRAWN : onPublished;
}
