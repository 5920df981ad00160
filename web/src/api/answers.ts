/** Last answers by address: going back shows the page at once, in its old height, while it is read anew. */
export const answers = new Map<string, unknown>();
