'use client';

import { type ReactNode, useSyncExternalStore } from 'react';
import { later } from './later';
import type { Tone } from './tone';

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

function show(tone: Tone, message: string, options: NotifyOptions = {}) {
  unshown = [...unshown, { tone, message, options }];
  hasNews = true;
  for (const listener of listeners) listener();
}

/** Short news at the edge of the screen. An error that one must act on belongs in the page instead. */
export const notify = {
  good: (message: string, options?: NotifyOptions) => show('good', message, options),
  notice: (message: string, options?: NotifyOptions) => show('notice', message, options),
  wrong: (message: string, options?: NotifyOptions) => show('wrong', message, options),
  info: (message: string, options?: NotifyOptions) => show('info', message, options),
};

const Toasts = later(() => import('./toasts').then((module) => module.Toasts));

/** The place for news; what draws them comes with the first. */
export function ToastRegion() {
  const wanted = useSyncExternalStore(
    onNews,
    () => hasNews,
    () => false,
  );
  return <Toasts wanted={wanted} />;
}
