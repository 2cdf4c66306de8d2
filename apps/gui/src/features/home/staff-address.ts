import { notFound, redirect } from 'next/navigation';
import { readMe } from '../../lib/core.ts';
import { isStaff } from '../identity/staff.rules.ts';

/** Where the addresses of older admin panels lead: owners and administrators go home, for others there is nothing. */
export async function toStaffHome(): Promise<never> {
  const me = await readMe();
  if (me.ok && isStaff(me.value.user)) redirect('/');
  notFound();
}
