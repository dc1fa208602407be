/** The cookie that remembers whether the rail is collapsed: "collapsed" or "open". */
export const RAIL_COOKIE = 'rail';

export function isRailCollapsed(value: string | undefined): boolean {
  return value === 'collapsed';
}
