import 'server-only';
import { month as monthShape } from '@/server/modules/referral/statements/schema';
import { monthOf } from '@/server/platform/clock';
import { organisation } from '@/server/platform/organisation';

/** Today's month (YYYY-MM) in the organisation's zone, and its currency: what month pages begin from. */
export async function businessMonth(): Promise<{ month: string; currency: string }> {
  const { timeZone, currency } = await organisation();
  return { month: monthOf(new Date(), timeZone), currency };
}

/** The month that an address names, or null where it names none or one that has not begun. */
export function monthInAddress(named: string, today: string): string | null {
  const { data } = monthShape.safeParse(named);
  return data && data <= today ? data : null;
}
