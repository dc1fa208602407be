import {
  FileSpreadsheet,
  KeyRound,
  Languages,
  LogOut,
  Monitor,
  Moon,
  ShoppingCart,
  Sun,
  UserPlus,
  WalletCards,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { THEMES } from '@/components/ui/theme';
import type { PaletteAction } from './palette-items';
import type { PaletteProps } from './palette-props';
import { chooseLocale } from './preferences';
import { useTheme } from './switches';

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };

type Asked = Pick<PaletteProps, 'mayBegin' | 'shift' | 'onSignOut'>;

/** What a person may do from anywhere: begin their work, and change how the portal looks to them. */
export function usePaletteActions({ mayBegin = [], shift, onSignOut }: Asked): PaletteAction[] {
  const t = useTranslations('frame.palette.do');
  const locale = useLocale();
  const router = useRouter();
  const [theme, chooseTheme] = useTheme();
  const go = (href: string) => () => router.push(href);
  const speak = async () => {
    await chooseLocale(locale === 'vi' ? 'en' : 'vi');
    router.refresh();
  };
  const begin: PaletteAction[] = [
    { id: 'sell', label: t('sell'), icon: ShoppingCart, onAction: go('/pos') },
    { id: 'register', label: t('register'), icon: UserPlus, onAction: go('/patients?new=1') },
    { id: 'upload', label: t('upload'), icon: FileSpreadsheet, onAction: go('/uploads') },
    ...(shift === undefined
      ? []
      : [
          shift
            ? { id: 'shift', label: t('closeShift'), icon: WalletCards, onAction: go('/pos?close=shift') }
            : { id: 'shift', label: t('openShift'), icon: WalletCards, onAction: go('/pos') },
        ]),
  ];
  return [
    ...begin.filter(({ id }) => mayBegin.includes(id)),
    ...(mayBegin.length > 0 || onSignOut
      ? [{ id: 'account', label: t('account'), icon: KeyRound, onAction: go('/account') }]
      : []),
    { id: 'language', label: t('language'), icon: Languages, onAction: () => void speak() },
    ...THEMES.filter((one) => one !== theme).map((one) => ({
      id: `theme-${one}`,
      label: t(`theme.${one}`),
      icon: THEME_ICONS[one],
      onAction: () => chooseTheme(one),
    })),
    ...(onSignOut ? [{ id: 'sign-out', label: t('signOut'), icon: LogOut, onAction: onSignOut }] : []),
  ];
}
