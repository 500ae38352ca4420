/** What a license covers, line by line. Dates stay `YYYY-MM-DD`. */
export const coverMessages = {
  valid: 'Valid',
  updates: 'Updates',
  channels: 'Channels',
  platforms: 'Platforms',
  versions: 'Versions',
  downloads: 'Downloads',
  allPlatforms: 'All',
  updatesUntil: (date: string) => `Releases dated up to ${date}`,
  left: (left: number, limit: number) => `${String(left)} of ${String(limit)} left`,
  from: (start: string) => `From ${start}`,
  endless: 'Without end',
  endlessFrom: (from: string) => `${from}, without end`,
  until: (end: string) => `Until ${end}`,
  fromUntil: (from: string, end: string) => `${from} until ${end}`,
  over: (end: string) => `Until ${end}, now over`,
  kept: '; releases up to that day stay yours',
} as const;
