import { equalsInConstantTime, type Secrets } from '../../../kernel/secret/secrets.js';

const PURPOSE = 'recall acknowledgement';
const SEAL_LENGTH = 32;

/** The last part of a link with which somebody says that they replaced a release: nothing of it is kept. */
export class RecallTokens {
  constructor(private readonly secrets: Secrets) {}

  of(recipientId: string): string {
    return `${recipientId}${this.#seal(recipientId)}`;
  }

  /** Whose it is; null: it is none of ours. */
  open(token: string): string | null {
    const [recipientId, seal] = [token.slice(0, -SEAL_LENGTH), token.slice(-SEAL_LENGTH)];
    return recipientId !== '' && equalsInConstantTime(seal, this.#seal(recipientId)) ? recipientId : null;
  }

  #seal(recipientId: string): string {
    return this.secrets.lookupHash(PURPOSE, recipientId).slice(0, SEAL_LENGTH);
  }
}
