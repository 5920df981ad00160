/** Finds the innermost element that reads so, also where a name in it has an element of its own. */
export function reading(words: string | RegExp): (_: string, element: Element | null) => boolean {
  const reads = ({ textContent }: Element) => (typeof words === 'string' ? textContent?.trim() === words : words.test(textContent ?? ''));
  return (_, element) => element !== null && reads(element) && ![...element.children].some(reads);
}
