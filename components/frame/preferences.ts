'use server';

import { cookies } from 'next/headers';
import { THEME_COOKIE, toTheme } from '@/components/ui/theme';
import { LOCALE_COOKIE, toLocale } from '@/i18n/locales';
import { RAIL_COOKIE } from './rail-state';

const ONE_YEAR_S = 31_536_000;
const options = { path: '/', maxAge: ONE_YEAR_S, sameSite: 'lax' as const };

/** What a person chose for their eyes lies in cookies, so that the server already paints it. No secret is in them. */
export async function chooseLocale(value: string): Promise<void> {
  (await cookies()).set(LOCALE_COOKIE, toLocale(value), options);
}

export async function chooseTheme(value: string): Promise<void> {
  (await cookies()).set(THEME_COOKIE, toTheme(value), options);
}

export async function chooseRail(collapsed: boolean): Promise<void> {
  (await cookies()).set(RAIL_COOKIE, collapsed ? 'collapsed' : 'open', options);
}
