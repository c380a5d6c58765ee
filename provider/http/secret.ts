import { inspect } from "node:util";
import type { Renewal } from "./renewal";

const shown = "[secret]";
const longest = 256;
const known = new Set<string>();

/** A value that does not print: not in text, not as JSON, not in an inspector. Only {@link reveal} gives it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    if (value.length >= 6) known.add(value);
  }
  /** The value, for the request that needs it. */
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return shown;
  }
  toJSON(): string {
    return shown;
  }
  [inspect.custom](): string {
    return shown;
  }
}

/** A secret, and where it came from: an error about it says so. */
export interface Credential {
  /** What is sent. Of one that renews itself it is what it is known by, and is sent to nobody. */
  readonly secret: Secret;
  /** Gives what is sent, where that does not stay the same. */
  readonly renewal?: Renewal;
  readonly origin: string;
  /** How long it lives and what to do when it is refused, a sentence. */
  readonly refused?: string;
  /** What it may mean that it may not do something, and the next step. */
  readonly forbidden?: string;
}

/** Text without any secret that this process ever held, and without what looks like a key, in case a server echoes one. */
export function redact(text: string): string {
  let rest = text;
  for (const value of known) rest = rest.replaceAll(value, shown);
  return rest
    .replaceAll(/\b(sk|pk|phx|phs|whsec)_[A-Za-z0-9_]{8,}/g, `$1_${shown}`)
    .replaceAll(/\bBearer\s+\S+/gi, `Bearer ${shown}`);
}

/** What somebody else said, for an error: without secrets, and clipped only then, so that no part of one stays. */
export function clean(text: string): string {
  const whole = redact(text);
  return whole.length > longest ? `${whole.slice(0, longest)}…` : whole;
}
