import type { ReactNode, Ref } from 'react';
import type { FieldProps } from './field';

export interface ComboBoxProps<T> extends FieldProps {
  value: T | null;
  onChange: (value: T | null) => void;
  keyOf: (item: T) => string;
  textOf: (item: T) => string;
  /** Finds what matches; called 150 ms after the last keystroke, with a signal that ends it when the next one comes. */
  load?: (query: string, signal: AbortSignal) => Promise<readonly T[]>;
  /** Instead of `load`: a list held in memory, matched without regard to accents. */
  options?: readonly T[];
  renderItem?: (item: T) => ReactNode;
  /** Adds the row "create …" at the end; receives what is typed. */
  onCreate?: (text: string) => void;
  createLabel?: (text: string) => string;
  /** Least length of a query before `load` is asked; 1 when left out, 0 to offer a list at once. */
  minLength?: number;
  placeholder?: string;
  prefix?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
  onBlur?: () => void;
}
