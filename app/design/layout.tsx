import type { ReactNode } from 'react';
import { UiProvider } from '@/components/ui/ui-provider';
import { MessagesProvider } from '@/i18n/messages-provider';

export default function DesignLayout({ children }: { children: ReactNode }) {
  return (
    <MessagesProvider namespaces={['design', 'frame', 'errors']}>
      <UiProvider>{children}</UiProvider>
    </MessagesProvider>
  );
}
