/** Classes that every box one types or picks in shares, so that fields line up whatever they hold. */
export const controlBox =
  'h-(--control-h) w-full min-w-0 rounded-md border border-line-control bg-surface px-(--control-px) text-control text-ink ' +
  'placeholder:text-ink-3 placeholder-shown:text-ellipsis transition-colors duration-100 ' +
  'hover:border-ink-3 focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent ' +
  'data-invalid:border-wrong data-invalid:focus:outline-wrong ' +
  '[&:is(input,textarea)]:read-only:bg-sunken disabled:bg-sunken disabled:text-ink-3 disabled:border-line';

/** The floating box of a list of choices, a menu, a calendar. */
export const floatingBox =
  'rounded-lg border border-line bg-raised text-ink outline-none entering:animate-rise data-entering:animate-rise ' +
  'shadow-[0_8px_24px_-8px_rgb(0_0_0/0.18)]';

/** One row of a list of choices or a menu. */
export const choiceRow =
  'flex min-h-(--control-h) cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-control text-ink outline-none select-none ' +
  'data-focused:bg-hover data-hovered:bg-hover data-selected:font-medium ' +
  'data-disabled:cursor-default data-disabled:text-ink-3';
