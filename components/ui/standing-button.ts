/** The look of the one button of a page that failed: in one piece, since such a page is part of every other one's weight. */
export const STANDING_BUTTON =
  'inline-flex h-(--control-h) items-center rounded-md border border-line-control/60 bg-surface px-(--control-px) text-control font-medium hover:bg-hover';
