'use client';

import { Languages, Monitor, Moon, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState, useTransition } from 'react';
import { IconButton } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { THEMES, type Theme, toTheme } from '@/components/ui/theme';
import { LOCALES } from '@/i18n/locales';
import { chooseLocale, chooseTheme } from './preferences';

/** Changes the language of everything; what is typed in open forms stays, since the page is not left. */
export function LanguageSwitch() {
  const t = useTranslations('frame.bar');
  const locale = useLocale();
  const router = useRouter();
  const [pending, start] = useTransition();
  const choose = (next: string) =>
    start(async () => {
      await chooseLocale(next);
      router.refresh();
    });
  return (
    <Menu
      label={t('language', { language: t(locale === 'en' ? 'en' : 'vi') })}
      trigger={
        <IconButton
          icon={Languages}
          pending={pending}
          label={t('language', { language: t(locale === 'en' ? 'en' : 'vi') })}
        />
      }
      items={LOCALES.map((id) => ({
        id,
        label: t(id),
        checked: id === locale,
        onAction: () => choose(id),
      }))}
    />
  );
}

const icons = { system: Monitor, light: Sun, dark: Moon };

/** Another theme is there at once: every colour of a page passing into the next, each with its parent's, would hold the page up. */
function applyTheme(theme: Theme) {
  const { dataset } = document.documentElement;
  dataset.dressing = '';
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
  requestAnimationFrame(() => requestAnimationFrame(() => delete dataset.dressing));
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => setTheme(toTheme(document.documentElement.dataset.theme)), []);
  const choose = (next: Theme) => {
    setTheme(next);
    applyTheme(next);
    void chooseTheme(next);
  };
  return [theme, choose];
}

export function ThemeSwitch() {
  const t = useTranslations('frame.bar');
  const [theme, choose] = useTheme();
  return (
    <Menu
      label={t('theme')}
      trigger={<IconButton icon={icons[theme]} label={t('theme')} />}
      items={THEMES.map((id) => ({
        id,
        label: t(id),
        icon: icons[id],
        checked: id === theme,
        onAction: () => choose(id),
      }))}
    />
  );
}
