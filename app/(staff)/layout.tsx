import { cookies } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ApiProvider } from '@/components/api/trpc';
import { isRailCollapsed, RAIL_COOKIE } from '@/components/frame/rail-state';
import { StaffFrame } from '@/components/frame/staff-frame';
import { UiProvider } from '@/components/ui/ui-provider';
import { MessagesProvider } from '@/i18n/messages-provider';
import { currentAccount, currentZone } from '@/server/api/session';
import { beginningsOf, placesOf } from '@/server/authorization/permissions';
import { personalKey } from '@/server/pages/personal-key';

/** The frame around every page of the staff. Without a session there is none: each page says for itself who may open it. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const account = await currentAccount();
  if (!account)
    return (
      <MessagesProvider namespaces={['frame', 'errors']}>
        <UiProvider>{children}</UiProvider>
      </MessagesProvider>
    );
  const [roles, timeZone, jar] = await Promise.all([getTranslations('roles'), currentZone(), cookies()]);
  const { branchCode } = account;
  const branchName = (await getLocale()) === 'en' ? account.branchNameEn : account.branchNameVi;
  return (
    <MessagesProvider namespaces={['frame', 'errors']} timeZone={timeZone}>
      <UiProvider>
        <ApiProvider key={account.id} person={account.id}>
          <StaffFrame
            personId={account.id}
            personalKey={personalKey(account.id)}
            user={{ name: account.name, email: account.email, role: roles(account.role) }}
            {...(branchCode && branchName ? { branch: { code: branchCode, name: branchName } } : {})}
            permittedPlaces={placesOf(account.role)}
            mayBegin={beginningsOf(account.role)}
            railCollapsed={isRailCollapsed(jar.get(RAIL_COOKIE)?.value)}
          >
            {children}
          </StaffFrame>
        </ApiProvider>
      </UiProvider>
    </MessagesProvider>
  );
}
