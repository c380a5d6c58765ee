// One line of progress on stderr, so that stdout stays what a caller reads.
const REPEAT_MS = 15_000;

/**
 * Shows `text` with the seconds gone by until `work` settles: rewritten in place on a terminal, else a line every 15 s.
 * @template T
 * @param {string} text
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function progress(text, work, stream = process.stderr) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const live = stream.isTTY && !process.env.CI;
  const draw = () => stream.write(live ? `\r\x1b[K${text} ... ${seconds()} s` : `${text} ... ${seconds()} s\n`);
  if (live) draw();
  else stream.write(`${text}\n`);
  const timer = setInterval(draw, live ? 1000 : REPEAT_MS);
  const close = (word) => {
    clearInterval(timer);
    stream.write(`${live ? "\r\x1b[K" : ""}${text}: ${word} after ${seconds()} s\n`);
  };
  try {
    const result = await work();
    close("done");
    return result;
  } catch (error) {
    close("failed");
    throw error;
  }
}
