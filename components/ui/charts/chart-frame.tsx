'use client';

import { ChartColumn, Table2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { IconButton } from '../button';
import type { ChartPoint } from './chart-point';
import { ChartTable } from './chart-table';

export interface ChartFrameProps {
  /** What the chart shows, over it. */
  label: string;
  points: readonly ChartPoint[];
  children: ReactNode;
}

/** A chart of its own under its name, which turns into the table of its figures. */
export function ChartFrame({ label, points, children }: ChartFrameProps) {
  const t = useTranslations('ui.chart');
  const [tabled, setTabled] = useState(false);
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex items-center justify-between gap-2">
        <span className="font-semibold">{label}</span>
        <IconButton
          size="small"
          icon={tabled ? ChartColumn : Table2}
          label={tabled ? t('asChart') : t('asTable')}
          onPress={() => setTabled(!tabled)}
        />
      </figcaption>
      {tabled ? <ChartTable label={label} points={points} shown /> : children}
    </figure>
  );
}
