/** Every error of golive: it says what happened, then what to do. Carries no secret. */
export class GoliveError extends Error {
  /** @param said What happened, without a full stop. @param remedy What to do about it, a sentence. */
  constructor(
    readonly said: string,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(remedy ? `${said}. ${remedy}` : said, options);
    this.name = new.target.name;
  }
}

const withWords = new WeakSet<Error>();

/**
 * The same error with words in front, unless it has some. A copy: those who ask at once share one request, and so its
 * failure.
 */
export function prefixed<E extends Error>(error: E, words: string): E {
  if (withWords.has(error)) return error;
  const own = Object.getOwnPropertyDescriptors<Error>(error);
  const message = { value: words + error.message, writable: true, configurable: true, enumerable: false };
  const copy = Object.create(Object.getPrototypeOf(error) as object, { ...own, message }) as E;
  withWords.add(copy);
  return copy;
}

/** What an HTTP exchange came to, for the errors below. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  /** The platform's own number for the request, for its support. */
  readonly requestId?: string | undefined;
  /** The platform's error code, e.g. `entity_not_found`. */
  readonly code?: string | undefined;
}

/** An error of one request. */
export class RequestError extends GoliveError {
  constructor(
    message: string,
    readonly exchange: Exchange,
    remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, remedy, options);
  }
}

/** 401: the credential is missing, wrong or no longer valid. */
export class Unauthorized extends RequestError {}
/** 403: the credential is valid and may not do this. */
export class Forbidden extends RequestError {}
/** 404: there is no such object, for this credential. */
export class NotFound extends RequestError {}
/** 409, or a typed answer that says so: the platform has it already. */
export class Conflict extends RequestError {}
/** 400 or 422: the platform refuses the values. */
export class Invalid extends RequestError {}
/** 429, and it stayed so. */
export class RateLimited extends RequestError {}
/** 5xx, or no answer, to a request that is safe to repeat. */
export class ServerFault extends RequestError {}
/** The request was never sent: no connection, no such host, a TLS fault. */
export class Unreachable extends RequestError {}
/** A write was sent and its outcome is unknown: no answer in time, a connection lost, 5xx. */
export class Ambiguous extends RequestError {}
/** golive is being stopped. */
export class Cancelled extends GoliveError {}

/** golive was told to send nothing. */
export class Offline extends GoliveError {
  /** @param origin The setting that told it. */
  constructor(origin: string) {
    super(
      `golive is offline and sends nothing (${origin})`,
      "A preview works offline; for everything else leave that setting out, and give a credential.",
    );
  }
}

/** The provider's configuration is incomplete or wrong. */
export class ConfigError extends GoliveError {}
/** The platform, or these credentials, cannot do this at all. */
export class Unsupported extends GoliveError {}
/** Create met an object of the same natural key that golive did not make. */
export class ObjectExists extends GoliveError {}
/** State was made with another account than the credentials belong to. */
export class WrongAccount extends GoliveError {}
/** `deletionProtection` is on. */
export class DeletionProtected extends GoliveError {}
/** The platform refuses the change until something else is done first. */
export class Refused extends GoliveError {}

/**
 * The object exists, but not all of it came about. The engine records it with its id, and the next `up` finishes it.
 * `missing` names the inputs that are not there yet.
 */
export class PartlyDone extends GoliveError {
  constructor(
    readonly id: string,
    readonly state: Readonly<Record<string, unknown>>,
    readonly missing: readonly string[],
    cause: Error,
  ) {
    super(cause.message, undefined, { cause });
  }
}
