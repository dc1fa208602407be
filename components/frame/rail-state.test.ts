import { expect, it } from 'vitest';
import { toTheme } from '@/components/ui/theme';
import { isRailCollapsed } from './rail-state';

it('what a cookie says of the eyes’ choices is taken where it is one, else as nothing was said', () => {
  expect(['collapsed', 'open', 'x', undefined].map(isRailCollapsed)).toEqual([true, false, false, false]);
  expect(['dark', 'light', 'system', 'pink', undefined].map(toTheme)).toEqual([
    'dark',
    'light',
    'system',
    'system',
    'system',
  ]);
});
