import type { ReactNode } from 'react';
import { Brand } from './brand';
import { LanguageSwitch, ThemeSwitch } from './switches';

/** What stands around the pages before one is let in: the house's name, language and look, and the page in the middle. */
export function OuterPage({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-canvas">
      <header className="flex h-12 shrink-0 items-center justify-between px-4 pointer-coarse:h-14">
        <Brand />
        <div className="flex items-center">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <main className="flex flex-1 items-center justify-center p-4 pb-16">{children}</main>
    </div>
  );
}
