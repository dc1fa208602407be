import { clsx } from 'clsx';
import type { CSSProperties } from 'react';

export interface MainFigureProps {
  /** The figure as it is read, with its sign: "12.345.000 đ". */
  children: string;
  className?: string;
}

/** What matters most on a page: payable, to pay. It stands alone at 28, on one line whatever the size of text. */
export function MainFigure({ children, className }: MainFigureProps) {
  const length: CSSProperties & Record<`--${string}`, number> = { '--figure-length': children.length };
  return (
    <span className={clsx('block [container-type:inline-size]', className)}>
      <span className="main-figure block" style={length}>
        {children}
      </span>
    </span>
  );
}
