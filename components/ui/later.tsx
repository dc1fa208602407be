'use client';

import { type ComponentType, type ReactNode, useEffect, useReducer } from 'react';

const AGAIN_MS = 1_000;

type LaterProps = {
  /** Whether it is to be seen; true when left out. Once it was, it stays, so that it can go as it came. */
  wanted?: boolean;
  /** What stands in its place meanwhile. */
  fallback?: ReactNode;
};

export interface LaterComponent<Props> {
  (props: Props & LaterProps): ReactNode;
  /** Fetches it before it is wanted: when a hand is on its way to what opens it. */
  preload: () => void;
}

/**
 * A part of a screen whose code comes when it is wanted: dialogs, calendars, what stands behind a press. Where the connection fails it
 * is asked for again, and what stands on the screen stays.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): LaterComponent<Props> {
  let Known: ComponentType<Props> | undefined;
  let coming: Promise<void> | undefined;
  const fetchOnce = () => {
    coming ??= load().then(
      (component) => {
        Known = component;
      },
      () => {
        coming = undefined;
      },
    );
    return coming;
  };

  function Later({ wanted = true, fallback = null, ...props }: Props & LaterProps): ReactNode {
    const [, look] = useReducer((times: number) => times + 1, 0);
    useEffect(() => {
      if (!wanted || Known) return;
      let gone = false;
      const ask = async () => {
        await fetchOnce();
        if (gone) return;
        if (Known) look();
        else setTimeout(ask, AGAIN_MS);
      };
      void ask();
      return () => {
        gone = true;
      };
    }, [wanted]);
    if (Known) return <Known {...(props as unknown as Props)} />;
    return wanted ? fallback : null;
  }
  return Object.assign(Later, { preload: () => void fetchOnce() });
}
