import { Secret } from "./secret";
import type { Token } from "./token";

/** A credential that renews itself. One who sends says what came of it. */
export interface Renewal {
  /** The secret to send now: another one where the last is about to end. */
  current(stop?: AbortSignal): Promise<Secret>;
  /** The server let it in. */
  accepted(secret: Secret): void;
  /** Another one in place of one that was refused; nothing where that one was a second try itself. */
  instead(refused: Secret, stop?: AbortSignal): Promise<Secret | undefined>;
}
/** Where its secrets come from. Rejects with a named error. */
export type Source = (stop?: AbortSignal) => Promise<Token>;

/** How long before its end a token is not sent any more: half a minute, of short ones a tenth of their life. */
const spareMs = 30_000;
const spareShare = 0.1;
/** Whoever asks again so soon after a failure hears of that one: a hundred resources must not ask a person a hundred times. */
const failureMs = 10_000;

interface Held {
  readonly secret: Secret;
  /** From when on another one is asked for. */
  readonly until: number;
  /** Asked for because one before was refused, and not let in since. */
  isSecondTry: boolean;
}

/** One secret at a time from a source that is never asked twice at once. */
export class Renewing implements Renewal {
  #held: Held | undefined;
  #asking: Promise<Held> | undefined;
  #failed: { readonly error: unknown; readonly until: number } | undefined;

  constructor(
    private readonly source: Source,
    private readonly now: () => number = Date.now,
  ) {}

  async current(stop?: AbortSignal): Promise<Secret> {
    const held = this.#held;
    return held && held.until > this.now() ? held.secret : (await this.#ask(false, stop)).secret;
  }

  accepted(secret: Secret): void {
    if (this.#held?.secret === secret) this.#held.isSecondTry = false;
  }

  async instead(refused: Secret, stop?: AbortSignal): Promise<Secret | undefined> {
    const held = this.#held;
    // who comes second finds what the first asked for
    if (held && held.secret !== refused && !this.#asking) return held.secret;
    if (held?.isSecondTry && !this.#asking) return undefined;
    return (await this.#ask(true, stop)).secret;
  }

  #ask(isSecondTry: boolean, stop: AbortSignal | undefined): Promise<Held> {
    this.#asking ??= this.#renew(isSecondTry, stop).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #renew(isSecondTry: boolean, stop: AbortSignal | undefined): Promise<Held> {
    if (this.#failed && this.#failed.until > this.now()) throw this.#failed.error;
    try {
      const { value, until } = await this.source(stop);
      const left = until === undefined ? Infinity : until - this.now();
      // one that has ended by this computer's clock may be valid by the server's: that one says
      const life = left > 0 ? left - Math.min(spareMs, left * spareShare) : Infinity;
      this.#held = { secret: new Secret(value), until: this.now() + life, isSecondTry };
      return this.#held;
    } catch (error) {
      if (!stop?.aborted) this.#failed = { error, until: this.now() + failureMs };
      throw error;
    }
  }
}
