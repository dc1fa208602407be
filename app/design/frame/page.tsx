import { cookies } from 'next/headers';
import { FrameSpecimen } from '@/components/frame/gallery/frame-specimen';
import { isRailCollapsed, RAIL_COOKIE } from '@/components/frame/rail-state';

/** The frame as it stands around every page of the staff, with sample contents. */
export default async function FramePage() {
  const rail = (await cookies()).get(RAIL_COOKIE)?.value;
  return <FrameSpecimen railCollapsed={isRailCollapsed(rail)} />;
}
