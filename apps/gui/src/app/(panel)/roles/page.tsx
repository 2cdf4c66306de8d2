import { permanentRedirect } from 'next/navigation';

/** Where the roles stood before. */
export default function FormerRolesPage() {
  permanentRedirect('/access/roles');
}
