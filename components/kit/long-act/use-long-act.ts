'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { useErrorSentence } from '@/components/api/error-sentence';
import { followSessionEnd } from '@/components/api/session-end';
import { actsNow, addAct, isUnderWay, noActs, onActs } from './acts';

/** A question that is answered stays no longer than this: the frame then says how far the act is, and the page may be left. */
const PATIENCE_MS = 1_000;
const ASK_MS = 2_000;

export type LongAct<Result> = {
  /** What it is about: `month.2026-10`. */
  key: string;
  label: string;
  /** How much it has before it; null where nobody knows. */
  total: number | null;
  /** Does it, from `done` on where it was tried before; `count` says how far it has come. */
  run: (count: (done: number) => void, done: number) => Promise<Result>;
  /** How far it has come, where the server alone knows; asked every two seconds. */
  progress?: () => Promise<number>;
  /** Its requests come from this page one after the other: closing it would end the act. */
  fromHere?: boolean;
  /** `isLong`: the page may have been left meanwhile. */
  onDone: (result: Result, isLong: boolean) => void;
  /** After its end or its failure, for what is shown to be read again. */
  onEnd?: () => unknown;
};

/** Asks how far an act has come until what it answers is called. */
function follow(progress: (() => Promise<number>) | undefined, count: (done: number) => void): () => void {
  if (!progress) return () => {};
  const timer = setInterval(() => void progress().then(count, () => undefined), ASK_MS);
  return () => clearInterval(timer);
}

type Shown = ReturnType<typeof addAct>;

/** What stopped before its end stays until it is read, and can go on from where it stopped. */
function showStopped(
  act: LongAct<unknown>,
  done: number,
  failure: string,
  sentenceOf: (error: unknown) => string,
): void {
  const shown: Shown = addAct({
    ...{ key: act.key, label: act.label, total: act.total, done, from: done, since: Date.now() },
    ...{ fromHere: false, failure },
    again: () => {
      shown.remove();
      begin(act, sentenceOf, done).catch((error: Error) => showStopped(act, done, error.message, sentenceOf));
    },
  });
}

function begin<Result>(act: LongAct<Result>, sentenceOf: (error: unknown) => string, from = 0): Promise<void> {
  const { key, label, total, fromHere = false } = act;
  const since = Date.now();
  let done = from;
  let shown: Shown | null = null;
  const count = (next: number) => {
    done = next;
    shown?.change({ done });
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      shown = addAct({ key, label, total, done, from, since, fromHere, failure: null, again: () => {} });
      resolve();
    }, PATIENCE_MS);
    const unfollow = follow(act.progress, count);
    act
      .run(count, from)
      .then(
        (result) => {
          act.onDone(result, shown !== null);
          resolve();
        },
        (error: unknown) => {
          if (error instanceof Error) followSessionEnd(error);
          const sentence = sentenceOf(error);
          if (!shown) return reject(new Error(sentence));
          // At once: what is read again after it may wait for the connection, and the act no longer needs its page.
          shown.remove();
          showStopped(act as LongAct<unknown>, done, sentence, sentenceOf);
        },
      )
      .finally(() => {
        clearTimeout(timer);
        unfollow();
        void Promise.resolve(act.onEnd?.()).finally(() => shown?.remove());
      });
  });
}

/**
 * Begins acts that may take long. What it answers resolves once the act is done or takes over a second, and throws the sentence of a refusal
 * that came at once; what takes long goes on in the frame of every page, with its count and the time that is left, and a later refusal is said
 * there, with the way to go on.
 */
export function useLongAct(): <Result>(act: LongAct<Result>) => Promise<void> {
  const sentenceOf = useErrorSentence();
  return useCallback((act) => begin(act, (error) => sentenceOf(error).sentence), [sentenceOf]);
}

/** Whether something is being done with it, begun on whichever page. */
export const useIsUnderWay = (key: string): boolean => isUnderWay(useSyncExternalStore(onActs, actsNow, noActs), key);
