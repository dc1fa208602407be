/** To whom this page was shown: a browser keeps one session for all its tabs, and another person may sign in beside it. */
let person: string | null = null;

/** Remembers it for all that the page asks; on the server there is no page. */
export function setShownTo(id: string | null): void {
  if (typeof window !== 'undefined') person = id;
}

/** What a page says with all that it asks. */
export const shownToHeaders = (): Record<string, string> => (person === null ? {} : { 'x-person': person });
