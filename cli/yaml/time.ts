/** A date or time that stands unquoted: Go's YAML takes it for one, and the engine hands it on as Go prints it. */
export class Time {
  constructor(
    /** As Go prints it: `2027-01-01 00:00:00 +0000 UTC`. */
    readonly text: string,
    /** As JSON of Go's has it: `2027-01-01T00:00:00Z`. */
    readonly iso: string,
  ) {}
  toString(): string {
    return this.text;
  }
  toJSON(): string {
    return this.text;
  }
}

const clock = String.raw`(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?`;
/** What Go's YAML tries a scalar as a time with. */
export const timePattern = new RegExp(
  String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]${clock}(Z|[+-]\d\d:\d\d)| ${clock})?$`,
);

/** The time that a scalar is to Go; `undefined` where it only looks like one, as `2026-02-30` does. */
export function timeOf(source: string): Time | undefined {
  const found = timePattern.exec(source);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0] = found.slice(1, 4).map(Number);
  const [hour = 0, minute = 0, second = 0] = [found[4] ?? found[9], found[5] ?? found[10], found[6] ?? found[11]].map(
    (part) => Number(part ?? 0),
  );
  const days = new Date(Date.UTC(year < 100 ? year + 400 : year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return undefined;
  const nanoseconds = (found[7] ?? found[12] ?? "").slice(0, 9).replace(/0+$/, "");
  const two = (part: number): string => String(part).padStart(2, "0");
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  const rest = `${two(hour)}:${two(minute)}:${two(second)}${nanoseconds === "" ? "" : `.${nanoseconds}`}`;
  const isUtc = /^(Z|[+-]00:00)?$/.test(found[8] ?? "");
  const zone = (isUtc ? "+00:00" : found[8]!).replace(":", "");
  return new Time(`${date} ${rest} ${zone} ${isUtc ? "UTC" : zone}`, `${date}T${rest}${isUtc ? "Z" : found[8]}`);
}
