'use client';

import { createContext, type ReactNode, useContext } from 'react';

/** What a page says that failed. */
export type StandingWords = { title: string; sentence: string; code: string; retry: string };

const Words = createContext<StandingWords>({ title: '', sentence: '', code: '', retry: '' });

/** Hands the few words of pages that fail to every page: they weigh nothing, where the messages of a screen bring their reader along. */
export function StandingWordsProvider({ words, children }: { words: StandingWords; children: ReactNode }) {
  return <Words.Provider value={words}>{children}</Words.Provider>;
}

export const useStandingWords = (): StandingWords => useContext(Words);
