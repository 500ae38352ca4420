import { oneOf } from '../../database/transaction.js';
import { DERIVED_TABLES } from './derived-tables.js';
import { allIds, either, erasedEmail, ERASED_CUSTOMER, mentionsAddress, mentioning, ofCaller, type TableData } from './erased-people.js';

/**
 * The one place that says where personal values are, and what becomes of them when a customer is erased. Tables come in the order
 * in which they are gone through: those that find their rows by another table come before it.
 */
export const PERSONAL_DATA: Readonly<Record<string, TableData>> = {
  one_time_link: {
    personal: { address: '', address_key: '', name: '' },
    plain:
      'id purpose token_hash user_id customer_id role member_role product_ids mail_id created_by_kind created_by created_at expires_at asked_at used_at revoked_at',
    of: ({ customerId, userIds, emails }) =>
      either(oneOf('customer_id', [customerId]), oneOf('user_id', userIds), oneOf('address_key', emails)),
    isRemoved: true,
  },
  second_factor: {
    plain: 'user_id secret_sealed created_at confirmed_at last_step',
    of: ({ userIds }) => oneOf('user_id', userIds),
    isRemoved: true,
  },
  recovery_code: { plain: 'user_id code_hash used_at', of: ({ userIds }) => oneOf('user_id', userIds), isRemoved: true },
  session: {
    personal: { device: null },
    plain: 'id token_hash user_id license_id created_at last_seen_at',
    of: ({ userIds, licenseIds }) => either(oneOf('user_id', userIds), oneOf('license_id', licenseIds)),
    isRemoved: true,
  },
  saved_filter: {
    personal: { name: '', name_key: '', query: '' },
    plain: 'id user_id created_at',
    of: ({ userIds }) => oneOf('user_id', userIds),
    isRemoved: true,
  },
  customer_term: {
    personal: { term: '' },
    plain: 'customer_id',
    of: ({ customerId }) => oneOf('customer_id', [customerId]),
    isRemoved: true,
  },
  accepted_key: {
    personal: { bucket: '' },
    plain: 'key_hash accepted_at',
    of: ({ customerId }) => ({ sql: 'key_hash IN (SELECT key_hash FROM license WHERE customer_id = ?)', parameters: [customerId] }),
    isRemoved: true,
  },
  license_tag: {
    personal: { tag_key: '' },
    plain: 'license_id',
    of: ({ licenseIds }) => oneOf('license_id', licenseIds),
    isRemoved: true,
  },
  license_task_item: {
    personal: { message: null },
    plain: 'id task_id license_id state code',
    of: ({ licenseIds }) => oneOf('license_id', licenseIds),
  },
  license_task: {
    personal: { input: '' },
    plain:
      'id action state collected_until total changed unchanged failed problem created_by_kind created_by request_id created_at ended_at',
    otherwise: 'A filter or reason for many licenses; it goes 30 days after the end.',
  },
  license_import_line: {
    personal: { email_key: '', content: '', message: null, changes: null },
    plain: 'id import_id line same_as phase outcome license_id column_name code',
    of: ({ emails, licenseIds }) => either(oneOf('email_key', emails), oneOf('license_id', licenseIds)),
    isRemoved: true,
  },
  license_import: {
    personal: { file_name: '', header: '' },
    plain: 'id state total created changed unchanged failed problem created_by_kind created_by request_id created_at ended_at',
    otherwise: 'What a file of many licenses is called; it goes with its lines, 7 days after the upload.',
  },
  limit_lock: { plain: 'name', otherwise: 'Names of limits.' },
  idempotency: {
    personal: { input_hash: '' },
    plain: 'actor_id key_hash operation result_id expires_at',
    of: (people) =>
      either(oneOf('actor_id', allIds(people)), oneOf('result_id', allIds(people)), {
        sql: 'result_id IN (SELECT id FROM machine_key WHERE customer_id = ?)',
        parameters: [people.customerId],
      }),
    isRemoved: true,
  },
  user_product: { plain: 'user_id product_id' },
  api_token: {
    personal: { name: 'Erased' },
    ended: { revoked_at: (_, { at }) => at },
    plain: 'id token_hash scopes product_id created_by created_at expires_at last_used_at',
    of: ({ userIds }) => oneOf('created_by', userIds),
  },
  share_link: {
    personal: { label: null },
    plain:
      'id token_hash product_id downloadable_id version channel created_by_kind created_by created_at expires_at max_downloads downloads_used last_used_at',
    ended: { revoked_at: (_, { at }) => at },
    of: ({ userIds, emails }) => either(oneOf('created_by', userIds), mentioning('label', emails)),
    isMeant: (row, { userIds, emails }) =>
      userIds.some((id) => id === row['created_by']) || (typeof row['label'] === 'string' && mentionsAddress(row['label'], emails)),
  },
  announcement: {
    plain:
      'id kind downloadable_id product_id version state subject body second_subject second_body per_minute is_told_excluded send_at created_by_kind created_by created_at started_at ended_at problem round judged_until is_audience_complete judged waiting mailed notice_only left_out minute_from minute_count',
  },
  announcement_recipient: {
    personal: { address: '', name: '', address_hash: (id) => `erased-${id}` },
    plain:
      'id announcement_id customer_id license_id user_id text state reason mail_id told_at read_at acknowledged_at downloaded_at file_name',
    of: ({ customerId }) => oneOf('customer_id', [customerId]),
  },
  machine_key: {
    personal: { name: 'Erased', key_hash: (id) => `erased-${id}`, key_prefix: '' },
    ended: { revoked_at: (_, { at }) => at },
    plain: 'id customer_id license_id created_at expires_at last_used_at',
    of: ({ customerId }) => oneOf('customer_id', [customerId]),
  },
  license: {
    personal: {
      key_hash: (id) => `erased-${id}`,
      key_sealed: '',
      key_hint: '',
      status_reason: null,
      customer_reason: null,
      status_changed_at: null,
      notes: null,
      external_reference: null,
      tags: null,
    },
    ended: { status: 'REVOKED' },
    plain:
      'id customer_id product_id key_version starts_at expires_at expiry_policy updates_until channels version_range platforms max_downloads downloads_used created_at updated_at key_origin last_download_at',
    of: ({ customerId }) => oneOf('customer_id', [customerId]),
  },
  user_account: {
    personal: { email: erasedEmail, email_key: erasedEmail, name: 'Erased', password_hash: '' },
    ended: { disabled_at: (_, { at }) => at },
    plain: 'id role customer_id member_role created_at no_alerts_since signed_in_at',
    of: ({ customerId }) => oneOf('customer_id', [customerId]),
  },
  customer: {
    personal: { name: ERASED_CUSTOMER, email: erasedEmail, email_key: erasedEmail, company: null },
    ended: { erased_at: (_, { at }) => at },
    plain: 'id kind created_at updated_at',
    of: ({ customerId }) => oneOf('id', [customerId]),
  },
  audit_event: {
    personal: { before_json: null, after_json: null, address: '' },
    plain: 'id at actor_kind actor_id action subject_type subject_id request_id personal_json stamp sequence',
    otherwise: 'Rows are never changed: their personal values are in audit_personal, which splitting makes sure of first.',
  },
  audit_personal: {
    personal: { salt: null, value: null },
    plain: 'event_id place owner_id erased_by',
    otherwise: 'Erased by owner, with the audit event that says so (`erase-customer.service.ts`).',
  },
  audit_seal: { plain: 'sequence event_id at previous seal' },
  audit_head: { plain: 'name sequence seal base_sequence base_seal legacy_until signature lease_token lease_until' },
  sign_in_failure: { personal: { bucket: '' }, plain: 'failures window_started_at', otherwise: 'A digest that goes after 15 minutes.' },
  wrong_guess: {
    personal: { bucket: '', guess_hash: '' },
    plain: 'is_wrong counted_at',
    otherwise: 'Digests that go after 15 minutes.',
  },
  request_count: { personal: { bucket: '' }, plain: 'minute requests', otherwise: 'Goes after some minutes.' },
  visitor_download: {
    personal: { visitor_hash: '' },
    plain: 'scope_id asset_id counted_at repetitions',
    otherwise: 'Keyed with a key that goes after two days, or by an ID that names nobody any more.',
  },
  visitor_key: { plain: 'day secret' },
  download_event: {
    personal: { address: null },
    plain:
      'id at product_id downloadable_id asset_id license_id user_id token_id machine_key_id is_counted source platform customer_id share_link_id version file_name client request_id',
    of: ofCaller,
  },
  refusal: {
    personal: { address: null, message: '', key_ending: null },
    plain:
      'id at code remedy status operation product_id downloadable_id version asset_id file_name license_id customer_id user_id token_id machine_key_id share_link_id client request_id not_kept',
    of: ofCaller,
  },
  store_event: { plain: 'id at kind product_id downloadable_id version file_name object_key size detail request_id' },
  license_download: { plain: 'license_id asset_id counted_at' },
  download_counter: { plain: 'scope_id dimension day member total' },
  share_link_use: { plain: 'id share_link_id at downloadable_id version asset_id file_name is_counted' },
  job: { plain: 'id kind dedupe_key payload run_at attempts lease_token lease_until finished_at last_error' },
  setting: { plain: 'name value updated_at saved_by_kind saved_by event_id' },
  vendor_logo: { plain: 'digest media_type width height content created_at' },
  installation: { plain: 'name installation_id claim claim_token previous_token claimed_at lease_token lease_until' },
  secret_fingerprint: { plain: 'name fingerprint noted_at' },
  product_platform_note: { plain: 'product_id platform requirements install_note' },
  product: { plain: 'id slug name name_key description version_scheme distribution archived_at created_at updated_at' },
  product_channel: { plain: 'product_id name position includes' },
  downloadable: {
    plain:
      'id product_id version version_key status lock_version live_revision_id draft_revision_id publish_when_ready first_release_date published_at created_at updated_at name summary is_security_fix channel release_date sort_date changelog_excerpt asset_count platforms counted_status publish_at schedule_failure withdrawn_at withdraw_reason withdraw_severity replacement_id ever_published_at',
  },
  revision: {
    plain:
      'id downloadable_id number name summary is_security_fix channel changelog release_date frozen_at created_at withdrawn_at withdraw_reason withdraw_severity undone_at purged_at publish_date',
  },
  asset: {
    plain:
      'id revision_id file_name file_name_key type platform architecture stored_object_id created_at replacement_object_id external_url external_size external_sha256 position',
  },
  stored_object: {
    plain:
      'id object_key upload_id part_size declared_size declared_sha256 size sha256 sha512 state failure_code expires_at created_at fingerprint seen_at missing_since store_id',
  },
  object_store: {
    plain:
      'id endpoint public_endpoint region bucket access_key_id secret_sealed force_path_style is_current lock_version came_from problem failures left_at unknown_objects',
  },
  mail: {
    personal: {
      to_address: erasedEmail,
      to_name: '',
      subject: '',
      text: '',
      html: '',
      link: null,
      unsubscribe_url: null,
      answer: null,
      problem: null,
    },
    // What waits is not sent to nobody.
    ended: { state: 'FAILED' },
    plain: 'id kind dedupe_key user_id customer_id downloadable_id is_secret created_at attempts settled_at message_id',
    of: ({ customerId, userIds, emails }) =>
      either(oneOf('customer_id', [customerId]), oneOf('user_id', userIds), oneOf('to_address', emails)),
  },
  // Keyed hashes of addresses: whoever wanted no mail gets none when they come back.
  news_choice: { plain: 'address_hash product_id choice changed_at' },
  refused_address: { plain: 'address_hash since answer' },
  news_feed: {
    plain: 'user_id token_hash created_at last_read_at',
    of: ({ userIds }) => oneOf('user_id', userIds),
    isRemoved: true,
  },
  alert: { plain: 'kind since seen_at mailed_at' },
  left_copy: { plain: 'store_id object_key size left_at' },
  ...DERIVED_TABLES,
};
