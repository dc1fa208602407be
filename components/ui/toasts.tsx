'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Toaster, toast } from 'sonner';
import { type News, onNews, takeNews } from './news';
import { keepClear, placeOfNews } from './news-place';
import { toneIcon, toneText } from './tone';

function draw({ tone, message, options }: News) {
  const Icon = toneIcon[tone];
  const { action } = options;
  toast(message, {
    id: options.id,
    description: options.description,
    icon: <Icon aria-hidden="true" className={clsx('size-4', toneText[tone])} />,
    duration: action || tone === 'wrong' ? 10_000 : 5_000,
    action: action && { label: action.label, onClick: action.onPress },
  });
}

/** Draws the news as they come. */
export function Toasts() {
  const t = useTranslations('ui.toast');
  const [{ top, middle }, setPlace] = useState(placeOfNews);
  useEffect(keepClear, []);
  useEffect(() => {
    const drawAll = () => {
      setPlace(placeOfNews());
      for (const news of takeNews()) draw(news);
    };
    drawAll();
    return onNews(drawAll);
  }, []);
  return (
    <Toaster
      style={{ fontFamily: 'inherit', ...(middle === null ? {} : { left: middle }) }}
      // In the bar where it is free, else under it; the page makes room for what reaches below the bar.
      position="top-center"
      offset={{ top }}
      mobileOffset={{ top }}
      gap={8}
      // Side by side, not behind one another: what closes one must not lie under the next.
      expand
      closeButton
      containerAriaLabel={t('region')}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: t('close'),
        classNames: {
          toast:
            'group flex w-full items-start gap-3 rounded-lg border border-line bg-raised px-3 py-2 pr-10 text-sm text-ink shadow-[0_8px_24px_-8px_rgb(0_0_0/0.18)] sm:w-[22rem]',
          content: 'min-w-0 flex-1',
          icon: 'mt-0.5 shrink-0',
          title: 'font-medium',
          description: 'text-ink-2',
          actionButton: 'shrink-0 rounded-md border border-line-control px-2 py-1 text-xs font-medium hover:bg-hover',
          closeButton:
            'absolute top-2 right-2 grid size-6 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink',
        },
      }}
    />
  );
}
