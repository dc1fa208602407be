import type { ReactNode } from 'react';
import { LinkIcon } from '@/components/ui/plain-icon';

/** A page that has one thing to say. */
export function GateNotice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex flex-1 flex-col items-center justify-center gap-3 py-16 text-center">
      <LinkIcon className="size-8 text-ink-3" />
      <h1 className="text-xl font-semibold">{title}</h1>
      <p className="max-w-88 text-ink-2">{children}</p>
    </main>
  );
}
