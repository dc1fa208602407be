'use client';

import { useSyncExternalStore } from 'react';
import { later } from './later';
import { addNews, hadNews, type NotifyOptions, onNews } from './news';

/** Short news at the edge of the screen. An error that one must act on belongs in the page instead. */
export const notify = {
  good: (message: string, options?: NotifyOptions) => addNews('good', message, options),
  notice: (message: string, options?: NotifyOptions) => addNews('notice', message, options),
  wrong: (message: string, options?: NotifyOptions) => addNews('wrong', message, options),
  info: (message: string, options?: NotifyOptions) => addNews('info', message, options),
};

const Toasts = later(() => import('./toasts').then((module) => module.Toasts));

/** The place for news; what draws them comes with the first. */
export function ToastRegion() {
  const wanted = useSyncExternalStore(onNews, hadNews, () => false);
  return <Toasts wanted={wanted} />;
}
