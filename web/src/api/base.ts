// By itself, so that the build does not take the line below for the address of a file.
const script = import.meta.url;

/**
 * The path below which the platform is, without the last slash: '' at the root of its host, '/arena' where a proxy has put it there.
 * Nobody has to be told: this very script lies in the folder `assets` of that path, in the page as in the worker.
 */
export const base = import.meta.env.PROD ? new URL('..', script).pathname.slice(0, -1) : '';
