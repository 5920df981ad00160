/** What a field of a form says; null where it says nothing, or is not there. */
export function numberIn(form: FormData, name: string): number | null {
  const text = form.get(name);
  return typeof text === 'string' && text !== '' ? Number(text) : null;
}
