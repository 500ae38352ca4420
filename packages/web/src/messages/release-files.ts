/** The files of a release, in the portal and on the page of a share link. */

export const filesMessages = {
  title: 'All files',
  allPlatforms: 'All platforms',
  ofRelease: 'Checksums and signatures',
  external: "On the vendor's own server.",
  damaged: 'Damaged: it cannot be downloaded.',
  preparing: 'Still being prepared: try again in a few minutes.',
  sha256: 'SHA-256',
  copySha256: (fileName: string) => `Copy SHA-256 of ${fileName}`,
  verify: 'How to verify',
  ofFile: (fileName: string) => ` ${fileName}`,
  copyVerify: (fileName: string) => `Copy the command that verifies ${fileName}`,
  mustPrint: 'It must print the SHA-256 above.',
  download: 'Download',
  downloadFor: (computer: string) => `Download for ${computer}`,
} as const;
