import type { ReactNode } from 'react';

export interface PlainIconProps {
  className?: string;
}

/**
 * Icons of lucide (ISC) as plain pictures: those of the library are components of the browser, and a page that is opened by a link, or
 * stands behind every other one, loads no script for its looks. What they mean, the text beside them says.
 */
function PlainIcon({ className = '', children }: PlainIconProps & { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      {children}
    </svg>
  );
}

export function LockIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <circle cx="12" cy="16" r="1" />
      <rect x="3" y="10" width="18" height="12" rx="2" />
      <path d="M7 10V7a5 5 0 0 1 10 0v3" />
    </PlainIcon>
  );
}

export function AlertIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <circle cx="12" cy="12" r="10" />
      <path d="M12 8v4M12 16h.01" />
    </PlainIcon>
  );
}

export function LinkIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <path d="M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71" />
      <path d="M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71" />
    </PlainIcon>
  );
}

export function PhoneIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <path d="M13.83 16.57a1 1 0 0 0 1.21-.3l.36-.47A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.47.35a1 1 0 0 0-.29 1.23 14 14 0 0 0 6.39 6.39" />
    </PlainIcon>
  );
}

export function CompassIcon(props: PlainIconProps) {
  return (
    <PlainIcon {...props}>
      <circle cx="12" cy="12" r="10" />
      <path d="m16.24 7.76-1.804 5.411a2 2 0 0 1-1.265 1.265L7.76 16.24l1.804-5.411a2 2 0 0 1 1.265-1.265z" />
    </PlainIcon>
  );
}
