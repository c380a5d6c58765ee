// When the engine is gone: only a refused connection says so. A deploy must not end because this computer is out of sockets.
import { whenGone } from "@golive/provider/doors/stop";
import { EventEmitter } from "node:events";
import type net from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Connections that end one after another with these codes; none: it was made and then hung up. */
function connecting(...codes: (string | undefined)[]) {
  const asked = vi.fn(() => {
    const socket = Object.assign(new EventEmitter(), { unref: () => socket, resume: () => socket });
    const code = codes.shift();
    queueMicrotask(() => {
      if (code === undefined) socket.emit("connect");
      else socket.emit("error", Object.assign(new Error(code), { code }));
      socket.emit("close");
    });
    return socket as unknown as net.Socket;
  });
  return asked;
}

test.each<[string, (string | undefined)[]]>([
  ["refused at once", []],
  ["after it hung up", [undefined, undefined]],
  ["after a connection was reset", ["ECONNRESET"]],
  ["after this computer had no socket, address or memory left", ["EMFILE", "EADDRNOTAVAIL", "ENOBUFS"]],
  ["after a timeout", ["ETIMEDOUT"]],
])("%s: gone only then", async (_, before) => {
  const gone = vi.fn();
  const asked = connecting(...before, "ECONNREFUSED");
  whenGone("127.0.0.1:9", gone, asked as unknown as typeof net.connect);
  for (let i = 0; i < before.length; i++) {
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
  }
  await vi.advanceTimersByTimeAsync(0);
  expect(gone).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(before.length + 1);
});
