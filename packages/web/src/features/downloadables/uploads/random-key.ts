/** 128 random bits as hexadecimal. Unlike `crypto.randomUUID` it also works on a plain http address in a company network. */
export function makeRandomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
