import { toStaffHome } from '../../../features/home/staff-address.ts';

export default function AdminPage(): Promise<never> {
  return toStaffHome();
}
