'use client';

import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { usePersonalKey } from '@/components/identity/personal-key';
import { DRAFTS } from '@/components/identity/personal-storage';
import { type PrivateStore, privateStore } from '@/components/identity/private-store';
import { ownName } from './own-name';

const SOON_MS = 150;

type Kept<Draft> = { at: Date; draft: Draft; version?: string };
type Options<Draft> = {
  /** Names the form and what it is about: `count.<shift>`. */
  name: string;
  draft: Draft;
  /** What the form is about, as it is now: a draft that was begun before it changed says so when it comes back. */
  version?: string;
  /** Nothing in it that would be missed. */
  isEmpty: boolean;
  /** Whether what was kept is a draft of this form as it is today: a former release may have kept another one. */
  isDraft: (kept: unknown) => kept is Draft;
  /** Puts what came back into the form. */
  restore: (draft: Draft) => void;
  /** Takes what came back where something else stands in the form by then; left out, it is dropped. */
  onDisplaced?: (draft: Draft) => void;
};

export type KeptDraft = {
  /** When that was written which came back into this form; null where nothing did. */
  cameBackFrom: Date | null;
  /** What the form is about has changed since that was begun. */
  isOutdated: boolean;
  /** The draft has become what it was for, or is not wanted: nothing of it stays. */
  done: () => void;
};

/** What this tab keeps under a name; null where it keeps nothing of it, or has left meanwhile. */
async function openStore<Draft>(name: string, key: string, signal: AbortSignal) {
  const own = await ownName(name, signal);
  if (own === null) return null;
  const store = privateStore<Kept<Draft>>({ name: `${DRAFTS}${own}`, key });
  const kept = await store.load();
  return signal.aborted ? null : { store, kept };
}

const NOT_BACK = { cameBackFrom: null, isOutdated: false };

/**
 * Keeps what is being written in this browser, enciphered, until it is done: a reload, Back, a click in the rail or a browser that dies
 * lose nothing. What is typed before the kept draft was read wins over it.
 */
export function useKeptDraft<Draft>(options: Options<Draft>): KeptDraft {
  const { name, draft, version = '', isEmpty, isDraft, restore, onDisplaced } = options;
  const key = usePersonalKey();
  const store = useRef<PrivateStore<Kept<Draft>> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [cameBack, setCameBack] = useState<Omit<KeptDraft, 'done'>>(NOT_BACK);
  // How what the form is about stood when the draft was begun: that it changed since is not forgotten by the next letter.
  const begunOn = useRef<string | null>(null);
  const write = useEffectEvent(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    begunOn.current = isEmpty ? null : (begunOn.current ?? version);
    void store.current?.keep(isEmpty ? null : { at: new Date(), draft, version: begunOn.current ?? version });
  });
  const begin = useEffectEvent((kept: Kept<Draft> | null) => {
    const isOurs = kept !== null && isDraft(kept.draft);
    if (isOurs && !isEmpty) onDisplaced?.(kept.draft);
    // What was typed while it was read is kept from now on.
    if (!isEmpty) return write();
    if (!isOurs) return;
    begunOn.current = kept.version ?? '';
    restore(kept.draft);
    setCameBack({ cameBackFrom: kept.at, isOutdated: begunOn.current !== version });
  });
  useEffect(() => {
    if (key === null) return;
    const leaving = new AbortController();
    void openStore<Draft>(name, key, leaving.signal).then((opened) => {
      if (opened === null) return;
      store.current = opened.store;
      begin(opened.kept);
    });
    const writeNow = () => timer.current !== undefined && write();
    window.addEventListener('pagehide', writeNow, { signal: leaving.signal });
    document.addEventListener('visibilitychange', writeNow, { signal: leaving.signal });
    return () => {
      writeNow();
      leaving.abort();
      store.current = null;
      begunOn.current = null;
    };
  }, [name, key]);
  const writeSoon = useEffectEvent((_changed: Draft) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(write, SOON_MS);
  });
  useEffect(() => writeSoon(draft), [draft]);
  const done = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    begunOn.current = null;
    setCameBack(NOT_BACK);
    void store.current?.keep(null);
  }, []);
  return { ...cameBack, done };
}
