/** One language for every number on the page: it is English text, whatever the browser speaks. */
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/**
 * A share as percent with two decimals. Never rounds a miss away: 100.00 % stands for all, 0.00 % for none.
 */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const hundredths = share * 10_000;
  if (share > 0 && hundredths < 1) return '<0.01%';
  const rounded = Math.round(hundredths);
  return `${((share < 1 && rounded >= 10_000 ? 9_999 : rounded) / 100).toFixed(2)}%`;
}

/** A share that something has at least: rounded down, for rounded up it would claim too much. */
export function atLeast(share: number): string {
  // A product like 0.29 * 10_000 lies a speck below the whole number that it stands for.
  return percent(Math.floor(share * 10_000 + 1e-6) / 10_000);
}

/** A difference of two shares in percentage points, with its sign: +3.20 points. */
export function points(difference: number): string {
  const hundredths = Math.round(difference * 10_000);
  const sign = hundredths > 0 ? '+' : hundredths < 0 ? '−' : '±';
  return `${sign}${(Math.abs(hundredths) / 100).toFixed(2)} points`;
}

/** Both ends of an interval as one text: 41.2–58.8%. */
export function range(low: number, high: number): string {
  return `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}%`;
}

export function count(n: number): string {
  return whole.format(n);
}

/** 7 123 456 → 7.12 M: three digits that matter. */
export function short(n: number): string {
  for (const [unit, size] of [
    ['E', 1e18],
    ['P', 1e15],
    ['T', 1e12],
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const) {
    // 999 600 would read "1000 k": the next unit begins where rounding reaches it.
    if (n >= size * 0.9995) return `${digits(n / size)} ${unit}`;
  }
  return whole.format(n);
}

/** 7 123 456 bytes → 7.12 MB */
export function bytes(n: number): string {
  return n < 1000 ? `${n} B` : `${short(n)}B`;
}

const dollars3 = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

/** What a task costs, from fractions of a cent to hundreds: three digits that matter. */
export function dollars(n: number): string {
  return `$${n > 0 && n < 1e-6 ? n.toExponential(1) : dollars3.format(n)}`;
}

function digits(n: number): string {
  return n.toFixed(n >= 99.95 ? 0 : n >= 9.995 ? 1 : 2);
}

/** "1 cell", "2 cells" */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}
