import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { FOUND_KINDS } from '@/server/domain/found-things';
import { matching } from '@/server/domain/search-words';
import { followAct, keyOf, type PaletteResult } from './palette-items';
import type { PaletteProps } from './palette-props';
import { usePaletteLists } from './use-palette-lists';

export type Lists = ReturnType<typeof usePaletteLists>;

/** What stands in the list, where the hand is, and what is being done with one thing. */
export function usePalette(props: PaletteProps) {
  const { onOpenChange, typedAhead } = props;
  const router = useRouter();
  const t = useTranslations('frame.palette');
  const [query, setQuery] = useState('');
  const [thing, setThing] = useState<PaletteResult | null>(null);
  const [actQuery, setActQuery] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    setQuery(typedAhead?.() ?? '');
  }, [typedAhead]);
  const lists = usePaletteLists(props, query);
  const acts = thing ? matching(thing.acts, ({ act }) => t(`acts.${act}`), actQuery) : [];
  const known = [...lists.recent, ...lists.results];
  const leaveThing = () => {
    setThing(null);
    setActQuery('');
    input.current?.focus();
  };
  const close = () => onOpenChange(false);
  const go = (href: string) => {
    close();
    router.push(href);
  };
  const act = (one: PaletteResult['acts'][number] | undefined) => {
    if (!one) return;
    if (one.document) close();
    followAct(one, go);
  };
  return {
    input,
    lists,
    thing,
    acts,
    text: thing ? actQuery : query,
    setText: thing ? setActQuery : setQuery,
    thingOf: (value: string) => thing ?? known.find((one) => value.endsWith(keyOf(one))),
    openActs: (one: PaletteResult | undefined) => {
      if (!one || one.acts.length < 2) return false;
      setThing(one);
      input.current?.focus();
      return true;
    },
    leaveThing,
    close,
    go,
    act,
  };
}

/** Enter before the answer is there opens the first of what it brings; typing on takes it back. */
export function useEnterAhead({ searching, results }: Lists, text: string, open: (thing: PaletteResult) => void) {
  const isWaiting = useRef(false);
  useEffect(() => {
    if (text) isWaiting.current = false;
  }, [text]);
  useEffect(() => {
    if (searching || !isWaiting.current) return;
    isWaiting.current = false;
    if (results[0]) open(results[0]);
  });
  return () => {
    isWaiting.current = true;
  };
}

/** The hand is at the first row whenever what stands first comes later than the list, unless it has moved by then. */
export function useSelected({ recent, results, places, actions }: Lists, text: string) {
  const [selected, setSelected] = useState('');
  const isMoved = useRef(false);
  const found = FOUND_KINDS.flatMap((kind) => results.filter((result) => result.kind === kind))[0];
  const late = recent[0] ? `recent ${keyOf(recent[0])}` : found && `found ${keyOf(found)}`;
  const first = recent[0] || places.length + actions.length === 0 ? late : undefined;
  useEffect(() => {
    isMoved.current = text === '' && isMoved.current;
  }, [text]);
  useEffect(() => {
    if (first && !isMoved.current) setSelected(first);
  }, [first]);
  const onMove = (key: string) => {
    if (key === 'ArrowDown' || key === 'ArrowUp') isMoved.current = true;
  };
  return { selected, setSelected, onMove };
}
