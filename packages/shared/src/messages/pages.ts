/** What search engines and previews of links show of a public page. */
export const pageMessages = {
  forSystems: (systems: string) => ` for ${systems}`,
  download: (what: string, systems: string, vendor: string) => `Download ${what}${systems} from ${vendor}.`,
} as const;
