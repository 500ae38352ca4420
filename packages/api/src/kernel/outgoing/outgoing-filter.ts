import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { isIP, type BlockList, type LookupFunction } from 'node:net';
import { isWithin, kindOfAddress, rangesOf } from './address-ranges.js';

/** The variable with which an operator opens private addresses (DESIGN.md, section 9.5). */
export const OPENING_VARIABLE = 'ALLOWED_PRIVATE_HOSTS';

/** Where a request would have gone that the filter refuses. The message says which variable opens it. */
export class OutgoingRefused extends Error {
  readonly code = 'OUTGOING_REFUSED';

  constructor(message: string) {
    super(message);
    this.name = 'OutgoingRefused';
  }
}

/**
 * Keeps requests to hosts that a setting names away from the private network. It looks at addresses after DNS and hands the very
 * same on to the connection, so that a name that changes its meaning in between gains nothing.
 */
export class OutgoingFilter {
  readonly #names: ReadonlySet<string>;
  readonly #ranges: BlockList;

  /** @param allowed host names, addresses and CIDR ranges that may be private; `ANY` for addresses that the environment gives */
  constructor(private readonly allowed: readonly string[] | 'ANY') {
    const entries = allowed === 'ANY' ? [] : allowed;
    const isRange = (entry: string): boolean => isIP(entry.split('/', 1)[0] ?? '') > 0;
    this.#names = new Set(entries.filter((entry) => !isRange(entry)).map((name) => name.toLowerCase()));
    this.#ranges = rangesOf(entries.filter(isRange).map(rangeOf));
  }

  /** Node connects to addresses without looking them up: they are checked before. @param host of a URL @throws OutgoingRefused */
  requireAllowed(host: string): void {
    const address = withoutBrackets(host);
    if (isIP(address) > 0) this.#require(host, address);
  }

  /** For the agents of requests. */
  readonly lookup: LookupFunction = (host, options, done) => {
    lookUp(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return done(error, '');
      try {
        for (const { address } of found) this.#require(host, address);
      } catch (refused) {
        return done(refused as OutgoingRefused, ''); // nothing else is thrown there
      }
      const [first] = found;
      if (options.all) done(null, found);
      else done(null, first?.address ?? '', first?.family);
    });
  };

  #require(host: string, address: string): void {
    const kind = kindOfAddress(address);
    const where = withoutBrackets(host) === address ? `The address ${address}` : `${host} leads to ${address}, which`;
    if (kind === 'METADATA')
      throw new OutgoingRefused(`${where} is where machines get their own credentials: no setting may lead there, so name another host.`);
    if (kind === 'PUBLIC' || this.#isOpened(host, address)) return;
    throw new OutgoingRefused(`${where} is private: to allow it, set ${OPENING_VARIABLE} to ${withoutBrackets(host)} and restart Slipway.`);
  }

  #isOpened(host: string, address: string): boolean {
    if (this.allowed === 'ANY' || this.#names.has(host.toLowerCase())) return true;
    return isIP(address) > 0 && isWithin(this.#ranges, address);
  }
}

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

function rangeOf(entry: string): readonly [string, number] {
  const [address = '', bits] = entry.split('/');
  return [address, bits === undefined ? (isIP(address) === 4 ? 32 : 128) : Number(bits)];
}
