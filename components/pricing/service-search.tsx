'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { SearchField } from '@/components/ui/search-field';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { ITEM_PARAMS } from './rate-card-filters';

const PAUSE_MS = 250;

/** Finds a service in a version; what is typed goes to the address once the typing rests. */
export function ServiceSearch({ className }: { className: string }) {
  const t = useTranslations('pricing.items');
  const { get, set } = useUrlFilters();
  const current = get(ITEM_PARAMS.search);
  const [text, setText] = useState(current);
  const sent = useRef(current);
  useEffect(() => {
    // Back changed the address under the box.
    if (current === sent.current) return;
    sent.current = current;
    setText(current);
  }, [current]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      set({ [ITEM_PARAMS.search]: text });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, set]);
  return (
    <SearchField
      label={t('search')}
      placeholder={t('searchPlaceholder')}
      value={text}
      onChange={setText}
      className={className}
    />
  );
}
