const units: Readonly<Record<string, (date: Date, count: number) => void>> = {
  h: (date, count) => date.setUTCHours(date.getUTCHours() - count),
  d: (date, count) => date.setUTCDate(date.getUTCDate() - count),
  w: (date, count) => date.setUTCDate(date.getUTCDate() - 7 * count),
  m: (date, count) => monthsBack(date, count),
  y: (date, count) => monthsBack(date, 12 * count),
};
/** The same day so many months ago, or the last one of that month. */
function monthsBack(date: Date, months: number): void {
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
}

const absolute = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?(Z|[+-]\d{2}:?\d{2})?$/;
/** A moment: so long ago (`-7d`), a date, or a date with a time; without an offset it is UTC. */
export function parseDate(text: string): Date | undefined {
  const relative = /^-?(\d{1,4})([hdwmy])$/.exec(text);
  if (relative) {
    const date = new Date();
    units[relative[2]!]!(date, Number(relative[1]));
    return date;
  }
  const parts = absolute.exec(text);
  if (!parts) return undefined;
  const [, day, time = "00:00", offset = "Z"] = parts;
  const date = new Date(`${day}T${time}${offset.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")}`);
  return Number.isNaN(date.valueOf()) ? undefined : date;
}
