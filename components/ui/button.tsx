'use client';

import { clsx } from 'clsx';
import { LoaderCircle, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ComponentProps, ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { type ButtonSize, type ButtonVariant, base, buttonClass, variants } from './button-style';
import { Tooltip } from './tooltip';

export interface ButtonProps {
  children: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: LucideIcon;
  /** Work under way: keeps focus and width, takes no press, is announced. */
  pending?: boolean;
  disabled?: boolean;
  /** The key that does the same, shown inside the button. */
  keys?: ReactNode;
  onPress?: () => void;
  type?: 'button' | 'submit' | 'reset';
  form?: string;
  autoFocus?: boolean;
  className?: string;
  id?: string;
  ref?: Ref<HTMLButtonElement>;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-expanded'?: boolean;
  'aria-pressed'?: boolean;
  'aria-controls'?: string;
}

/** A button at work keeps its focus, but neither presses nor sends its form again. */
function whileAtWork(pending: boolean | undefined, onPress: (() => void) | undefined, type: ButtonProps['type']) {
  if (pending) return { type: 'button' as const, 'aria-disabled': true };
  return { type, onPress: onPress && (() => onPress()) };
}

export function Button(props: ButtonProps) {
  const t = useTranslations('ui.button');
  const { children, variant, size, icon: Icon, pending, disabled, keys, onPress, className, ...rest } = props;
  return (
    <AriaButton
      {...rest}
      {...whileAtWork(pending, onPress, rest.type)}
      isDisabled={disabled}
      className={clsx(buttonClass(variant, size), 'relative', className)}
    >
      <span className={clsx('inline-flex items-center gap-2', pending && 'opacity-0')}>
        {Icon && <Icon aria-hidden="true" className="size-4 shrink-0" />}
        {children}
        {keys}
      </span>
      {pending && (
        <span className="absolute inset-0 grid place-items-center">
          <LoaderCircle role="img" aria-label={t('pending')} className="size-4 animate-turn" />
        </span>
      )}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'keys' | 'aria-label'> {
  icon: LucideIcon;
  /** Read aloud, and shown as a tooltip. */
  label: string;
  slot?: AriaButtonProps['slot'];
}

export function IconButton(props: IconButtonProps) {
  const t = useTranslations('ui.button');
  const {
    icon: Icon,
    label,
    variant = 'quiet',
    size = 'regular',
    pending,
    disabled,
    onPress,
    className,
    ...rest
  } = props;
  const Shown = pending ? LoaderCircle : Icon;
  return (
    <Tooltip text={label}>
      <AriaButton
        {...rest}
        {...whileAtWork(pending, onPress, rest.type)}
        aria-label={pending ? `${label}, ${t('pending')}` : label}
        isDisabled={disabled}
        className={clsx(
          base,
          variants[variant],
          size === 'small' ? 'size-(--control-h-sm)' : 'size-(--control-h)',
          className,
        )}
      >
        <Shown aria-hidden="true" className={clsx('size-4', pending && 'animate-turn')} />
      </AriaButton>
    </Tooltip>
  );
}

export interface LinkButtonProps extends Omit<ComponentProps<typeof Link>, 'className'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: LucideIcon;
  className?: string;
}

/** A link that looks like a button; use it when the press leads to another address. */
export function LinkButton({ variant, size, icon: Icon, children, className, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={clsx(buttonClass(variant, size), className)}>
      {Icon && <Icon aria-hidden="true" className="size-4 shrink-0" />}
      {children}
    </Link>
  );
}
