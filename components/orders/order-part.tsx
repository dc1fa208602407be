'use client';

import { createContext, type ReactNode, useContext } from 'react';

export type HeadingLevel = 'h2' | 'h3';

// Beside a list the panel's own title is the second level; on its own page these parts are.
export const PartHeading = createContext<HeadingLevel>('h3');

/** A part of an order under its title. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  const Heading = useContext(PartHeading);
  return (
    <section>
      <Heading className="mb-2 border-b pb-1 text-sm font-semibold">{title}</Heading>
      {children}
    </section>
  );
}
