/** What somebody may want to hear of new releases. */
export const newsChoiceMessages = {
  ALL: { label: 'All releases', hint: 'Every release that your license covers, previews included.' },
  STABLE: { label: 'Stable releases', hint: 'No betas or other previews.' },
  SECURITY: { label: 'Security only', hint: 'Releases that fix a vulnerability, and recalls of releases that you downloaded.' },
  NONE: { label: 'Nothing', hint: 'No mail about releases, not even recalls.' },
} as const;
