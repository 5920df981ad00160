import glossary from '../../../docs/glossary.md?raw';

/** What a visitor meets first, in the order in which one thing explains the next; each stands in the glossary of the project. */
export const CHAPTERS = [
  { title: 'What is asked', terms: ['task', 'puzzle set', 'augmentation'] },
  {
    title: 'What answers',
    terms: ['checkpoint', 'improvement step', 'cycles', 'halt logit', 'puzzle embedding', 'blank identifier', 'adaptation'],
  },
  { title: 'What becomes of the answers', terms: ['vote', 'candidate', 'attempt', 'step replay'] },
  { title: 'What the number is worth', terms: ['metric', 'interval', 'tie group', 'protocol', 'verification', 'canary'] },
] as const;

export type Term = (typeof CHAPTERS)[number]['terms'][number];

const LINES = new Map([...glossary.matchAll(/^- \*\*(.+?)\*\*[^:\n]*: (.+)$/gm)].map(([, name = '', line = '']) => [name, line]));

/** Of the glossary, as a sentence. @throws Error for a term that it lacks */
export function lineOf(term: Term): string {
  const line = LINES.get(term);
  if (line === undefined) throw new Error(`docs/glossary.md does not explain ${term}`);
  return capital(line);
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The place of a term on the page that explains all of them. */
export function anchor(term: Term): string {
  return term.replaceAll(' ', '-');
}
