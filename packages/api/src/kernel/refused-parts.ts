/** What a request was about, as far as whoever judged it knew; the log of refusals keeps it, the caller does not see it. */
export interface RefusedSubject {
  readonly productId?: string | null;
  readonly downloadableId?: string | null;
  readonly version?: string | null;
  readonly assetId?: string | null;
  readonly fileName?: string | null;
  readonly licenseId?: string | null;
  readonly shareLinkId?: string | null;
}

/** One reason for which a request, or a part of it, was refused. */
export interface RefusedPart {
  readonly code: string;
  readonly message: string;
  /** What the caller may do about it, as entitlement decisions say it. */
  readonly remedy?: string | null;
  /** The field of a GraphQL operation. */
  readonly field?: string | null;
  /** What it was about, where that is not what the request is about as a whole. */
  readonly about?: RefusedSubject;
}

/** What is noted of a request at one time. */
export interface NotedRefusals {
  readonly about: RefusedSubject;
  readonly parts: readonly RefusedPart[];
}

/** More reasons than these tell nobody anything. */
const PARTS_MAX_COUNT = 5;

/** What of one request was refused. It is written down once the answer is gone. */
export class RefusedParts {
  /** What the request is about. */
  about: RefusedSubject = {};
  #parts: readonly RefusedPart[] = [];

  get parts(): readonly RefusedPart[] {
    return this.#parts;
  }

  /** Everything that is noted so far: put back, it is as if nothing had been noted since. */
  get noted(): NotedRefusals {
    return { about: this.about, parts: this.#parts };
  }

  set noted({ about, parts }: NotedRefusals) {
    this.about = about;
    this.#parts = parts;
  }

  /** Adds a reason. What says less of one that is known is the same one: a rule throws, and its field shows it. */
  add(part: RefusedPart): void {
    const known = this.#parts.find(({ code, about }) => code === part.code && (!part.about || about?.assetId === part.about.assetId));
    if (known) this.#parts = this.#parts.map((one) => (one === known ? { ...part, ...one, field: one.field ?? part.field ?? null } : one));
    else if (this.#parts.length < PARTS_MAX_COUNT) this.#parts = [...this.#parts, part];
  }
}
