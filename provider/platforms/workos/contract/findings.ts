import type { Finding } from "../../platform";

export const confirmed = (why: string): Finding => ({ verdict: "confirmed", why });
export const refuted = (why: string): Finding => ({ verdict: "refuted", why });
export const notSeen = (why: string): Finding => ({ verdict: "not seen", why });

/** What a list shows of a rule that each of it keeps: those that break it refute it, and an empty list shows nothing. */
export const ofEach = <T>(
  all: readonly T[],
  what: string,
  isSo: (one: T) => boolean,
  called: (one: T) => string,
): Finding => {
  const broken = all.filter((one) => !isSo(one));
  if (broken.length > 0) return refuted(`not so: ${broken.slice(0, 5).map(called).join(", ")}`);
  return all.length > 0 ? confirmed(`${all.length} ${what}`) : notSeen(`there are no ${what}`);
};
