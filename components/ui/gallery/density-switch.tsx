'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { SegmentedControl } from '../radio-group';

/** Sets the density of the whole page, so that popovers follow as well. */
export function DensitySwitch() {
  const t = useTranslations('design');
  const [density, setDensity] = useState<'compact' | 'regular' | 'relaxed'>('regular');
  useEffect(() => {
    document.documentElement.dataset.density = density;
    return () => {
      delete document.documentElement.dataset.density;
    };
  }, [density]);
  return (
    <SegmentedControl
      label={t('density')}
      size="small"
      value={density}
      onChange={setDensity}
      options={[
        { value: 'compact', label: t('compact') },
        { value: 'regular', label: t('regular') },
        { value: 'relaxed', label: t('relaxed') },
      ]}
    />
  );
}
