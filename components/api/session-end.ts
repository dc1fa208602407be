let leaving = false;

/** Whoever signs out is led on by that alone: what is still asked for meanwhile is refused, and leads nobody back to this page. */
export function beginLeaving(): void {
  leaving = true;
}

/** Leads on when a call says that its session has ended, or that a one-time password has to be changed first. */
export function followSessionEnd(error: Error): void {
  if (typeof window === 'undefined' || leaving) return;
  const data: unknown = 'data' in error ? error.data : undefined;
  const reason = typeof data === 'object' && data !== null && 'reason' in data ? data.reason : undefined;
  const { pathname, search } = window.location;
  if (reason === 'password_change_first') window.location.assign('/password');
  if (reason === 'sign_in_first')
    window.location.assign(`/sign-in?callbackUrl=${encodeURIComponent(`${pathname}${search}`)}`);
}
