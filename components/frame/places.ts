import {
  Activity,
  BadgePercent,
  CalendarCheck,
  ChartColumn,
  ClipboardList,
  FileSpreadsheet,
  FlaskConical,
  type LucideIcon,
  Receipt,
  ScanLine,
  ScrollText,
  Settings,
  ShoppingCart,
  Stethoscope,
  UserRound,
  UsersRound,
  WalletCards,
} from 'lucide-react';

export type PlaceGroup = 'counter' | 'clinic' | 'partners' | 'oversight';

export interface Place {
  /** Route without the slash; also the key of its name in the `frame.places` messages. */
  id: string;
  href: string;
  icon: LucideIcon;
  group: PlaceGroup;
}

/** Groups in the order of the rail. */
export const PLACE_GROUPS: readonly PlaceGroup[] = ['counter', 'clinic', 'partners', 'oversight'];

/** Every place of the staff's side. Who may open which is decided by permissions, not here. */
export const PLACES: readonly Place[] = [
  { id: 'pos', href: '/pos', icon: ShoppingCart, group: 'counter' },
  { id: 'shifts', href: '/pos/shifts', icon: WalletCards, group: 'counter' },
  { id: 'orders', href: '/orders', icon: ClipboardList, group: 'counter' },
  { id: 'patients', href: '/patients', icon: UsersRound, group: 'counter' },
  { id: 'today', href: '/today', icon: CalendarCheck, group: 'clinic' },
  { id: 'examinations', href: '/examinations', icon: Stethoscope, group: 'clinic' },
  { id: 'results', href: '/results', icon: FlaskConical, group: 'clinic' },
  { id: 'imaging', href: '/imaging', icon: ScanLine, group: 'clinic' },
  { id: 'uploads', href: '/uploads', icon: FileSpreadsheet, group: 'partners' },
  { id: 'rate-cards', href: '/rate-cards', icon: BadgePercent, group: 'partners' },
  { id: 'doctors', href: '/doctors', icon: UserRound, group: 'partners' },
  { id: 'statements', href: '/statements', icon: Receipt, group: 'partners' },
  { id: 'revenue', href: '/revenue', icon: ChartColumn, group: 'partners' },
  { id: 'operations', href: '/operations', icon: Activity, group: 'oversight' },
  { id: 'audit', href: '/audit', icon: ScrollText, group: 'oversight' },
  { id: 'settings', href: '/settings', icon: Settings, group: 'oversight' },
];

/** The places a person may open, by group; groups without any are left out. `permitted` holds routes ("/pos"). */
export function permittedGroups(permitted: readonly string[]): { group: PlaceGroup; places: Place[] }[] {
  return PLACE_GROUPS.map((group) => ({
    group,
    places: PLACES.filter((place) => place.group === group && permitted.includes(place.href)),
  })).filter(({ places }) => places.length > 0);
}

/** The place that a path lies in, the innermost: "/pos/shifts/7" is in "/pos/shifts", "/postal" is not in "/pos". */
export function placeOf(path: string): Place | undefined {
  return PLACES.filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => a.href.length - b.href.length)
    .at(-1);
}
