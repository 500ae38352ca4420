/** What is said of a text that somebody typed. */
export const fieldMessages = {
  missing: (label: string) => `${label} is missing: enter it.`,
  notVisible: (label: string) => `${label} has nothing that anybody could see: enter a word.`,
  tooLong: (label: string, most: number) => `${label} is too long: use at most ${String(most)} characters.`,
  notEmail: (quoted: string) => `${quoted} is not an e-mail address: write it like name@example.com.`,
  passwordTooShort: (least: number) => `The password is too short: use at least ${String(least)} characters.`,
  passwordTooLong: (most: number) => `The password is too long: use at most ${String(most)} characters.`,
  /** After the label of the field. */
  lineBreak: (name: string, position: number) => `contains a line break (${name}) at position ${String(position)}: write it in one line.`,
  invisible: (name: string, position: number) =>
    `contains an invisible character (${name}) at position ${String(position)}: remove it, or type the text anew.`,
} as const;

/** How words are listed. */
export const listMessages = { and: 'and', or: 'or', nothing: 'nothing' } as const;
