import type { ReactNode } from 'react';
import { AccountTabs } from '../../../features/account/account-tabs.tsx';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AccountTabs />
      {children}
    </>
  );
}
