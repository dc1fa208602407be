import 'server-only';
import { organisation } from '@/server/platform/organisation';

/** Who speaks on the pages for doctors and for whoever checks a seal: the chain, its address, the number it answers at. */
export async function letterhead(): Promise<{ nameVi: string; nameEn: string; address: string; phone: string }> {
  const { nameVi, nameEn, address, phone } = await organisation();
  return { nameVi, nameEn, address, phone };
}
