const seconds1 = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const digits3 = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto', style: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Compute time: always in seconds, so that a column of them compares by eye. */
export function seconds(millis: number): string {
  return `${seconds1.format(millis / 1000)} s`;
}

/** Compute time of one task, from fractions of a millisecond to hours: three digits that matter, in seconds likewise. */
export function secondsEach(millis: number): string {
  return `${digits3.format(millis / 1000)} s`;
}

/** How long something takes, in the two largest units. */
export function duration(millis: number): string {
  const s = Math.round(millis / 1000);
  if (s < 60) return `${s} s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes} min ${s % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** "3 min ago"; a date once it is older than a week. */
export function ago(iso: string, now: number): string {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return '–';
  // Clocks of two machines differ a little: nothing on this page lies in the future.
  const passed = Math.max(0, now - then);
  if (passed < 45_000) return 'just now';
  if (passed < 45 * MINUTE) return relative.format(-Math.max(1, Math.round(passed / MINUTE)), 'minute');
  if (passed < 22 * HOUR) return relative.format(-Math.max(1, Math.round(passed / HOUR)), 'hour');
  if (passed < 7 * DAY) return relative.format(-Math.max(1, Math.round(passed / DAY)), 'day');
  return day.format(then);
}

export function exact(iso: string): string {
  const then = Date.parse(iso);
  return Number.isNaN(then) ? iso : full.format(then);
}

/** The day alone. */
export function date(iso: string): string {
  const then = Date.parse(iso);
  return Number.isNaN(then) ? iso : day.format(then);
}
