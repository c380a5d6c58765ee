// A lock between processes, by a file that only one can create. Own code, because it is needed before npm has installed
// anything. What it guards is published by a rename, so the worst that a wrongly broken lock costs is building twice.
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from "node:fs";
import os from "node:os";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

const BEAT_MS = 5_000;
const STALE_MS = 60_000;
const RETRY_MS = 250;

function create(file) {
  const text = JSON.stringify({ host: os.hostname(), pid: process.pid, key: randomUUID() });
  try {
    const handle = openSync(file, "wx");
    writeSync(handle, text);
    closeSync(handle);
    return text;
  } catch (error) {
    if (error.code === "EEXIST") return undefined;
    throw error;
  }
}

function read(file) {
  try {
    return { text: readFileSync(file, "utf8"), age: Date.now() - statSync(file).mtimeMs };
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** A holder that died on this machine, or that has not touched its file for a minute (another machine, a reused pid). */
export function isStale({ text, age }) {
  if (age > STALE_MS) return true;
  try {
    const { host, pid } = JSON.parse(text);
    return host === os.hostname() && !isAlive(pid);
  } catch {
    return false; // Created a moment ago and not written yet.
  }
}

function breakLock(file, seen) {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  // Another waiter was quicker and this is its fresh lock: give it back.
  if (readFileSync(aside, "utf8") !== seen) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

/**
 * Runs `work` with the lock held.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ signal?: AbortSignal, onWait?: (holder: string) => void }} [options] `onWait` is called once when another holds it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { signal, onWait } = {}) {
  let mine;
  let told = false;
  while ((mine = create(file)) === undefined) {
    const holder = read(file);
    if (holder && isStale(holder)) breakLock(file, holder.text);
    else if (holder) {
      if (!told) onWait?.(holder.text);
      told = true;
      await delay(RETRY_MS, undefined, { signal });
    }
  }
  const beat = setInterval(() => {
    const now = new Date();
    if (read(file)?.text === mine) utimesSync(file, now, now);
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (read(file)?.text === mine) rmSync(file, { force: true });
  }
}
