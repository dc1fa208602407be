import type { ReactNode } from 'react';
import { MessagesProvider } from '@/i18n/messages-provider';

export default function DesignLayout({ children }: { children: ReactNode }) {
  return <MessagesProvider namespaces={['design', 'frame']}>{children}</MessagesProvider>;
}
