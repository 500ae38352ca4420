import type DataLoader from 'dataloader';
import type { Actor } from './actor.js';
import { RefusedParts, type NotedRefusals } from './refused-parts.js';
import { ReplySize } from './reply-size.js';

/** How a feature declares a loader; the context makes one instance per request. */
export interface LoaderDefinition<K, V> {
  readonly name: string;
  readonly make: (context: RequestContext) => DataLoader<K, V>;
}

/** What the border changes on the way back. */
export interface Reply {
  /** Sets the session cookie, or clears it with null. */
  setSession(token: string | null): void;
  /** Sets the cookie by which a device is known. */
  setDevice(cookie: string): void;
  /** Sets the cookie by which share links tell visitors apart. */
  setVisitor(cookie: string): void;
}

/** Whether a program would show the credential it sent to wherever it is redirected. UNLESS_BASIC: Basic it would keep back. */
export type CarriedCredential = 'NOT_CARRIED' | 'UNLESS_BASIC' | 'ALWAYS';

/** From where a request came. */
export interface Origin {
  readonly address: string;
  /** The address against which guesses count; null where it is that of a proxy which forwards for strangers to us. */
  readonly countedAddress: string | null;
  readonly userAgent: string;
  /** The cookie by which its device may be known. */
  readonly device: string | null;
  /** What tells its visitor from others without an account or cookie, for a day; null when nothing does. */
  readonly visitor: string | null;
  /** The cookie by which share links may know its visitor. */
  readonly visitorCookie: string | null;
  readonly carriedCredential: CarriedCredential;
}

/** One request: who asks, when, and from where. It carries no services. */
export class RequestContext {
  // Not a #private field: Apollo copies the context object, and a copy has none of those.
  private readonly loaders = new Map<LoaderDefinition<never, unknown>, unknown>();

  /** What the answer has come to; copies of the context count together. */
  readonly replySize = new ReplySize();

  /** What of it is refused; copies of the context tell of one request. */
  readonly refused: RefusedParts = new RefusedParts();

  constructor(
    readonly requestId: string,
    readonly actor: Actor,
    readonly origin: Origin,
    readonly reply: Reply,
  ) {}

  /** The request's one instance of a loader. */
  loader<K, V>(definition: LoaderDefinition<K, V>): DataLoader<K, V> {
    const known = this.loaders.get(definition);
    // A definition is the key of its own instance, so what is stored under it has its types.
    if (known) return known as DataLoader<K, V>;
    const loader = definition.make(this);
    this.loaders.set(definition, loader);
    return loader;
  }

  /** As if nothing of its operation had been run: forgets what was loaded and counted, and what was refused since then. */
  startAgain(refused: NotedRefusals): void {
    this.loaders.clear();
    this.replySize.startAgain();
    this.refused.noted = refused;
  }

  /** The same request as if somebody else had sent it: what is decided about is decided for them. */
  as(actor: Actor): RequestContext {
    return Object.assign(new RequestContext(this.requestId, actor, this.origin, this.reply), { refused: this.refused });
  }

  /** The same request with nothing loaded yet, for reading again what has changed meanwhile. */
  refreshed(): RequestContext {
    return this.as(this.actor);
  }
}
