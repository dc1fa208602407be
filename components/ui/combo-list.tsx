'use client';

import { clsx } from 'clsx';
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { floatingBox } from './control-styles';

const GAP_PX = 4;
const TALLEST_PX = 320;
const EDGE_PX = 8;

function placeBy(anchor: HTMLElement): CSSProperties {
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - GAP_PX - EDGE_PX;
  const above = box.top - GAP_PX - EDGE_PX;
  const upward = below < Math.min(TALLEST_PX, 200) && above > below;
  const width = Math.min(Math.max(box.width, 224), window.innerWidth - 2 * EDGE_PX);
  const left = Math.max(EDGE_PX, Math.min(box.left, window.innerWidth - width - EDGE_PX));
  return {
    left,
    width,
    maxHeight: Math.min(TALLEST_PX, upward ? above : below),
    ...(upward ? { bottom: window.innerHeight - box.top + GAP_PX } : { top: box.bottom + GAP_PX }),
  };
}

interface ComboListProps {
  anchor: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/**
 * The floating list under a box. It stays where it is in the document, so landmarks and dialogs still hold it, while
 * the browser's top layer keeps it from being cut off.
 */
export function ComboList({ anchor, children }: ComboListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<CSSProperties>({ visibility: 'hidden' });
  useEffect(() => {
    const element = list.current;
    if (element && 'showPopover' in element && !element.matches(':popover-open')) element.showPopover();
  }, []);
  useLayoutEffect(() => {
    const update = () => anchor.current && setPlace(placeBy(anchor.current));
    update();
    window.addEventListener('scroll', update, true);
    window.addEventListener('resize', update);
    return () => {
      window.removeEventListener('scroll', update, true);
      window.removeEventListener('resize', update);
    };
  }, [anchor]);
  return (
    <div
      ref={list}
      popover="manual"
      style={place}
      className={clsx(floatingBox, 'fixed inset-auto z-50 m-0 animate-rise overflow-auto p-1')}
    >
      {children}
    </div>
  );
}
