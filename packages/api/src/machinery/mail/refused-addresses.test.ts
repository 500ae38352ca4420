import { describe, expect, it } from 'vitest';
import { isAboutAddress } from './smtp-words.js';

const refused = (status: number, answer: string, command = 'RCPT TO') =>
  isAboutAddress({ kind: 'NEVER', fault: { code: 'EENVELOPE', command, status, answer } });

describe('a refused mail', () => {
  it('is about its address where the server says so', () => {
    expect(refused(550, '550 5.1.1 Unknown user')).toBe(true);
    expect(refused(552, '552 5.2.2 Mailbox full')).toBe(true);
    expect(refused(550, '550 No such user here')).toBe(true);
  });

  it('is not about its address where the server refuses the sender, relaying or the mail', () => {
    expect(refused(550, '550 5.7.1 Relaying denied')).toBe(false);
    expect(refused(550, '550 Relay access denied')).toBe(false);
    expect(refused(550, '550 Message blocked as spam')).toBe(false);
    expect(refused(554, '554 Rejected')).toBe(false);
    expect(refused(550, '550 5.1.1 Unknown user', 'DATA')).toBe(false);
    expect(isAboutAddress({ kind: 'LATER', fault: { code: '', command: 'RCPT TO', status: 451, answer: '451 4.1.1 Later' } })).toBe(false);
  });
});
