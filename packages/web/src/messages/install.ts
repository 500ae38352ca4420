/** How a file is installed. The steps by kind of file: `packages/shared/src/messages/install.ts`. */
export const installMessages = {
  title: 'Install',
  kind: 'Kind of file',
  server: 'On a server, or a shaky connection?',
  goesOn: 'Run it again and it goes on where it stopped.',
  copyStep: (step: number) => `Copy command ${step}`,
  copyFetch: 'Copy the command that fetches the file',
} as const;
