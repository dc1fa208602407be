import type { ReactNode } from 'react';

/** One of what a person may choose. */
export interface Option<V extends string = string> {
  value: V;
  label: string;
  /** What a button says while it holds, where that is less. */
  short?: string;
  description?: string;
  icon?: ReactNode;
  disabled?: boolean;
}
