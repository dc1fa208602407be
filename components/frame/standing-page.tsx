'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { useComeBack } from './use-come-back';

/** What a page says that failed. */
export type StandingWords = { title: string; sentence: string; code: string; retry: string };

const Words = createContext<StandingWords>({ title: '', sentence: '', code: '', retry: '' });

/** Hands the few words of pages that fail to every page: they weigh nothing, where the messages of a screen bring their reader along. */
export function StandingWordsProvider({ words, children }: { words: StandingWords; children: ReactNode }) {
  return <Words.Provider value={words}>{children}</Words.Provider>;
}

/** The words of a page that failed, which comes back by itself. */
export function useStandingPage(): StandingWords {
  useComeBack();
  return useContext(Words);
}

/** The look of the one button of a page that failed: in one piece, since such a page is part of every other one's weight. */
export const STANDING_BUTTON =
  'inline-flex h-(--control-h) items-center rounded-md border border-line-control/60 bg-surface px-(--control-px) text-control font-medium hover:bg-hover';
