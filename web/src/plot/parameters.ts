const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, B: 1e9, G: 1e9, T: 1e12 };

/** "27M" → 27,000,000. Null for what is not one number: "5M on Sudoku, 19M elsewhere" leaves open which it is. */
export function parameterCount(text: string | null): number | null {
  const match = /^~?\s*(\d+(?:\.\d+)?)\s*([KMBGT]?)$/i.exec(text?.trim() ?? '');
  const unit = UNITS[match?.[2]?.toUpperCase() ?? ''];
  return match && unit !== undefined ? Number((Number(match[1]) * unit).toPrecision(12)) : null;
}
