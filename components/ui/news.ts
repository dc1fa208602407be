import type { ReactNode } from 'react';
import type { Tone } from './tone-style';

export interface NotifyOptions {
  description?: ReactNode;
  /** For instance undo: the toast then stays ten seconds. */
  action?: { label: string; onPress: () => void };
  /** A second message with the same id takes the place of the first. */
  id?: string;
}

export type News = { tone: Tone; message: string; options: NotifyOptions };

/** News that nobody has shown yet, and who wants to know that there are some. */
let unshown: News[] = [];
let hasNews = false;
const listeners = new Set<() => void>();

export function onNews(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What is to be shown now; nobody gets it twice. */
export function takeNews(): News[] {
  const taken = unshown;
  unshown = [];
  return taken;
}

/** Whether there ever were any. */
export const hadNews = (): boolean => hasNews;

export function addNews(tone: Tone, message: string, options: NotifyOptions = {}) {
  unshown = [...unshown, { tone, message, options }];
  hasNews = true;
  for (const listener of listeners) listener();
}
