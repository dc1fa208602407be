import type { ReactNode } from 'react';
import { OutsidePage } from '@/components/statement-access/outside-page';
import { letterhead } from '@/server/pages/letterhead';

export default async function DoctorViewLayout({ children }: { children: ReactNode }) {
  return (
    <OutsidePage letterhead={await letterhead()} languagePath="/s/view/language">
      {children}
    </OutsidePage>
  );
}
