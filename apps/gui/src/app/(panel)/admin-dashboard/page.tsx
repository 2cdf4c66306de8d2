import { toStaffHome } from '../../../features/home/staff-address.ts';

export default function AdminDashboardPage(): Promise<never> {
  return toStaffHome();
}
