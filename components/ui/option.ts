import type { ReactNode } from 'react';

/** One of what a person may choose. */
export interface Option<V extends string = string> {
  value: V;
  label: string;
  description?: string;
  icon?: ReactNode;
  disabled?: boolean;
}
