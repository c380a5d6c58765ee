/** A version: three numbers, and what comes before a release. */
export interface Version {
  readonly numbers: readonly [number, number, number];
  readonly pre: readonly string[];
}

/** As the real service reads one: a `v` before it, missing parts and leading zeros do not matter. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d{1,15})(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const [, major, minor = "0", patch = "0", pre] = match;
  return { numbers: [Number(major), Number(minor), Number(patch)], pre: pre === undefined ? [] : pre.split(".") };
}

const comparePart = (a: string, b: string): number => {
  const [isA, isB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isA && isB) return Number(a) - Number(b);
  if (isA !== isB) return isA ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
};
/** Below 0, 0 or above 0: a release is above what comes before it. */
export function compareVersions(a: Version, b: Version): number {
  for (const i of [0, 1, 2] as const) if (a.numbers[i] !== b.numbers[i]) return a.numbers[i] - b.numbers[i];
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (let i = 0; i < Math.max(a.pre.length, b.pre.length); i++) {
    const [left, right] = [a.pre[i], b.pre[i]];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const order = comparePart(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

const release = (...numbers: [number, number, number]): Version => ({ numbers, pre: [] });
/** The first version above what `~1.2.3`, `^1.2.3` or `1.2.*` allow. */
function above(operator: string, [major, minor, patch]: Version["numbers"], parts: number): Version {
  if (operator === "semver_tilde") return release(major, minor + 1, 0);
  if (operator === "semver_wildcard") return parts === 1 ? release(major + 1, 0, 0) : release(major, minor + 1, 0);
  if (major > 0) return release(major + 1, 0, 0);
  return minor > 0 ? release(0, minor + 1, 0) : release(0, 0, patch + 1);
}

/** Whether a version passes an operator; nothing, when the filter is no version. */
export function matchVersion(operator: string, value: string, filter: string): boolean | undefined {
  const version = parseVersion(value);
  const base = filter.trim().replace(/(\.\*)+$/, "");
  const other = parseVersion(base);
  if (!other) return undefined;
  if (!version) return false;
  const order = compareVersions(version, other);
  switch (operator) {
    case "semver_eq":
      return order === 0;
    case "semver_neq":
      return order !== 0;
    case "semver_gt":
      return order > 0;
    case "semver_gte":
      return order >= 0;
    case "semver_lt":
      return order < 0;
    case "semver_lte":
      return order <= 0;
    default: {
      // what comes before a release is in no range but its own
      const isOwn = other.pre.length > 0 && version.numbers.every((n, i) => n === other.numbers[i]);
      if (version.pre.length > 0 && !isOwn) return false;
      return order >= 0 && compareVersions(version, above(operator, other.numbers, base.split(".").length)) < 0;
    }
  }
}
