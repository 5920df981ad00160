const PAGES: Readonly<Record<string, string>> = { 'ARC Prize': 'https://arcprize.org/leaderboard' };

/** Where a published result can be looked up, by the words for its source; null where these lead nowhere. */
export function addressOf(source: string): string | null {
  const paper = /\barXiv[: ]*(\d{4}\.\d{4,5})\b/i.exec(source)?.[1];
  if (paper) return `https://arxiv.org/abs/${paper}`;
  const page = /\bhttps:\/\/[^\s<>"',;)]+/.exec(source)?.[0];
  return page ?? PAGES[source] ?? null;
}
