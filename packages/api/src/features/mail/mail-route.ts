import type { Settings } from '@slipway/shared';
import type { MailRoute } from '../../machinery/mail/mail.job.js';
import type { SettingsService } from '../settings/settings.service.js';

export type MailSettings = Pick<
  Settings,
  'smtpHost' | 'smtpPort' | 'smtpSecurity' | 'smtpUser' | 'smtpPassword' | 'mailFrom' | 'mailReplyTo' | 'mailsPerMinute' | 'vendorName'
>;

/** How mail goes out by some settings. @param allowed what private addresses a server may have that a setting names */
export function routeOf(settings: MailSettings, allowed: readonly string[] | 'ANY'): MailRoute {
  const { smtpHost, smtpPort, smtpSecurity, smtpUser, smtpPassword, mailFrom, mailReplyTo, mailsPerMinute, vendorName } = settings;
  const isComplete = smtpHost !== '' && mailFrom !== '';
  return {
    smtp: isComplete ? { smtpHost, smtpPort, smtpSecurity, smtpUser, smtpPassword } : null,
    from: { address: mailFrom, name: vendorName },
    replyTo: mailReplyTo === '' ? null : mailReplyTo,
    perMinute: mailsPerMinute,
    allowed,
  };
}

/** What private addresses the settings in force may name: what the environment gives is allowed by being there. */
export function allowedFor(settings: SettingsService, allowedPrivateHosts: readonly string[]): readonly string[] | 'ANY' {
  return settings.fixedNames.includes('smtpHost') ? 'ANY' : allowedPrivateHosts;
}
