/**
 * Where somebody may be sent on to: the path of an address of this portal, and `/` for any other. The address is resolved as a
 * browser does it, which drops tabs and line ends and takes a backslash for a slash, and its origin is compared; what is
 * left must lead to the same place when it is resolved again, or `//host` could hide behind our own name.
 */
export function ownPath(target: string | undefined, origin: string): string {
  const resolved = target ? URL.parse(target, origin) : null;
  if (resolved?.origin !== origin) return '/';
  const path = `${resolved.pathname}${resolved.search}${resolved.hash}`;
  return URL.parse(path, origin)?.href === resolved.href ? path : '/';
}
