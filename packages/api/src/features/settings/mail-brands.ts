import type { Database } from '../../database/database.js';
import { logoPath } from './vendor-logos.js';
import type { SettingsService } from './settings.service.js';
import type { MailBrand } from '../../machinery/mail/mail-template.js';

/** What mails have of the vendor: name, logo and color, as they are set now. */
export class MailBrands {
  constructor(private readonly use: { readonly database: Database; readonly settings: SettingsService; readonly publicUrl: string }) {}

  async read(): Promise<MailBrand> {
    const { vendorName, accentColor, supportEmail, logo } = await this.use.settings.read();
    return { vendorName, accentColor, supportEmail, logo: logo === '' ? null : await this.#logo(logo) };
  }

  async #logo(digest: string): Promise<MailBrand['logo']> {
    const [row] = await this.use.database.query<{ width: number; height: number }>(
      'SELECT width, height FROM vendor_logo WHERE digest = ?',
      [digest],
    );
    return row ? { url: `${this.use.publicUrl}${logoPath(digest)}`, width: Number(row.width), height: Number(row.height) } : null;
  }
}
