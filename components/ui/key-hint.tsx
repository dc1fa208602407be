import { clsx } from 'clsx';

/** Keys as they stand on the keyboard: "F2", "Ctrl K". Each word is a key. Where there is a finger and no keyboard, none are shown. */
export function KeyHint({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={clsx('inline-flex gap-0.5 max-sm:hidden pointer-coarse:hidden', className)}>
      {keys.split(' ').map((key) => (
        <kbd
          key={key}
          className="inline-grid h-5 min-w-5 place-items-center rounded-[4px] border border-b-2 bg-sunken px-1 font-sans text-xs font-medium text-ink-2"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
