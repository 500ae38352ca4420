/** Where downloads come from, as statistics tell it: a session on our pages, a share link, an API token, a bare link to the file, a license key or a machine key in the API. */
export const DOWNLOAD_SOURCES = ['PORTAL', 'SHARE_LINK', 'TOKEN', 'PERMALINK', 'LICENSE_KEY', 'MACHINE_KEY'] as const;
export type DownloadSource = (typeof DOWNLOAD_SOURCES)[number];

export const DOWNLOAD_SOURCE_LABELS: Readonly<Record<DownloadSource, string>> = {
  PORTAL: 'Portal',
  SHARE_LINK: 'Share link',
  TOKEN: 'API token',
  PERMALINK: 'Permalink',
  LICENSE_KEY: 'License key',
  MACHINE_KEY: 'Machine key',
};
