import type { Metadata } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = { referrer: 'no-referrer', robots: { index: false, follow: false, nocache: true } };

/** A doctor's phone: one column, roomy controls, no frame of the back office. */
export default function DoctorLayout({ children }: { children: ReactNode }) {
  return (
    <div data-density="relaxed" className="min-h-dvh bg-canvas text-base">
      <div className="mx-auto flex min-h-dvh w-full max-w-120 flex-col px-4 pb-8">{children}</div>
    </div>
  );
}
