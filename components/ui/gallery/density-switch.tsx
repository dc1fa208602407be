'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { SegmentedControl } from '../radio-group';
import { DENSITIES, type Density } from './density';

/** Sets the density of the whole page, so that popovers follow as well. */
export function DensitySwitch({ initial }: { initial: Density }) {
  const t = useTranslations('design');
  const [density, setDensity] = useState(initial);
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
      options={DENSITIES.map((value) => ({ value, label: t(value) }))}
    />
  );
}
