import net from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** Running requests may end within this time; CI kills within ten seconds of its first signal. */
const graceMs = 5_000;
const watchMs = 2_000;
const flushMs = 20;

/** How a plugin process ends: first no new request, then, after a grace, no running one. */
export interface Stop {
  /** Aborted: start nothing. What runs may end. */
  readonly starting: AbortSignal;
  /** Aborted: give up what runs. Its outcome is unknown. */
  readonly running: AbortSignal;
}

/**
 * Calls back once nothing listens at the engine's address any more: only a refused connection proves that. The engine hangs
 * up on silent callers, and a computer may be out of sockets for a while: then ask again.
 */
export function whenGone(address: string, gone: () => void, connect = net.connect): void {
  const [host, port] = [
    address.slice(0, address.lastIndexOf(":")),
    Number(address.slice(address.lastIndexOf(":") + 1)),
  ];
  const watch = (): void => {
    const socket = connect({ host, port });
    let isRefused = false;
    socket.unref();
    socket.on("error", (error: NodeJS.ErrnoException) => (isRefused = error.code === "ECONNREFUSED"));
    socket.once("close", () => (isRefused ? gone() : setTimeout(watch, watchMs).unref()));
    socket.resume();
  };
  watch();
}

const starting = new AbortController();
const running = new AbortController();
let active = 0;
let watches = false;

/** An answer that was just given has to reach the engine first. */
const exitSoon = (): void => void setTimeout(() => process.exit(0), flushMs).unref();

/** Runs one of the engine's requests; the last one to end, after a stop, ends the process. */
export async function track<T>(run: () => Promise<T>): Promise<T> {
  active += 1;
  try {
    return await run();
  } finally {
    active -= 1;
    if (active === 0 && starting.signal.aborted) exitSoon();
  }
}

/** Waits so many milliseconds, and no longer than until a stop. */
export const unlessStopped = (ms: number): Promise<unknown> =>
  wait(ms, undefined, { signal: starting.signal }).catch(() => undefined);

/** Begins nothing more, and ends this process when what runs has ended, or after a grace. */
export function stopNow(): void {
  if (starting.signal.aborted) return;
  starting.abort();
  if (active === 0) return exitSoon();
  setTimeout(() => {
    running.abort();
    setTimeout(() => process.exit(0), watchMs).unref();
  }, graceMs).unref();
}

/**
 * Ends this plugin process in order on ctrl-C, SIGTERM and the death of the engine. Nobody cancels a dynamic provider
 * over the wire, and the plugin's launcher outlives an engine that was killed.
 */
export function stopInOrder(engineAddress: string | undefined): Stop {
  const stop = { starting: starting.signal, running: running.signal };
  if (watches) return stop;
  watches = true;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stopNow);
  if (engineAddress && /:\d+$/.test(engineAddress)) whenGone(engineAddress, stopNow);
  return stop;
}
